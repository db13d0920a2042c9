package io.paidonce.providers.wechatv3;

import com.fasterxml.jackson.databind.JsonNode;
import io.paidonce.contract.Money;
import io.paidonce.contract.RefundFact;
import io.paidonce.contract.RefundOutcome;
import io.paidonce.providers.StrictJson;
import io.paidonce.providers.UnreadableContentException;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A decrypted resource that says what became of a refund. */
final class Refund {

  static final String EVENT_PREFIX = "REFUND.";
  static final String ORIGINAL_TYPE = "refund";

  private static final Map<String, RefundOutcome> OUTCOMES =
      Map.of(
          "SUCCESS", RefundOutcome.SUCCEEDED,
          "ABNORMAL", RefundOutcome.ABNORMAL,
          "CLOSED", RefundOutcome.CLOSED);
  // What the provider writes where it has no time yet.
  private static final Instant NO_TIME = Instant.parse("0001-01-01T00:00:00Z");

  private Refund() {}

  /** Whether it is a notice of one of the ends that a refund can come to. */
  static boolean isTold(Envelope envelope) {
    return envelope.originalType().equals(ORIGINAL_TYPE)
        && envelope.eventType().startsWith(EVENT_PREFIX)
        && OUTCOMES.containsKey(envelope.eventType().substring(EVENT_PREFIX.length()));
  }

  /** The fact, of an envelope that {@link #isTold}; nothing we know where it is still under way. */
  static Statement statement(Envelope envelope, JsonNode resource, Hearing hearing)
      throws UnreadableContentException {
    String status = StrictJson.text(resource, "refund_status");
    @Nullable RefundOutcome outcome = OUTCOMES.get(status);
    if (outcome == null) {
      return Statement.unrecognised(resource);
    }
    if (!envelope.eventType().equals(EVENT_PREFIX + status)) {
      throw new UnreadableContentException(
          "event_type and refund_status disagree on what became of the refund");
    }
    requireOurs(resource, hearing.config());
    return told(resource, outcome, hearing);
  }

  /** What the provider calls the end that a refund came to; empty where it is none. */
  static Optional<RefundOutcome> outcome(String status) {
    return Optional.ofNullable(OUTCOMES.get(status));
  }

  /** The fact of a refund that came to an end. */
  static Statement told(JsonNode resource, RefundOutcome outcome, Hearing hearing)
      throws UnreadableContentException {
    return Statement.refunded(
        StrictJson.text(resource, "out_trade_no"), fact(resource, outcome, hearing));
  }

  private static RefundFact fact(JsonNode resource, RefundOutcome outcome, Hearing hearing)
      throws UnreadableContentException {
    JsonNode amount = StrictJson.object(resource, "amount");
    // refund is what goes back of the order's amount; payer_refund is less where a coupon paid a
    // share.
    Money money = Amounts.of(amount, "refund");
    try {
      return new RefundFact(
          WechatV3Protocol.PROVIDER,
          hearing.config().id(),
          StrictJson.text(resource, "transaction_id"),
          StrictJson.text(resource, "refund_id"),
          StrictJson.text(resource, "out_refund_no"),
          outcome,
          money.amountMinor(),
          null,
          StrictJson.positive(amount, "total"),
          money.currency(),
          refundedAt(resource),
          hearing.receivedAt(),
          hearing.witness());
    } catch (IllegalArgumentException e) {
      throw UnreadableContentException.of(e);
    }
  }

  // A payment to a stranger is a fact that waits as a mismatch. A refund carries no payee that
  // could be compared later, so a stranger's must not become one here: kept as a dead letter.
  private static void requireOurs(JsonNode resource, WechatV3Config config)
      throws UnreadableContentException {
    if (!config.mayReceive(Payee.merchant(resource))) {
      throw new UnreadableContentException(
          "mchid (or sub_mchid) of the refund is neither account "
              + config.id()
              + " nor one of its combinedMchids: someone else's refund was sent here");
    }
  }

  /** An answer may leave out whose refund it is; where it says so, it must be ours. */
  static void refuseStrangers(JsonNode answer, WechatV3Config config)
      throws UnreadableContentException {
    if (answer.has("mchid") || answer.has("sub_mchid")) {
      requireOurs(answer, config);
    }
  }

  private static @Nullable Instant refundedAt(JsonNode resource) throws UnreadableContentException {
    @Nullable Instant time = StrictJson.optionalTime(resource, "success_time");
    return NO_TIME.equals(time) ? null : time;
  }
}

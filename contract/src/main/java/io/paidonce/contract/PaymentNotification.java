package io.paidonce.contract;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * The authenticated, normalised content of a callback or of a signed query answer: facts first, raw
 * evidence last, so that a reader who wants only the facts can stop early.
 *
 * @param schema version of this record's layout
 * @param provider the network
 * @param account the account whose keys authenticated it
 * @param protocol how it was spoken ({@code wechat-v3}, {@code alipay})
 * @param shop the one shop the account belongs to
 * @param orderNo the shop's order number; absent only where the notification names no order
 * @param kind what it is about
 * @param eventType the provider's own words for it
 * @param notificationId the provider's id of the notification; absent where it has none
 * @param deliveryId our id of this one HTTP request or query answer
 * @param authentication how its origin was established
 * @param witness how we learnt it
 * @param receivedAt our clock
 * @param payment present exactly when {@code kind} is PAYMENT
 * @param refund present exactly when {@code kind} is REFUND
 * @param observation present exactly when {@code kind} is OBSERVATION
 * @param resubmitted who wrote it again and why; absent where it came by itself
 * @param evidence what was received, for verifying it again
 */
public record PaymentNotification(
    @JsonProperty(required = true) int schema,
    String provider,
    String account,
    String protocol,
    String shop,
    @Nullable String orderNo,
    NotificationKind kind,
    String eventType,
    @Nullable String notificationId,
    String deliveryId,
    Authentication authentication,
    Witness witness,
    Instant receivedAt,
    @Nullable PaymentFact payment,
    @Nullable RefundFact refund,
    @Nullable Observation observation,
    @Nullable Resubmission resubmitted,
    Evidence evidence) {

  public static final int SCHEMA = 3;

  public PaymentNotification {
    Schema.require(schema, SCHEMA, "PaymentNotification");
    Text.required(provider, "provider", 32);
    Text.required(account, "account", 64);
    Text.required(protocol, "protocol", 32);
    Text.required(shop, "shop", 64);
    if (orderNo != null) {
      Text.required(orderNo, "orderNo", 128);
    }
    if (notificationId != null) {
      Text.bounded(notificationId, "notificationId", 128);
    }
    requireNonNull(kind, "kind");
    Text.required(eventType, "eventType", 128);
    Text.required(deliveryId, "deliveryId", 64);
    requireNonNull(authentication, "authentication");
    requireNonNull(witness, "witness");
    requireNonNull(receivedAt, "receivedAt");
    requireNonNull(evidence, "evidence");
    if ((kind == NotificationKind.PAYMENT) != (payment != null)) {
      throw new IllegalArgumentException("payment must be present exactly when kind is PAYMENT");
    }
    if ((kind == NotificationKind.REFUND) != (refund != null)) {
      throw new IllegalArgumentException("refund must be present exactly when kind is REFUND");
    }
    if ((kind == NotificationKind.OBSERVATION) != (observation != null)) {
      throw new IllegalArgumentException(
          "observation must be present exactly when kind is OBSERVATION");
    }
    if (kind != NotificationKind.OBSERVATION && authentication == Authentication.OWN) {
      throw new IllegalArgumentException("only an observation may be our own word: " + kind);
    }
    if (kind != NotificationKind.UNRECOGNISED && orderNo == null) {
      throw new IllegalArgumentException("orderNo must be present when kind is " + kind);
    }
  }

  /** What was told by a callback or an answer, of whatever kind but an observation. */
  public PaymentNotification(
      int schema,
      String provider,
      String account,
      String protocol,
      String shop,
      @Nullable String orderNo,
      NotificationKind kind,
      String eventType,
      @Nullable String notificationId,
      String deliveryId,
      Authentication authentication,
      Witness witness,
      Instant receivedAt,
      @Nullable PaymentFact payment,
      @Nullable RefundFact refund,
      Evidence evidence) {
    this(
        schema,
        provider,
        account,
        protocol,
        shop,
        orderNo,
        kind,
        eventType,
        notificationId,
        deliveryId,
        authentication,
        witness,
        receivedAt,
        payment,
        refund,
        null,
        null,
        evidence);
  }

  /** What came by itself, of whatever kind. */
  public PaymentNotification(
      int schema,
      String provider,
      String account,
      String protocol,
      String shop,
      @Nullable String orderNo,
      NotificationKind kind,
      String eventType,
      @Nullable String notificationId,
      String deliveryId,
      Authentication authentication,
      Witness witness,
      Instant receivedAt,
      @Nullable PaymentFact payment,
      @Nullable RefundFact refund,
      @Nullable Observation observation,
      Evidence evidence) {
    this(
        schema,
        provider,
        account,
        protocol,
        shop,
        orderNo,
        kind,
        eventType,
        notificationId,
        deliveryId,
        authentication,
        witness,
        receivedAt,
        payment,
        refund,
        observation,
        null,
        evidence);
  }

  /** The same, written again by a person. */
  public PaymentNotification again(Resubmission how) {
    return new PaymentNotification(
        schema,
        provider,
        account,
        protocol,
        shop,
        orderNo,
        kind,
        eventType,
        notificationId,
        deliveryId,
        authentication,
        witness,
        receivedAt,
        payment,
        refund,
        observation,
        how,
        evidence);
  }

  /**
   * The key of this record in its topic: all notifications of one transaction share a partition.
   * What names no transaction is keyed by its order number, and what this build does not know by
   * its own delivery.
   */
  public String key() {
    return switch (kind) {
      case PAYMENT -> requireNonNull(payment).transaction().toString();
      case REFUND -> requireNonNull(refund).transaction().toString();
      case TRADE_CLOSED, OBSERVATION -> provider + ":" + account + ":out:" + orderNo;
      case UNRECOGNISED -> provider + ":" + account + ":delivery:" + deliveryId;
    };
  }
}

package io.paidonce.reconciler;

import io.paidonce.contract.Authentication;
import io.paidonce.contract.Evidence;
import io.paidonce.contract.NotificationKind;
import io.paidonce.contract.PaymentFact;
import io.paidonce.contract.PaymentNotification;
import io.paidonce.contract.ProviderAccount;
import io.paidonce.contract.ProviderRequest;
import io.paidonce.contract.RawBytes;
import io.paidonce.contract.RefundFact;
import io.paidonce.contract.RefundOutcome;
import io.paidonce.contract.RequestKind;
import io.paidonce.contract.Witness;
import io.paidonce.providers.Doubt;
import io.paidonce.providers.Outcome;
import io.paidonce.providers.Refusal;
import io.paidonce.providers.Standing;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/** Requests and outcomes, short to write. */
final class Given {

  static final Instant NOW = Instant.parse("2026-01-31T12:00:00Z");
  static final ProviderAccount A1 = new ProviderAccount("wechat", "a1");
  static final ProviderAccount A2 = new ProviderAccount("alipay", "a2");
  static final String SHOP = "s1";

  /** Long enough for some attempts. */
  static final Duration A_WHILE = Duration.ofMinutes(2);

  static final Evidence ANSWER = new Evidence("key-1", Map.of("a", "b"), raw("signed answer"));

  private Given() {}

  static RawBytes raw(String text) {
    return RawBytes.of(text.getBytes(java.nio.charset.StandardCharsets.UTF_8));
  }

  static ProviderRequest request(RequestKind kind, String orderNo) {
    return request(kind, A1, orderNo, NOW, NOW.plus(A_WHILE));
  }

  static ProviderRequest request(
      RequestKind kind, ProviderAccount account, String orderNo, Instant at, Instant until) {
    boolean refund = kind == RequestKind.REFUND || kind == RequestKind.QUERY_REFUND;
    return new ProviderRequest(
        ProviderRequest.SCHEMA,
        kind + "/" + SHOP + ":" + orderNo + "/1",
        kind,
        SHOP,
        orderNo,
        account.provider(),
        account.account(),
        refund ? "t-" + orderNo : null,
        refund ? "r-" + orderNo : null,
        kind == RequestKind.REFUND ? 500L : null,
        kind == RequestKind.REFUND ? 1200L : null,
        kind == RequestKind.REFUND ? "CNY" : null,
        "a test asks",
        1,
        1,
        at,
        until);
  }

  static Outcome told(Standing standing, String orderNo) {
    return new Outcome.Told(
        standing, List.of(standing == Standing.REFUND_SETTLED ? refunded(orderNo) : paid(orderNo)));
  }

  static PaymentNotification paid(String orderNo) {
    return notification(
        orderNo,
        NotificationKind.PAYMENT,
        new PaymentFact(
            "wechat", "a1", "t-" + orderNo, 1200, "CNY", "a1", "a1", NOW, NOW, Witness.QUERY),
        null);
  }

  static PaymentNotification refunded(String orderNo) {
    return notification(
        orderNo,
        NotificationKind.REFUND,
        null,
        new RefundFact(
            "wechat",
            "a1",
            "t-" + orderNo,
            "5030",
            "r-" + orderNo,
            RefundOutcome.SUCCEEDED,
            500L,
            null,
            1200L,
            "CNY",
            NOW,
            NOW,
            Witness.QUERY));
  }

  private static PaymentNotification notification(
      String orderNo, NotificationKind kind, PaymentFact payment, RefundFact refund) {
    return new PaymentNotification(
        PaymentNotification.SCHEMA,
        "wechat",
        "a1",
        "wechat-v3",
        SHOP,
        orderNo,
        kind,
        "SUCCESS",
        null,
        "answer-1",
        Authentication.SIGNED,
        Witness.QUERY,
        NOW,
        payment,
        refund,
        ANSWER);
  }

  static Outcome observed(Standing standing) {
    return new Outcome.Observed(standing, true, ANSWER);
  }

  static Outcome refused(Refusal why, boolean signed) {
    return new Outcome.Refused(why, signed, 400, "CODE_OF_" + why);
  }

  static Outcome unknown(Doubt why) {
    return new Outcome.Unknown(why, "as a test has it");
  }

  static Outcome throttled(Duration retryAfter) {
    return new Outcome.Unknown(Doubt.THROTTLED, "HTTP 429", retryAfter);
  }
}

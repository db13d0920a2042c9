package io.paidonce.providers;

import io.paidonce.contract.RefundOutcome;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The inverse of an {@link Account}: signs what a provider would send. For simulation only. */
public interface CallbackSigner {

  /**
   * A payment notice.
   *
   * @param payment what was paid
   * @param sentAt the provider's clock at this delivery; a later retry is signed anew
   */
  SignedCallback payment(PaidNotice payment, Instant sentAt);

  /**
   * A refund notice.
   *
   * @param refund what became of which refund
   * @param sentAt the provider's clock at this delivery; a later retry is signed anew
   * @throws IllegalArgumentException if the provider has no such notice
   */
  SignedCallback refund(RefundNotice refund, Instant sentAt);

  /**
   * One notice that pays several orders.
   *
   * @throws IllegalArgumentException if the provider has no such notice
   */
  default SignedCallback combined(CombinedNotice combined, Instant sentAt) {
    throw new IllegalArgumentException("this provider combines no payments");
  }

  /**
   * The notice that the time for refunds is over: paid, months later or at once.
   *
   * @throws IllegalArgumentException if the provider has no such notice
   */
  default SignedCallback finished(PaidNotice payment, Instant sentAt) {
    throw new IllegalArgumentException("this provider does not tell that a trade is finished");
  }

  /**
   * The notice of a trade that nobody paid in its time.
   *
   * @throws IllegalArgumentException if the provider has no such notice
   */
  default SignedCallback closed(PaidNotice unpaid, Instant sentAt) {
    throw new IllegalArgumentException("this provider does not tell that a trade is closed");
  }

  /**
   * What a payment notice says.
   *
   * @param notificationId the provider's id of the notification, kept over re-sends
   * @param transactionId the provider's id of the payment
   * @param orderNo out_trade_no
   * @param amountMinor minor units
   * @param currency ISO 4217 code
   * @param paidAt the provider's clock
   */
  record PaidNotice(
      String notificationId,
      String transactionId,
      String orderNo,
      long amountMinor,
      String currency,
      Instant paidAt) {}

  /**
   * What a notice of a combined payment says; its sub orders all went through.
   *
   * @param notificationId the provider's id of the notification, kept over re-sends
   * @param combineOrderNo combine_out_trade_no
   * @param payments one a sub order, at least one; their own notification ids are not sent
   */
  record CombinedNotice(String notificationId, String combineOrderNo, List<PaidNotice> payments) {
    public CombinedNotice {
      payments = List.copyOf(payments);
      if (payments.isEmpty()) {
        throw new IllegalArgumentException("a combined payment pays at least one order");
      }
    }
  }

  /**
   * What a refund notice says. Each provider sends its share of it: WeChat Pay this refund alone,
   * Alipay the sum of all by then.
   *
   * @param notificationId the provider's id of the notification, kept over re-sends
   * @param payment what was paid and is refunded, in whole or in part
   * @param refundId the provider's id of the refund; Alipay has none
   * @param merchantRefundNo the merchant's number of it; may be absent at Alipay, where a whole
   *     trade is refunded
   * @param outcome what became of it; Alipay tells only of those that succeeded
   * @param amountMinor what this refund returns, minor units
   * @param refundedTotalMinor what all refunds of the payment have returned by then, this one
   *     included, minor units
   * @param refundedAt the provider's clock
   */
  record RefundNotice(
      String notificationId,
      PaidNotice payment,
      String refundId,
      @Nullable String merchantRefundNo,
      RefundOutcome outcome,
      long amountMinor,
      long refundedTotalMinor,
      Instant refundedAt) {}
}

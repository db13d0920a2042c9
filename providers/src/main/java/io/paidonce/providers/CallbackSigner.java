package io.paidonce.providers;

import java.time.Instant;

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
}

package io.paidonce.ledger;

import io.paidonce.contract.OrderCommand;
import io.paidonce.contract.PaymentFact;

/**
 * What makes two deliveries the same thing. An identity names the business fact, never the
 * delivery: timestamps, nonces, signatures and notification ids take no part. It never names the
 * order either: a second transaction for one order is a customer charged twice, not a duplicate.
 */
public final class Identities {

  private Identities() {}

  public static String of(PaymentFact payment) {
    return payment.provider() + ":" + payment.account() + ":payment:" + payment.transactionId();
  }

  /** A command id is unique within its order: two orders may use the same one. */
  public static String of(OrderCommand command) {
    return "command:" + command.order() + ":" + command.commandId();
  }

  /**
   * What must not differ between two deliveries of one payment: kind, outcome, amount, currency,
   * payee and order number, and nothing else. Readable, because it is shown when it differs.
   */
  public static String fingerprint(PaymentFact payment, String orderNo) {
    return String.join(
        "|",
        "PAYMENT",
        "SUCCEEDED",
        Long.toString(payment.amountMinor()),
        payment.currency(),
        payment.payee(),
        orderNo);
  }

  /** What must not differ between two commands with one id. */
  public static String fingerprint(OrderCommand command) {
    return String.join(
        "|",
        command.kind().name(),
        String.valueOf(command.amountDueMinor()),
        String.valueOf(command.currency()));
  }
}

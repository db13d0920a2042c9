package io.paidonce.ledger;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.paidonce.contract.EventHeaders;
import io.paidonce.contract.ExceptionKind;
import io.paidonce.contract.LatePayment;
import io.paidonce.contract.OrderInput;
import io.paidonce.contract.OrderStatus;
import io.paidonce.contract.PaymentFact;
import io.paidonce.contract.ProviderRequest;
import io.paidonce.contract.RequestKind;
import io.paidonce.contract.TransactionKey;
import java.util.ArrayList;
import java.util.List;

/**
 * The refunds that an order's policy asks for when its money comes too late: once for a payment,
 * since a payment becomes late once.
 */
final class LateRefunds {

  private static final String REASON = ExceptionKind.LATE_PAYMENT.name();

  private LateRefunds() {}

  /**
   * Our number of a refund, made of what it refunds and why: whoever asks again, after a crash or
   * in a replay, asks for the same refund. Legal for out_refund_no and out_request_no, which take
   * up to 64 of {@code [0-9A-Za-z_-]}.
   */
  static String number(TransactionKey transaction) {
    String of = "refund|" + transaction + "|" + REASON;
    return "po-" + EventHeaders.sha256Hex(of.getBytes(UTF_8)).substring(0, 40);
  }

  static boolean areAskedFor(OrderLedger order) {
    Terms terms = order.terms();
    return terms != null && terms.policy().latePayment() == LatePayment.REFUND;
  }

  static List<ProviderRequest> between(OrderLedger before, OrderLedger after, OrderInput cause) {
    if (after.status() != OrderStatus.CANCELLED || !areAskedFor(after)) {
      return List.of();
    }
    List<ProviderRequest> requests = new ArrayList<>();
    for (PaymentFact payment : after.payments()) {
      if (isLate(after, payment) && !isLate(before, payment)) {
        requests.add(request(after, payment, cause));
      }
    }
    return requests;
  }

  private static boolean isLate(OrderLedger order, PaymentFact payment) {
    return order.status() == OrderStatus.CANCELLED
        && order.payment(payment.transaction()) != null
        && Standings.exception(order, payment) == ExceptionKind.LATE_PAYMENT
        && !order.refundsOfPayments().isFull(payment);
  }

  private static ProviderRequest request(OrderLedger after, PaymentFact payment, OrderInput cause) {
    String number = number(payment.transaction());
    return new ProviderRequest(
        ProviderRequest.SCHEMA,
        "refund/" + number,
        RequestKind.REFUND,
        cause.shop(),
        cause.orderNo(),
        payment.provider(),
        payment.account(),
        payment.transactionId(),
        number,
        payment.amountMinor() - after.refundsOfPayments().of(payment),
        payment.amountMinor(),
        payment.currency(),
        REASON,
        1,
        after.version(),
        cause.receivedAt(),
        null);
  }
}

package io.paidonce.ledger;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;

import io.paidonce.contract.DoublePayment;
import io.paidonce.contract.EventHeaders;
import io.paidonce.contract.ExceptionKind;
import io.paidonce.contract.InputKind;
import io.paidonce.contract.LatePayment;
import io.paidonce.contract.OrderInput;
import io.paidonce.contract.OrderStatus;
import io.paidonce.contract.PaymentFact;
import io.paidonce.contract.ProviderRequest;
import io.paidonce.contract.RefundFact;
import io.paidonce.contract.RequestKind;
import io.paidonce.contract.TransactionKey;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The refunds that an order's policy asks for when its money comes too late or a second time: one
 * for a payment, asked for again until its provider tells what became of it.
 */
final class OwedRefunds {

  private OwedRefunds() {}

  /**
   * Our number of a refund, made of what it refunds and why: whoever asks again, after a crash or
   * in a replay, asks for the same refund. Legal for out_refund_no and out_request_no, which take
   * up to 64 of {@code [0-9A-Za-z_-]}.
   */
  static String number(TransactionKey transaction, ExceptionKind reason) {
    String of = "refund|" + transaction + "|" + reason;
    return "po-" + EventHeaders.sha256Hex(of.getBytes(UTF_8)).substring(0, 40);
  }

  /** Whether the order's policy asks for the refund of what makes such a case. */
  static boolean areAskedFor(OrderLedger order, @Nullable ExceptionKind kind) {
    Terms terms = order.terms();
    return terms != null
        && ((kind == ExceptionKind.LATE_PAYMENT
                && terms.policy().latePayment() == LatePayment.REFUND)
            || (kind == ExceptionKind.DOUBLE_PAYMENT
                && terms.policy().doublePayment() == DoublePayment.REFUND));
  }

  /** What the order asks for after an input. */
  static Step after(OrderLedger order, OrderInput cause) {
    boolean isQuiet = order.refunding().isEmpty() && !mayOwe(order);
    if (isQuiet) {
      return new Step(order, List.of());
    }
    List<RefundAsk> asks = new ArrayList<>();
    List<ProviderRequest> requests = new ArrayList<>();
    for (RefundAsk known : order.refunding()) {
      RefundAsk ask = isSettled(order, known) ? known.settled() : known;
      if (cause.kind() == InputKind.ASK_DUE && ask.isDue(cause.receivedAt())) {
        ask = ask.again(cause.receivedAt());
        requests.add(request(order, ask, cause));
      }
      asks.add(ask);
    }
    for (PaymentFact payment : order.payments()) {
      ExceptionKind reason = owed(order, payment);
      if (reason != null && !isAsked(order, payment)) {
        RefundAsk ask =
            RefundAsk.first(
                payment.transaction(),
                number(payment.transaction(), reason),
                reason,
                payment.amountMinor() - order.refundsOfPayments().of(payment),
                cause.receivedAt());
        asks.add(ask);
        requests.add(request(order, ask, cause));
      }
    }
    return new Step(order.refunding(asks), requests);
  }

  private static boolean mayOwe(OrderLedger order) {
    return switch (order.status()) {
      case UNPLACED, PENDING -> false;
      case PAID, SHIPPED, COMPLETED, REFUNDED -> order.payments().size() > 1;
      case CANCELLED -> !order.payments().isEmpty();
    };
  }

  private static @Nullable ExceptionKind owed(OrderLedger order, PaymentFact payment) {
    if (order.status() == OrderStatus.PENDING || order.refundsOfPayments().isFull(payment)) {
      return null;
    }
    ExceptionKind kind = Standings.exception(order, payment);
    return areAskedFor(order, kind) ? kind : null;
  }

  private static boolean isAsked(OrderLedger order, PaymentFact payment) {
    return order.refunding().stream()
        .anyMatch(ask -> ask.transaction().equals(payment.transaction()));
  }

  // Whatever became of it: a refund that is stuck or failed is an exception of its own.
  private static boolean isSettled(OrderLedger order, RefundAsk ask) {
    PaymentFact payment = requireNonNull(order.payment(ask.transaction()), "payment");
    return order.refundsOfPayments().isFull(payment)
        || order.refunds().stream().anyMatch(refund -> isOf(refund, ask));
  }

  private static boolean isOf(RefundFact refund, RefundAsk ask) {
    return refund.transaction().equals(ask.transaction())
        && (ask.refundNo().equals(refund.merchantRefundNo())
            || ask.refundNo().equals(refund.refundId()));
  }

  private static ProviderRequest request(OrderLedger order, RefundAsk ask, OrderInput cause) {
    PaymentFact payment = requireNonNull(order.payment(ask.transaction()), "payment");
    return new ProviderRequest(
        ProviderRequest.SCHEMA,
        "refund/" + ask.refundNo(),
        RequestKind.REFUND,
        cause.shop(),
        cause.orderNo(),
        payment.provider(),
        payment.account(),
        payment.transactionId(),
        ask.refundNo(),
        ask.amountMinor(),
        payment.amountMinor(),
        payment.currency(),
        ask.reason().name(),
        ask.attempt(),
        order.version() + 1,
        cause.receivedAt(),
        ask.until());
  }
}

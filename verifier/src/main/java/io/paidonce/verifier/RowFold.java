package io.paidonce.verifier;

import static io.paidonce.verifier.Cells.list;
import static io.paidonce.verifier.Cells.map;
import static io.paidonce.verifier.Cells.text;
import static io.paidonce.verifier.Cells.time;

import io.paidonce.contract.Balance;
import io.paidonce.contract.ExceptionCase;
import io.paidonce.contract.NotificationReceipt;
import io.paidonce.contract.OrderCancelled;
import io.paidonce.contract.OrderPaid;
import io.paidonce.contract.OrderPayment;
import io.paidonce.contract.OrderRefunded;
import io.paidonce.contract.OrderSnapshot;
import io.paidonce.contract.OrderTransition;
import io.paidonce.contract.PaymentFact;
import io.paidonce.contract.PaymentPolicy;
import io.paidonce.contract.RefundFact;
import io.paidonce.contract.TransactionKey;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Which rows each record makes. */
final class RowFold {

  // Rows that never change once written.
  private static final long ONLY = 1;

  private RowFold() {}

  /** Takes rows with the version that decides between two of one key. */
  @FunctionalInterface
  interface Sink {
    void row(StoredTable table, long version, List<@Nullable String> row);
  }

  static void transition(OrderTransition t, Sink sink) {
    OrderSnapshot after = t.after();
    TransactionKey paying = after.payingTransaction();
    PaymentPolicy policy = after.policy() == null ? PaymentPolicy.DEFAULT : after.policy();
    String version = text(t.version());
    sink.row(
        StoredTable.ORDERS,
        t.version(),
        row(
            t.shop(),
            t.orderNo(),
            version,
            text(after.status()),
            text(after.amountDueMinor()),
            after.currency(),
            time(after.placedAt()),
            paying == null ? null : paying.provider(),
            paying == null ? null : paying.account(),
            paying == null ? null : paying.transactionId(),
            time(t.at()),
            text(policy.partialPayments()),
            text(policy.latePayment()),
            time(after.dueSince())));
    sink.row(
        StoredTable.ORDER_TRANSITIONS,
        ONLY,
        row(
            t.shop(),
            t.orderNo(),
            version,
            text(t.from()),
            text(t.to()),
            t.inputId(),
            text(t.cause()),
            time(t.at()),
            t.source().topic(),
            text(t.source().partition()),
            text(t.source().offset())));
    after.payments().forEach(payment -> payment(t, payment, sink));
    after.refunds().forEach(refund -> refund(t, refund, sink));
    after.balances().forEach(balance -> balance(t, balance, sink));
  }

  private static void payment(OrderTransition t, OrderPayment payment, Sink sink) {
    PaymentFact fact = payment.fact();
    sink.row(
        StoredTable.PAYMENTS,
        t.version(),
        row(
            fact.provider(),
            fact.account(),
            fact.transactionId(),
            t.shop(),
            t.orderNo(),
            text(fact.amountMinor()),
            fact.currency(),
            fact.payee(),
            fact.expectedPayee(),
            text(payment.standing()),
            time(fact.occurredAt()),
            time(fact.receivedAt()),
            text(fact.witness()),
            text(t.version()),
            text(payment.refundedMinor()),
            text(payment.excessMinor())));
  }

  private static void refund(OrderTransition t, RefundFact fact, Sink sink) {
    sink.row(
        StoredTable.REFUNDS,
        t.version(),
        row(
            fact.provider(),
            fact.account(),
            fact.transactionId(),
            fact.refundId(),
            text(fact.outcome()),
            // A total that stands alone may come again grown: then it is another fact.
            fact.amountMinor() == null ? text(fact.refundedTotalMinor()) : "0",
            t.shop(),
            t.orderNo(),
            fact.merchantRefundNo(),
            text(fact.amountMinor()),
            text(fact.refundedTotalMinor()),
            text(fact.transactionAmountMinor()),
            fact.currency(),
            time(fact.occurredAt()),
            time(fact.receivedAt()),
            text(fact.witness()),
            text(t.version())));
  }

  private static void balance(OrderTransition t, Balance balance, Sink sink) {
    sink.row(
        StoredTable.ORDER_BALANCES,
        t.version(),
        row(
            t.shop(),
            t.orderNo(),
            balance.currency(),
            text(balance.receivedMinor()),
            text(balance.appliedMinor()),
            text(balance.owedBackMinor()),
            text(balance.suspenseMinor()),
            text(t.version()),
            text(balance.refundedMinor())));
  }

  static void receipt(NotificationReceipt receipt, Sink sink) {
    sink.row(
        StoredTable.NOTIFICATION_RECEIPTS,
        receipt.revision(),
        row(
            receipt.identity(),
            receipt.shop(),
            receipt.orderNo(),
            receipt.fingerprint(),
            text(receipt.deliveries()),
            text(receipt.conflicts()),
            time(receipt.firstReceivedAt()),
            time(receipt.lastReceivedAt()),
            list(receipt.witnesses()),
            list(receipt.keyIds()),
            receipt.first().topic(),
            text(receipt.first().partition()),
            text(receipt.first().offset()),
            text(receipt.revision())));
  }

  static void paid(OrderPaid paid, Sink sink) {
    sink.row(
        StoredTable.ORDER_PAID,
        ONLY,
        row(
            paid.shop(),
            paid.orderNo(),
            paid.eventId(),
            text(paid.orderVersion()),
            text(paid.amountMinor()),
            paid.currency(),
            paid.provider(),
            paid.account(),
            paid.transactionId(),
            time(paid.paidAt()),
            time(paid.receivedAt())));
  }

  static void cancelled(OrderCancelled cancelled, Sink sink) {
    sink.row(
        StoredTable.ORDER_CANCELLED,
        ONLY,
        row(
            cancelled.shop(),
            cancelled.orderNo(),
            cancelled.eventId(),
            text(cancelled.orderVersion()),
            cancelled.commandId(),
            cancelled.actor(),
            time(cancelled.at())));
  }

  static void refunded(OrderRefunded refunded, Sink sink) {
    sink.row(
        StoredTable.ORDER_REFUNDED,
        ONLY,
        row(
            refunded.shop(),
            refunded.orderNo(),
            refunded.eventId(),
            text(refunded.orderVersion()),
            text(refunded.amountMinor()),
            refunded.currency(),
            refunded.provider(),
            refunded.account(),
            refunded.transactionId(),
            time(refunded.refundedAt()),
            time(refunded.receivedAt())));
  }

  static void exception(ExceptionCase one, Sink sink) {
    sink.row(
        StoredTable.PAYMENT_EXCEPTIONS,
        one.revision(),
        row(
            one.exceptionId(),
            text(one.kind()),
            one.shop(),
            one.orderNo(),
            text(one.state()),
            text(one.revision()),
            one.suggestedAction(),
            map(one.evidence()),
            time(one.openedAt()),
            time(one.at()),
            one.source().topic(),
            text(one.source().partition()),
            text(one.source().offset())));
  }

  private static List<@Nullable String> row(@Nullable String... cells) {
    return Arrays.asList(cells);
  }
}

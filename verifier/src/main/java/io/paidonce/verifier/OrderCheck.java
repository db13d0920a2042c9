package io.paidonce.verifier;

import io.paidonce.contract.ExceptionKind;
import io.paidonce.contract.OrderStatus;
import io.paidonce.contract.TransactionKey;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Lays what must be true of an order beside what the topics say of it. */
final class OrderCheck {

  private final Findings findings;

  OrderCheck(Findings findings) {
    this.findings = findings;
  }

  /** Returns what was expected. */
  Expectation check(OrderFile file, Map<ExceptionKind, Integer> open) {
    List<Payment> payments = new ArrayList<>();
    List<Refund> refunds = new ArrayList<>();
    int contradicted = 0;
    for (TransactionFile transaction : file.transactions()) {
      if (transaction.payment() != null) {
        payments.add(transaction.payment());
      }
      contradicted += transaction.isContradicted() ? 1 : 0;
    }
    for (RefundFile refund : file.refunds()) {
      if (refund.refund() != null) {
        refunds.add(refund.refund());
      }
      contradicted += refund.isContradicted() ? 1 : 0;
    }
    Expectation expected =
        Oracle.expect(
            file.commands(),
            payments,
            refunds,
            contradicted,
            new Oracle.Observed(file.status(), file.paying()));
    checkStatus(file, expected);
    checkPaid(file, expected);
    checkRefunded(file, expected);
    if (file.version() > 0) {
      checkMoney(file, expected, refunds);
    }
    for (ExceptionKind kind : ExceptionKind.values()) {
      checkOpen(file, kind, expected.open(kind), open.getOrDefault(kind, 0));
    }
    return expected;
  }

  // One finding an order, however much of it is wrong.
  private void checkStatus(OrderFile file, Expectation expected) {
    OrderStatus status = file.status();
    int cancels = expected.status() == OrderStatus.CANCELLED ? 1 : 0;
    String wrong;
    if (file.version() == 0) {
      wrong = expected.known() ? "has no transition, but must be " + expected.possible() : "";
    } else if (status == null || !expected.possible().contains(status)) {
      wrong = "is " + (status == null ? "in two minds" : status) + ", not " + expected.possible();
    } else if (file.cancelledRecords() != cancels) {
      wrong = "has " + file.cancelledRecords() + " order-cancelled, not " + cancels;
    } else {
      wrong = wrongPayment(file, expected);
    }
    // An event that nothing justifies has its own name.
    if (!wrong.isEmpty()
        && justifies(expected.fitting(), expected, file.paid())
        && justifies(expected.refunded(), expected, file.refunded())) {
      findings.add(Fault.STATUS_MISMATCH, "order " + file.order() + " " + wrong);
    }
  }

  private static String wrongPayment(OrderFile file, Expectation expected) {
    OrderFile.Event paid = file.paid();
    OrderFile.Event refunded = file.refunded();
    TransactionKey paying = file.paying();
    if (refunded != null && file.status() != OrderStatus.REFUNDED) {
      return "is " + file.status() + " and has an order-refunded";
    }
    if (expected.payers().isEmpty()) {
      return paid == null && paying == null
          ? ""
          : "is " + file.status() + " and has a paying transaction";
    }
    if (paid != null && !paid.transaction().equals(paying)) {
      return "was paid by " + paying + ", but order-paid names " + paid.transaction();
    }
    if (refunded != null && !refunded.transaction().equals(paying)) {
      return "was paid by " + paying + ", but order-refunded names " + refunded.transaction();
    }
    if (!expected.payers().contains(paying)) {
      return "is " + file.status() + " by " + paying + ", not by one of " + expected.payers();
    }
    // What went back before it met its order is never called paid.
    return paid != null && !file.wasPaid() ? "has an order-paid and was never PAID" : "";
  }

  private void checkPaid(OrderFile file, Expectation expected) {
    OrderFile.Event paid = file.paid();
    boolean mustBePaid =
        expected.status() == OrderStatus.PAID
            || (expected.status() == OrderStatus.REFUNDED && file.wasPaid());
    if (paid == null && mustBePaid) {
      findings.add(
          Fault.LOST,
          "order " + file.order() + " is paid by one of " + expected.payers() + ": no order-paid");
    }
    if (paid != null && !justifies(expected.fitting(), expected, paid)) {
      findings.add(
          Fault.FORGED,
          "order-paid of "
              + file.order()
              + " names "
              + paid.transaction()
              + ", of which there is no verified notification that fits");
    }
  }

  private void checkRefunded(OrderFile file, Expectation expected) {
    OrderFile.Event refunded = file.refunded();
    if (refunded == null && expected.status() == OrderStatus.REFUNDED) {
      findings.add(Fault.LOST, "order " + file.order() + " is REFUNDED: no order-refunded");
    }
    if (refunded != null && !justifies(expected.refunded(), expected, refunded)) {
      findings.add(
          Fault.FORGED,
          "order-refunded of "
              + file.order()
              + " names "
              + refunded.transaction()
              + ", which no verified notifications pay and refund in full");
    }
  }

  private static boolean justifies(
      Set<TransactionKey> verified, Expectation expected, OrderFile.@Nullable Event event) {
    return event == null
        || (verified.contains(event.transaction())
            && Objects.equals(expected.dueMinor(), event.amountMinor())
            && Objects.equals(expected.currency(), event.currency()));
  }

  private void checkMoney(OrderFile file, Expectation expected, List<Refund> refunds) {
    Map<String, Sums> found = file.money();
    if (!found.equals(expected.money())) {
      findings.add(
          Fault.MONEY_UNBALANCED,
          "order " + file.order() + " stands at " + found + ", not " + expected.money());
    } else if (!file.hasExactlyThePayments(expected.payments())) {
      findings.add(
          Fault.MONEY_UNBALANCED,
          "the ledger's payments of order " + file.order() + " are not the verified ones");
    } else if (!file.hasExactlyTheRefunds(refunds)) {
      findings.add(
          Fault.MONEY_UNBALANCED,
          "the ledger's refunds of order " + file.order() + " are not the verified ones");
    }
  }

  private void checkOpen(OrderFile file, ExceptionKind kind, int expected, int found) {
    if (expected != found) {
      findings.add(
          Fault.EXCEPTION_DIFF,
          Math.abs(expected - found),
          "order " + file.order() + " has " + found + " open " + kind + ", not " + expected);
    }
  }
}

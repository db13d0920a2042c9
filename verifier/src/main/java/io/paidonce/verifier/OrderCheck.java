package io.paidonce.verifier;

import io.paidonce.contract.ExceptionKind;
import io.paidonce.contract.OrderStatus;
import io.paidonce.contract.TransactionKey;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/** Lays what must be true of an order beside what the topics say of it. */
final class OrderCheck {

  private final Findings findings;

  OrderCheck(Findings findings) {
    this.findings = findings;
  }

  /** Returns what was expected. */
  Expectation check(OrderFile file, Map<ExceptionKind, Integer> open) {
    List<Payment> payments = new ArrayList<>();
    Set<TransactionKey> contradicted = new HashSet<>();
    for (TransactionFile transaction : file.transactions()) {
      Payment payment = transaction.payment();
      if (payment != null) {
        payments.add(payment);
      }
      if (transaction.isContradicted()) {
        contradicted.add(transaction.transaction());
      }
    }
    Expectation expected = Oracle.expect(file.commands(), payments, contradicted, file.status());
    checkStatus(file, expected);
    checkPaid(file, expected);
    if (file.version() > 0) {
      checkMoney(file, expected, payments);
    }
    for (ExceptionKind kind : ExceptionKind.values()) {
      checkOpen(file, kind, expected.open(kind), open.getOrDefault(kind, 0));
    }
    return expected;
  }

  // One finding an order, however much of it is wrong.
  private void checkStatus(OrderFile file, Expectation expected) {
    OrderStatus status = file.status();
    OrderFile.Paid paid = file.paid();
    boolean isPaid = expected.status() == OrderStatus.PAID;
    int cancels = expected.status() == OrderStatus.CANCELLED ? 1 : 0;
    String wrong;
    if (file.version() == 0) {
      wrong = expected.known() ? "has no transition, but must be " + expected.possible() : "";
    } else if (status == null || !expected.possible().contains(status)) {
      wrong = "is " + (status == null ? "in two minds" : status) + ", not " + expected.possible();
    } else if (isPaid && paid != null && !paid.transaction().equals(file.paying())) {
      wrong = "was paid by " + file.paying() + ", but order-paid names " + paid.transaction();
    } else if (!isPaid && (paid != null || file.paying() != null)) {
      wrong = "is " + status + " and has a paying transaction";
    } else if (isPaid && !expected.fitting().contains(file.paying())) {
      wrong = "was paid by " + file.paying() + ", which does not fit";
    } else if (file.cancelledRecords() != cancels) {
      wrong = "has " + file.cancelledRecords() + " order-cancelled, not " + cancels;
    } else {
      wrong = "";
    }
    // An order-paid that nothing justifies has its own name.
    if (!wrong.isEmpty() && (paid == null || justifies(expected, paid))) {
      findings.add(Fault.STATUS_MISMATCH, "order " + file.order() + " " + wrong);
    }
  }

  private void checkPaid(OrderFile file, Expectation expected) {
    OrderFile.Paid paid = file.paid();
    if (paid == null && expected.status() == OrderStatus.PAID) {
      findings.add(
          Fault.LOST,
          "order " + file.order() + " is paid by one of " + expected.fitting() + ": no order-paid");
    }
    if (paid != null && !justifies(expected, paid)) {
      findings.add(
          Fault.FORGED,
          "order-paid of "
              + file.order()
              + " names "
              + paid.transaction()
              + ", of which there is no verified notification that fits");
    }
  }

  private static boolean justifies(Expectation expected, OrderFile.Paid paid) {
    return expected.fitting().contains(paid.transaction())
        && Objects.equals(expected.dueMinor(), paid.amountMinor())
        && Objects.equals(expected.currency(), paid.currency());
  }

  private void checkMoney(OrderFile file, Expectation expected, List<Payment> payments) {
    Map<String, Sums> found = file.money();
    if (!found.equals(expected.money())) {
      findings.add(
          Fault.MONEY_UNBALANCED,
          "order " + file.order() + " stands at " + found + ", not " + expected.money());
    } else if (!file.hasExactlyThePayments(payments)) {
      findings.add(
          Fault.MONEY_UNBALANCED,
          "the ledger's payments of order " + file.order() + " are not the verified ones");
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

package io.paidonce.verifier;

import io.paidonce.contract.ExceptionKind;
import io.paidonce.contract.OrderStatus;
import io.paidonce.contract.ProviderRequest;
import io.paidonce.contract.TransactionKey;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
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
  Expectation check(OrderFile file, Map<ExceptionKind, Integer> open, Outputs outputs) {
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
            new Oracle.Observed(
                file.status(),
                file.paying(),
                file.passed(),
                file.dueMinor(),
                file.currency(),
                file.timedOutAt(),
                file.enquiries(),
                file.closingVersion()),
            outputs::isCase);
    checkStatus(file, expected);
    checkPaid(file, expected);
    checkRefunded(file, expected);
    checkAsked(file, expected, payments);
    if (file.version() > 0) {
      checkMoney(file, expected, refunds);
    }
    Map<ExceptionKind, Integer> byHand = outputs.resolvedByHand(file);
    for (ExceptionKind kind : ExceptionKind.values()) {
      checkOpen(file, kind, expected, open.getOrDefault(kind, 0), byHand.getOrDefault(kind, 0));
    }
    return expected;
  }

  // One finding an order, however much of it is wrong.
  private void checkStatus(OrderFile file, Expectation expected) {
    OrderStatus status = file.status();
    int cancels = file.was(OrderStatus.CANCELLED) ? 1 : 0;
    String wrong;
    if (file.version() == 0) {
      wrong = expected.known() ? "has no transition, but must be " + expected.possible() : "";
    } else if (status == null || !expected.possible().contains(status)) {
      wrong = "is " + (status == null ? "in two minds" : status) + ", not " + expected.possible();
    } else if (!expected.passable().containsAll(file.passed())) {
      wrong = "was " + file.passed() + ", which is not all of " + expected.passable();
    } else if (file.misstep() != null) {
      wrong = file.misstep();
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
    return paid != null && !file.was(OrderStatus.PAID)
        ? "has an order-paid and was never PAID"
        : "";
  }

  private void checkPaid(OrderFile file, Expectation expected) {
    OrderFile.Event paid = file.paid();
    boolean mustBePaid =
        switch (expected.status()) {
          case PAID, SHIPPED, COMPLETED -> true;
          case REFUNDED -> file.was(OrderStatus.PAID);
          case UNPLACED, PENDING, CANCELLED -> false;
        };
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

  // A refund that was asked for is money on its way, so that it needs its reason like a payment.
  private void checkAsked(OrderFile file, Expectation expected, List<Payment> payments) {
    Map<TransactionKey, ProviderRequest> asked = new HashMap<>();
    Set<String> attempts = new HashSet<>();
    for (ProviderRequest request : file.enquiries().refunds()) {
      TransactionKey of =
          new TransactionKey(
              request.provider(), request.account(), String.valueOf(request.transactionId()));
      Payment payment =
          payments.stream().filter(p -> p.transaction().equals(of)).findFirst().orElse(null);
      ProviderRequest first = asked.putIfAbsent(of, request);
      if (payment == null
          || !expected.mayBeSentBack().contains(of)
          || !isEnded(file)
          || !payment.currency().equals(request.currency())
          || Objects.requireNonNullElse(request.amountMinor(), Long.MAX_VALUE)
              > payment.amountMinor()) {
        findings.add(
            Fault.FORGED,
            "a refund of " + of + " was asked for order " + file.order() + ", which owes none");
      } else if (!attempts.add(of + "/" + request.attempt())
          || (first != null && !isTheSameRefund(first, request))) {
        findings.add(
            Fault.REFUNDED_TWICE,
            "the refund of " + of + " of order " + file.order() + " was asked for before");
      }
    }
    for (TransactionKey late : expected.mustBeSentBack()) {
      if (!asked.containsKey(late)) {
        findings.add(
            Fault.LOST,
            "the refund of " + late + " of order " + file.order() + " was never asked for");
      }
    }
  }

  // Money is late, or a second payment, once the order has said what became of it.
  private static boolean isEnded(OrderFile file) {
    return file.was(OrderStatus.CANCELLED)
        || file.was(OrderStatus.PAID)
        || file.was(OrderStatus.REFUNDED);
  }

  // Under one number and with one content, a provider takes it for one.
  private static boolean isTheSameRefund(ProviderRequest one, ProviderRequest other) {
    return Objects.equals(one.refundNo(), other.refundNo())
        && Objects.equals(one.amountMinor(), other.amountMinor())
        && Objects.equals(one.currency(), other.currency());
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
    if (!file.addsUp()) {
      findings.add(
          Fault.MONEY_UNBALANCED,
          "the balances of order " + file.order() + " are not the sums of its payments");
    } else if (!found.equals(expected.money())) {
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

  // What a person resolved may be needed still, or not any more: both are right.
  private void checkOpen(
      OrderFile file, ExceptionKind kind, Expectation expected, int open, int byHand) {
    int least = expected.open(kind);
    int most = expected.mostOpen(kind);
    if (most < open || open + byHand < least) {
      findings.add(
          Fault.EXCEPTION_DIFF,
          most < open ? open - most : least - open - byHand,
          "order "
              + file.order()
              + " has "
              + open
              + " open "
              + kind
              + (byHand == 0 ? "" : " and " + byHand + " resolved by a person")
              + ", not "
              + (most == least ? "" + least : least + " to " + most));
    }
  }
}

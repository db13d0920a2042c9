package io.paidonce.ledger;

import io.paidonce.contract.Balance;
import io.paidonce.contract.ExceptionKind;
import io.paidonce.contract.OrderPayment;
import io.paidonce.contract.PaymentFact;
import io.paidonce.contract.PaymentStanding;
import io.paidonce.contract.TransactionKey;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What each payment's money is for: a pure function of the terms, the sets of payments and refunds
 * and the milestone reached. Arrival decides which of several fitting payments is called the paying
 * one, and with it how what is kept of them parts into applied and owed back; never what is kept.
 */
final class Standings {

  private Standings() {}

  /**
   * What pays an order.
   *
   * @param transaction the payment that pays, or completes
   * @param isKept false where all that could pay went back already: goods for it would be given
   *     away, so that such an order is never called paid
   */
  record Payer(TransactionKey transaction, boolean isKept) {}

  /** Why a payment can't pay this order, whatever else happened to it; null where it fits. */
  static @Nullable ExceptionKind mismatch(Terms terms, PaymentFact payment) {
    // Payee first: money that went elsewhere is no money of this order, whatever its amount.
    if (!payment.payee().equals(payment.expectedPayee())) {
      return ExceptionKind.PAYEE_MISMATCH;
    }
    if (!payment.currency().equals(terms.due().currency())) {
      return ExceptionKind.CURRENCY_MISMATCH;
    }
    if (!terms.partialPayments() && payment.amountMinor() != terms.due().amountMinor()) {
      return ExceptionKind.AMOUNT_MISMATCH;
    }
    return null;
  }

  /** The exception a payment makes by itself, if it does not pay the order. */
  static @Nullable ExceptionKind exception(OrderLedger order, PaymentFact payment) {
    Terms terms = order.terms();
    if (terms == null) {
      return ExceptionKind.UNKNOWN_ORDER;
    }
    ExceptionKind mismatch = mismatch(terms, payment);
    if (mismatch != null || payment.transaction().equals(order.payingTransaction())) {
      return mismatch;
    }
    return switch (order.milestone()) {
      case NONE -> {
        if (!terms.partialPayments()) {
          throw new IllegalStateException(
              "a fitting payment pays a pending order: " + payment.transaction());
        }
        yield null;
      }
      // The same one, whether the second payment or the refund of the first came earlier. Where
      // several payments pay, what is too much is one exception of the order.
      case ORDER_PAID, ORDER_REFUNDED ->
          terms.partialPayments() ? null : ExceptionKind.DOUBLE_PAYMENT;
      case ORDER_CANCELLED -> ExceptionKind.LATE_PAYMENT;
    };
  }

  /** What pays the order by what is known; null where nothing does. */
  static @Nullable Payer payer(OrderLedger order) {
    Terms terms = order.terms();
    if (terms == null || order.payments().isEmpty()) {
      return null;
    }
    Refunds refunds = order.refundsOfPayments();
    return terms.partialPayments()
        ? severalPay(terms, order.payments(), refunds)
        : onePays(terms, order.payments(), refunds);
  }

  // Money that is still here pays before money that went back.
  private static @Nullable Payer onePays(Terms terms, List<PaymentFact> payments, Refunds refunds) {
    Payer gone = null;
    for (PaymentFact payment : payments) {
      if (mismatch(terms, payment) == null) {
        if (!refunds.isFull(payment)) {
          return new Payer(payment.transaction(), true);
        }
        gone = gone == null ? new Payer(payment.transaction(), false) : gone;
      }
    }
    return gone;
  }

  // A part that went back in full counts for nothing: it would be shipped for the rest.
  private static @Nullable Payer severalPay(
      Terms terms, List<PaymentFact> payments, Refunds refunds) {
    long counting = 0;
    long all = 0;
    Payer gone = null;
    for (PaymentFact payment : payments) {
      if (mismatch(terms, payment) == null) {
        all = Math.addExact(all, payment.amountMinor());
        if (!refunds.isFull(payment)) {
          counting = Math.addExact(counting, payment.amountMinor());
        }
        if (counting >= terms.due().amountMinor()) {
          return new Payer(payment.transaction(), true);
        }
        if (gone == null && all >= terms.due().amountMinor()) {
          gone = new Payer(payment.transaction(), false);
        }
      }
    }
    return counting == 0 ? gone : null;
  }

  /** Whether a paid order keeps nothing of what paid it. */
  static boolean nothingIsLeft(OrderLedger order) {
    Terms terms = order.terms();
    if (terms == null || order.refunds().isEmpty()) {
      return false;
    }
    Refunds refunds = order.refundsOfPayments();
    for (PaymentFact payment : order.payments()) {
      boolean pays =
          terms.partialPayments()
              ? mismatch(terms, payment) == null
              : payment.transaction().equals(order.payingTransaction());
      if (pays && !refunds.isFull(payment)) {
        return false;
      }
    }
    return true;
  }

  static List<OrderPayment> of(OrderLedger order) {
    if (order.payments().isEmpty()) {
      return List.of();
    }
    Terms terms = order.terms();
    return terms != null && terms.partialPayments() ? ofSeveral(order, terms) : ofOne(order, terms);
  }

  private static List<OrderPayment> ofOne(OrderLedger order, @Nullable Terms terms) {
    List<OrderPayment> standings = new ArrayList<>(order.payments().size());
    Refunds refunds = order.refundsOfPayments();
    for (PaymentFact payment : order.payments()) {
      PaymentStanding standing;
      if (terms == null || mismatch(terms, payment) != null) {
        standing = PaymentStanding.SUSPENSE;
      } else if (payment.transaction().equals(order.payingTransaction())) {
        standing = PaymentStanding.APPLIED;
      } else {
        standing = PaymentStanding.OWED_BACK;
      }
      standings.add(new OrderPayment(payment, standing, refunds.of(payment)));
    }
    return standings;
  }

  // What is kept pays up to the amount due; what is above is owed back. As a sum it is the same
  // whatever came first, so that a refund first takes from what is too much.
  private static List<OrderPayment> ofSeveral(OrderLedger order, Terms terms) {
    long open =
        switch (order.milestone()) {
          case NONE, ORDER_PAID -> terms.due().amountMinor();
          case ORDER_REFUNDED, ORDER_CANCELLED -> 0;
        };
    List<OrderPayment> standings = new ArrayList<>(order.payments().size());
    Refunds refunds = order.refundsOfPayments();
    for (PaymentFact payment : order.payments()) {
      long refunded = refunds.of(payment);
      if (mismatch(terms, payment) != null) {
        standings.add(new OrderPayment(payment, PaymentStanding.SUSPENSE, refunded));
        continue;
      }
      long kept = payment.amountMinor() - refunded;
      long taken = Math.min(kept, open);
      open -= taken;
      boolean applied = taken > 0 || (kept == 0 && order.milestone() != Milestone.ORDER_CANCELLED);
      standings.add(
          applied
              ? new OrderPayment(payment, PaymentStanding.APPLIED, refunded, kept - taken)
              : new OrderPayment(payment, PaymentStanding.OWED_BACK, refunded));
    }
    return standings;
  }

  /** One balance for each currency in which money was received, by currency code. */
  static List<Balance> balances(List<OrderPayment> payments) {
    if (payments.isEmpty()) {
      return List.of();
    }
    if (payments.size() == 1) {
      return List.of(balance(payments.get(0)));
    }
    Map<String, Balance> sums = new TreeMap<>();
    for (OrderPayment payment : payments) {
      sums.merge(payment.fact().currency(), balance(payment), Standings::sum);
    }
    return new ArrayList<>(sums.values());
  }

  private static Balance balance(OrderPayment payment) {
    return new Balance(
        payment.fact().currency(),
        payment.fact().amountMinor(),
        payment.appliedMinor(),
        payment.owedBackMinor(),
        payment.suspenseMinor(),
        payment.refundedMinor());
  }

  private static Balance sum(Balance one, Balance other) {
    return new Balance(
        one.currency(),
        Math.addExact(one.receivedMinor(), other.receivedMinor()),
        Math.addExact(one.appliedMinor(), other.appliedMinor()),
        Math.addExact(one.owedBackMinor(), other.owedBackMinor()),
        Math.addExact(one.suspenseMinor(), other.suspenseMinor()),
        Math.addExact(one.refundedMinor(), other.refundedMinor()));
  }
}

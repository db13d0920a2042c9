package io.paidonce.ledger;

import io.paidonce.contract.Balance;
import io.paidonce.contract.ExceptionKind;
import io.paidonce.contract.OrderPayment;
import io.paidonce.contract.PaymentFact;
import io.paidonce.contract.PaymentStanding;
import io.paidonce.contract.TransactionKey;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What each payment's money is for: a pure function of the terms, the sets of payments and refunds
 * and the milestone reached. Arrival decides only which of several fitting payments is called the
 * paying one, never an amount.
 */
final class Standings {

  private Standings() {}

  /** Why a payment can't pay this order, whatever else happened to it; empty where it fits. */
  static Optional<ExceptionKind> mismatch(Terms terms, PaymentFact payment) {
    // Payee first: money that went elsewhere is no money of this order, whatever its amount.
    if (!payment.payee().equals(payment.expectedPayee())) {
      return Optional.of(ExceptionKind.PAYEE_MISMATCH);
    }
    if (!payment.currency().equals(terms.due().currency())) {
      return Optional.of(ExceptionKind.CURRENCY_MISMATCH);
    }
    if (payment.amountMinor() != terms.due().amountMinor()) {
      return Optional.of(ExceptionKind.AMOUNT_MISMATCH);
    }
    return Optional.empty();
  }

  /** The exception a payment makes, if it does not pay the order. */
  static Optional<ExceptionKind> exception(
      @Nullable Terms terms,
      PaymentFact payment,
      @Nullable TransactionKey paying,
      Milestone milestone) {
    if (terms == null) {
      return Optional.of(ExceptionKind.UNKNOWN_ORDER);
    }
    Optional<ExceptionKind> mismatch = mismatch(terms, payment);
    if (mismatch.isPresent() || payment.transaction().equals(paying)) {
      return mismatch;
    }
    return switch (milestone) {
      case NONE ->
          throw new IllegalStateException(
              "a fitting payment pays a pending order: " + payment.transaction());
      // The same one, whether the second payment or the refund of the first came earlier.
      case ORDER_PAID, ORDER_REFUNDED -> Optional.of(ExceptionKind.DOUBLE_PAYMENT);
      case ORDER_CANCELLED -> Optional.of(ExceptionKind.LATE_PAYMENT);
    };
  }

  static PaymentStanding standing(
      @Nullable Terms terms, PaymentFact payment, @Nullable TransactionKey paying) {
    if (terms == null || mismatch(terms, payment).isPresent()) {
      return PaymentStanding.SUSPENSE;
    }
    return payment.transaction().equals(paying)
        ? PaymentStanding.APPLIED
        : PaymentStanding.OWED_BACK;
  }

  static List<OrderPayment> of(OrderLedger order) {
    List<OrderPayment> standings = new ArrayList<>(order.payments().size());
    Refunds refunds = order.refundsOfPayments();
    for (PaymentFact payment : order.payments()) {
      standings.add(
          new OrderPayment(
              payment,
              standing(order.terms(), payment, order.payingTransaction()),
              refunds.of(payment)));
    }
    return standings;
  }

  /** One balance for each currency in which money was received, by currency code. */
  static List<Balance> balances(List<OrderPayment> payments) {
    Map<String, Sum> sums = new TreeMap<>();
    for (OrderPayment payment : payments) {
      sums.computeIfAbsent(payment.fact().currency(), currency -> new Sum()).add(payment);
    }
    List<Balance> balances = new ArrayList<>(sums.size());
    sums.forEach((currency, sum) -> balances.add(sum.balance(currency)));
    return balances;
  }

  private static final class Sum {
    private final Map<PaymentStanding, Long> kept = new EnumMap<>(PaymentStanding.class);
    private long received;
    private long refunded;

    void add(OrderPayment payment) {
      long amount = payment.fact().amountMinor();
      received = Math.addExact(received, amount);
      refunded = Math.addExact(refunded, payment.refundedMinor());
      kept.merge(payment.standing(), amount - payment.refundedMinor(), Math::addExact);
    }

    Balance balance(String currency) {
      return new Balance(
          currency,
          received,
          kept.getOrDefault(PaymentStanding.APPLIED, 0L),
          kept.getOrDefault(PaymentStanding.OWED_BACK, 0L),
          kept.getOrDefault(PaymentStanding.SUSPENSE, 0L),
          refunded);
    }
  }
}

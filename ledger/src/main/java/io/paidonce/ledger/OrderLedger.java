package io.paidonce.ledger;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.paidonce.contract.OrderKey;
import io.paidonce.contract.OrderPayment;
import io.paidonce.contract.OrderSnapshot;
import io.paidonce.contract.OrderStatus;
import io.paidonce.contract.PaymentFact;
import io.paidonce.contract.TransactionKey;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What is known of one order. Changes only by {@link Ledgers#apply}, so that state is a fold of
 * inputs.
 *
 * @param order which
 * @param version of its last transition; 0 before the first
 * @param status where it stands
 * @param terms absent until placed
 * @param payments every payment once, in the order of arrival
 * @param payingTransaction the one that paid it; absent until paid
 */
public record OrderLedger(
    OrderKey order,
    @JsonProperty(required = true) long version,
    OrderStatus status,
    @Nullable Terms terms,
    List<PaymentFact> payments,
    @Nullable TransactionKey payingTransaction) {

  public OrderLedger {
    requireNonNull(order, "order");
    requireNonNull(status, "status");
    payments = List.copyOf(requireNonNull(payments, "payments"));
    if ((status == OrderStatus.UNPLACED) != (terms == null)) {
      throw new IllegalArgumentException("an order has terms exactly when it was placed: " + order);
    }
    if ((status == OrderStatus.PAID) != (payingTransaction != null)) {
      throw new IllegalArgumentException("exactly a paid order has a paying transaction: " + order);
    }
  }

  /** An order of which nothing is known yet. */
  public static OrderLedger unknown(OrderKey order) {
    return new OrderLedger(order, 0, OrderStatus.UNPLACED, null, List.of(), null);
  }

  Milestone milestone() {
    return switch (status) {
      case UNPLACED, PENDING -> Milestone.NONE;
      case PAID -> Milestone.ORDER_PAID;
      case CANCELLED -> Milestone.ORDER_CANCELLED;
    };
  }

  Optional<PaymentFact> payment(TransactionKey transaction) {
    return payments.stream().filter(p -> p.transaction().equals(transaction)).findFirst();
  }

  /** The order as others see it. */
  public OrderSnapshot snapshot() {
    List<OrderPayment> standings = Standings.of(terms, payments, payingTransaction);
    return new OrderSnapshot(
        status,
        terms == null ? null : terms.due().amountMinor(),
        terms == null ? null : terms.due().currency(),
        terms == null ? null : terms.placedAt(),
        payingTransaction,
        standings,
        Standings.balances(standings));
  }
}

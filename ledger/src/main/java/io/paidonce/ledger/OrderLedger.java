package io.paidonce.ledger;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.paidonce.contract.OrderKey;
import io.paidonce.contract.OrderPayment;
import io.paidonce.contract.OrderSnapshot;
import io.paidonce.contract.OrderStatus;
import io.paidonce.contract.PaymentFact;
import io.paidonce.contract.RefundFact;
import io.paidonce.contract.TransactionKey;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
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
 * @param refunds every fact about a refund once, in the order of arrival
 * @param payingTransaction the one that pays it; absent until paid or refunded
 * @param cases what was last said of each exception, by its id
 */
public record OrderLedger(
    OrderKey order,
    @JsonProperty(required = true) long version,
    OrderStatus status,
    @Nullable Terms terms,
    List<PaymentFact> payments,
    List<RefundFact> refunds,
    @Nullable TransactionKey payingTransaction,
    Map<String, KnownCase> cases) {

  public OrderLedger {
    requireNonNull(order, "order");
    requireNonNull(status, "status");
    payments = List.copyOf(requireNonNull(payments, "payments"));
    // Absent in what the first build stored: it knew no refunds and noted no cases.
    refunds = refunds == null ? List.of() : List.copyOf(refunds);
    // Sorted, so that folding the log again stores the same bytes.
    cases = cases == null ? Map.of() : Collections.unmodifiableMap(new TreeMap<>(cases));
    if ((status == OrderStatus.UNPLACED) != (terms == null)) {
      throw new IllegalArgumentException("an order has terms exactly when it was placed: " + order);
    }
    boolean paid = status == OrderStatus.PAID || status == OrderStatus.REFUNDED;
    if (paid != (payingTransaction != null)) {
      throw new IllegalArgumentException(
          "exactly a paid or refunded order has a paying transaction: " + order);
    }
  }

  /** An order of which nothing is known yet. */
  public static OrderLedger unknown(OrderKey order) {
    return new OrderLedger(
        order, 0, OrderStatus.UNPLACED, null, List.of(), List.of(), null, Map.of());
  }

  OrderLedger withCases(Map<String, KnownCase> known) {
    return new OrderLedger(
        order, version, status, terms, payments, refunds, payingTransaction, known);
  }

  Milestone milestone() {
    return switch (status) {
      case UNPLACED, PENDING -> Milestone.NONE;
      case PAID -> Milestone.ORDER_PAID;
      case REFUNDED -> Milestone.ORDER_REFUNDED;
      case CANCELLED -> Milestone.ORDER_CANCELLED;
    };
  }

  Optional<PaymentFact> payment(TransactionKey transaction) {
    return payments.stream().filter(p -> p.transaction().equals(transaction)).findFirst();
  }

  Optional<RefundFact> refund(String identity) {
    return refunds.stream().filter(r -> Identities.of(r).equals(identity)).findFirst();
  }

  Refunds refundsOfPayments() {
    return new Refunds(refunds);
  }

  /** The order as others see it. */
  public OrderSnapshot snapshot() {
    List<OrderPayment> standings = Standings.of(this);
    return new OrderSnapshot(
        status,
        terms == null ? null : terms.due().amountMinor(),
        terms == null ? null : terms.due().currency(),
        terms == null ? null : terms.placedAt(),
        payingTransaction,
        standings,
        refunds,
        Standings.balances(standings));
  }
}

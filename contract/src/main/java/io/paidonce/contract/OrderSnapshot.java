package io.paidonce.contract;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.annotation.JsonSetter;
import com.fasterxml.jackson.annotation.Nulls;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * All that is known of an order after a transition.
 *
 * @param status where it stands
 * @param amountDueMinor minor units; absent until placed
 * @param currency ISO 4217 code of the amount due; absent until placed
 * @param placedAt our clock; absent until placed
 * @param payingTransaction the one payment that pays it; absent until paid or refunded
 * @param payments every payment known, in the order of arrival
 * @param refunds every fact about a refund, in the order of arrival; schema 1 of a transition knew
 *     none
 * @param balances one row a currency, by currency code
 */
public record OrderSnapshot(
    OrderStatus status,
    @Nullable Long amountDueMinor,
    @Nullable String currency,
    @Nullable Instant placedAt,
    @Nullable TransactionKey payingTransaction,
    List<OrderPayment> payments,
    @JsonSetter(nulls = Nulls.AS_EMPTY) List<RefundFact> refunds,
    List<Balance> balances) {

  public OrderSnapshot {
    requireNonNull(status, "status");
    payments = List.copyOf(requireNonNull(payments, "payments"));
    refunds = List.copyOf(requireNonNull(refunds, "refunds"));
    balances = List.copyOf(requireNonNull(balances, "balances"));
  }
}

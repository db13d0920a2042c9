package io.paidonce.contract;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.annotation.JsonInclude;
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
 * @param payingTransaction the payment that paid it, or completed it; absent until paid or refunded
 * @param payments every payment known, in the order of arrival
 * @param refunds every fact about a refund, in the order of arrival; schema 1 of a transition knew
 *     none
 * @param balances one row a currency, by currency code
 * @param policy how the shop takes money for it; absent means {@link PaymentPolicy#DEFAULT}
 * @param payBy our clock: until when it may be paid; absent where it has no deadline, and once it
 *     is decided
 * @param dueSince our clock when the time to pay was over; absent before, and once it is decided
 * @param closingSince our clock: since when the accounts at which it can be paid are being closed;
 *     it waits for their answers, and is cancelled when all of them say that nobody paid
 * @param observations the newest answer of each account asked, while payment is awaited
 */
public record OrderSnapshot(
    OrderStatus status,
    @Nullable Long amountDueMinor,
    @Nullable String currency,
    @Nullable Instant placedAt,
    @Nullable TransactionKey payingTransaction,
    List<OrderPayment> payments,
    @JsonSetter(nulls = Nulls.AS_EMPTY) List<RefundFact> refunds,
    List<Balance> balances,
    @Nullable PaymentPolicy policy,
    @Nullable Instant payBy,
    @Nullable Instant dueSince,
    @Nullable Instant closingSince,
    @JsonInclude(JsonInclude.Include.NON_EMPTY) @JsonSetter(nulls = Nulls.AS_EMPTY)
        List<Observation> observations) {

  public OrderSnapshot {
    requireNonNull(status, "status");
    payments = List.copyOf(requireNonNull(payments, "payments"));
    refunds = List.copyOf(requireNonNull(refunds, "refunds"));
    balances = List.copyOf(requireNonNull(balances, "balances"));
    observations = List.copyOf(requireNonNull(observations, "observations"));
  }

  /** An order of the default policy that nobody was asked about. */
  public OrderSnapshot(
      OrderStatus status,
      @Nullable Long amountDueMinor,
      @Nullable String currency,
      @Nullable Instant placedAt,
      @Nullable TransactionKey payingTransaction,
      List<OrderPayment> payments,
      List<RefundFact> refunds,
      List<Balance> balances) {
    this(
        status,
        amountDueMinor,
        currency,
        placedAt,
        payingTransaction,
        payments,
        refunds,
        balances,
        null,
        null,
        null,
        null,
        List.of());
  }

  /** An order without a deadline. */
  public OrderSnapshot(
      OrderStatus status,
      @Nullable Long amountDueMinor,
      @Nullable String currency,
      @Nullable Instant placedAt,
      @Nullable TransactionKey payingTransaction,
      List<OrderPayment> payments,
      List<RefundFact> refunds,
      List<Balance> balances,
      @Nullable PaymentPolicy policy,
      @Nullable Instant dueSince,
      List<Observation> observations) {
    this(
        status,
        amountDueMinor,
        currency,
        placedAt,
        payingTransaction,
        payments,
        refunds,
        balances,
        policy,
        null,
        dueSince,
        null,
        observations);
  }
}

package io.paidonce.ledger;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.paidonce.contract.Combination;
import io.paidonce.contract.Observation;
import io.paidonce.contract.OrderKey;
import io.paidonce.contract.OrderPayment;
import io.paidonce.contract.OrderSnapshot;
import io.paidonce.contract.OrderStatus;
import io.paidonce.contract.PaymentFact;
import io.paidonce.contract.PaymentPolicy;
import io.paidonce.contract.ProviderAccount;
import io.paidonce.contract.RefundFact;
import io.paidonce.contract.TransactionKey;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
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
 * @param payingTransaction the one that paid it, or completed it; absent until paid or refunded
 * @param cases what was last said of each exception, by its id
 * @param deadline until when it may be paid; only while PENDING, absent in what earlier builds
 *     stored
 * @param dueSince our clock when the time to pay was over; only while PENDING
 * @param observations the newest answer of each account asked; only while PENDING
 * @param asking what it asks at which accounts; only while PENDING, absent where nobody can be
 *     asked
 * @param refunding the refunds that its policy asked for
 */
public record OrderLedger(
    OrderKey order,
    @JsonProperty(required = true) long version,
    OrderStatus status,
    @Nullable Terms terms,
    List<PaymentFact> payments,
    List<RefundFact> refunds,
    @Nullable TransactionKey payingTransaction,
    Map<String, KnownCase> cases,
    @Nullable Deadline deadline,
    @Nullable Instant dueSince,
    List<Observation> observations,
    @Nullable Asking asking,
    List<RefundAsk> refunding) {

  public OrderLedger {
    requireNonNull(order, "order");
    requireNonNull(status, "status");
    payments = List.copyOf(requireNonNull(payments, "payments"));
    // Absent in what the first build stored: it knew no refunds and noted no cases.
    refunds = refunds == null ? List.of() : List.copyOf(refunds);
    // Sorted, so that folding the log again stores the same bytes.
    cases =
        cases == null || cases.isEmpty()
            ? Map.of()
            : Collections.unmodifiableMap(new TreeMap<>(cases));
    observations = observations == null ? List.of() : List.copyOf(observations);
    refunding = refunding == null ? List.of() : List.copyOf(refunding);
    if ((status == OrderStatus.UNPLACED) != (terms == null)) {
      throw new IllegalArgumentException("an order has terms exactly when it was placed: " + order);
    }
    if (wasPaid(status) != (payingTransaction != null)) {
      throw new IllegalArgumentException(
          "exactly an order that was paid has a paying transaction: " + order);
    }
    if (status != OrderStatus.PENDING
        && (deadline != null || dueSince != null || !observations.isEmpty() || asking != null)) {
      throw new IllegalArgumentException("only a pending order waits for anything: " + order);
    }
  }

  /** An order of which nothing is known yet. */
  public static OrderLedger unknown(OrderKey order) {
    return new OrderLedger(
        order,
        0,
        OrderStatus.UNPLACED,
        null,
        List.of(),
        List.of(),
        null,
        Map.of(),
        null,
        null,
        List.of(),
        null,
        List.of());
  }

  private static boolean wasPaid(OrderStatus status) {
    return switch (status) {
      case UNPLACED, PENDING, CANCELLED -> false;
      case PAID, SHIPPED, COMPLETED, REFUNDED -> true;
    };
  }

  Milestone milestone() {
    return switch (status) {
      case UNPLACED, PENDING -> Milestone.NONE;
      case PAID, SHIPPED, COMPLETED -> Milestone.ORDER_PAID;
      case REFUNDED -> Milestone.ORDER_REFUNDED;
      case CANCELLED -> Milestone.ORDER_CANCELLED;
    };
  }

  OrderLedger placed(Terms newTerms, @Nullable Deadline newDeadline, @Nullable Asking newAsking) {
    return new OrderLedger(
        order,
        version,
        OrderStatus.PENDING,
        newTerms,
        payments,
        refunds,
        null,
        cases,
        newDeadline,
        null,
        List.of(),
        newAsking,
        refunding);
  }

  OrderLedger with(PaymentFact payment) {
    return withMoney(appended(payments, payment), refunds);
  }

  OrderLedger with(RefundFact refund) {
    return withMoney(payments, appended(refunds, refund));
  }

  private OrderLedger withMoney(List<PaymentFact> newPayments, List<RefundFact> newRefunds) {
    return new OrderLedger(
        order,
        version,
        status,
        terms,
        newPayments,
        newRefunds,
        payingTransaction,
        cases,
        deadline,
        dueSince,
        observations,
        asking,
        refunding);
  }

  /** The order elsewhere: what it waited for is decided. */
  OrderLedger at(OrderStatus newStatus, @Nullable TransactionKey paying) {
    return new OrderLedger(
        order, version, newStatus, terms, payments, refunds, paying, cases, null, null, List.of(),
        null, refunding);
  }

  OrderLedger with(Observation newest) {
    List<Observation> kept = new ArrayList<>(observations.size() + 1);
    for (Observation one : observations) {
      if (!isOfSameAccount(one, newest)) {
        kept.add(one);
      }
    }
    kept.add(newest);
    return waiting(dueSince, kept, asking);
  }

  /** Its time to pay is over. */
  OrderLedger due(Instant since) {
    return waiting(since, observations, asking == null ? null : asking.over());
  }

  OrderLedger asking(Asking newAsking) {
    return waiting(dueSince, observations, newAsking);
  }

  private OrderLedger waiting(
      @Nullable Instant since, List<Observation> answers, @Nullable Asking newAsking) {
    return new OrderLedger(
        order,
        version,
        status,
        terms,
        payments,
        refunds,
        payingTransaction,
        cases,
        deadline,
        since,
        answers,
        newAsking,
        refunding);
  }

  OrderLedger refunding(List<RefundAsk> asks) {
    return asks.equals(refunding)
        ? this
        : new OrderLedger(
            order,
            version,
            status,
            terms,
            payments,
            refunds,
            payingTransaction,
            cases,
            deadline,
            dueSince,
            observations,
            asking,
            asks);
  }

  /** The same, one version on. */
  OrderLedger next(Map<String, KnownCase> newCases) {
    return new OrderLedger(
        order,
        version + 1,
        status,
        terms,
        payments,
        refunds,
        payingTransaction,
        newCases,
        deadline,
        dueSince,
        observations,
        asking,
        refunding);
  }

  /** When somebody must look at it again because nothing came; null where nobody must. */
  public @Nullable Wake wake() {
    Wake wake = asking == null ? null : asking.wake();
    // What is being closed has no deadline left to miss.
    if (deadline != null && dueSince == null && closing() == null) {
      wake = Wake.earlier(new Wake(deadline.payBy(), Wake.Why.DEADLINE), wake);
    }
    for (RefundAsk ask : refunding) {
      if (ask.until() != null) {
        wake = Wake.earlier(wake, new Wake(ask.until(), Wake.Why.ASK));
      }
    }
    return wake;
  }

  @Nullable Closing closing() {
    return asking == null ? null : asking.closing();
  }

  /** How it is known there, where it is paid together with others there. */
  @Nullable Combination combinedAt(ProviderAccount account) {
    return terms == null ? null : terms.policy().combinedAt(account);
  }

  boolean isPaidAt(ProviderAccount account) {
    return payments.stream()
        .anyMatch(
            payment ->
                payment.provider().equals(account.provider())
                    && payment.account().equals(account.account()));
  }

  @Nullable PaymentFact payment(TransactionKey transaction) {
    for (PaymentFact payment : payments) {
      if (payment.transaction().equals(transaction)) {
        return payment;
      }
    }
    return null;
  }

  @Nullable RefundFact refund(String identity) {
    for (RefundFact refund : refunds) {
      if (Identities.of(refund).equals(identity)) {
        return refund;
      }
    }
    return null;
  }

  /** The newest answer of the account that this one is of. */
  @Nullable Observation lastOf(Observation asked) {
    for (Observation one : observations) {
      if (isOfSameAccount(one, asked)) {
        return one;
      }
    }
    return null;
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
        Standings.balances(standings),
        terms == null || terms.policy().equals(PaymentPolicy.DEFAULT) ? null : terms.policy(),
        deadline == null ? null : deadline.payBy(),
        dueSince,
        closing() == null ? null : closing().since(),
        observations);
  }

  private static boolean isOfSameAccount(Observation one, Observation other) {
    return one.provider().equals(other.provider()) && one.account().equals(other.account());
  }

  private static <T> List<T> appended(List<T> known, T one) {
    if (known.isEmpty()) {
      return List.of(one);
    }
    List<T> grown = new ArrayList<>(known.size() + 1);
    grown.addAll(known);
    grown.add(one);
    return grown;
  }
}

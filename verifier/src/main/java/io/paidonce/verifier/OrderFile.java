package io.paidonce.verifier;

import io.paidonce.contract.Balance;
import io.paidonce.contract.InputKind;
import io.paidonce.contract.Observation;
import io.paidonce.contract.OrderKey;
import io.paidonce.contract.OrderPayment;
import io.paidonce.contract.OrderStatus;
import io.paidonce.contract.OrderTransition;
import io.paidonce.contract.PaymentFact;
import io.paidonce.contract.PaymentStanding;
import io.paidonce.contract.ProviderRequest;
import io.paidonce.contract.TransactionKey;
import io.paidonce.verifier.Expectation.Standing;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** All that the topics say of one order: what went in, and what came out. */
final class OrderFile {

  private final OrderKey order;
  private final List<Command> commands = new ArrayList<>(1);
  private final List<TransactionFile> transactions = new ArrayList<>(1);
  // Few orders have any.
  private List<RefundFile> refunds = List.of();
  private @Nullable OrderStatus status;
  private long version;
  private @Nullable TransactionKey paying;
  // By provider and currency.
  private Map<String, Sums> money = Map.of();
  private boolean addsUp = true;
  private @Nullable Long dueMinor;
  private @Nullable String currency;
  private long paymentsDigest;
  private long refundsDigest;
  private final EnumSet<OrderStatus> passed = EnumSet.noneOf(OrderStatus.class);
  private @Nullable String misstep;
  private @Nullable Instant payBy;
  private @Nullable Instant timedOutAt;
  // Few orders have any.
  private Enquiries enquiries = Enquiries.NONE;
  private long closingVersion;
  private @Nullable Event paid;
  private @Nullable Event refunded;
  private int cancelledRecords;

  /** What the first order-paid or order-refunded says. */
  record Event(TransactionKey transaction, long amountMinor, String currency) {}

  OrderFile(OrderKey order) {
    this.order = order;
  }

  OrderKey order() {
    return order;
  }

  void add(Command command) {
    commands.add(command);
  }

  void add(TransactionFile transaction) {
    transactions.add(transaction);
  }

  void add(RefundFile refund) {
    if (refunds.isEmpty()) {
      refunds = new ArrayList<>(1);
    }
    refunds.add(refund);
  }

  /**
   * Returns whether it follows the one before.
   *
   * @param paidBy its paying transaction, as the one object that all share
   */
  boolean add(OrderTransition transition, @Nullable TransactionKey paidBy) {
    boolean follows = transition.version() == version + 1;
    passed.add(transition.from());
    passed.add(transition.to());
    if (transition.cause() == InputKind.DEADLINE_DUE
        && transition.from() == OrderStatus.PENDING
        && transition.to() == OrderStatus.CANCELLED) {
      // The order itself no longer names a deadline that was decided.
      timedOutAt = payBy == null ? transition.at() : payBy;
    }
    payBy = transition.after().payBy();
    if (closingVersion == 0 && transition.after().closingSince() != null) {
      closingVersion = transition.version();
    }
    if (misstep == null && !Steps.isLegal(transition.from(), transition.to())) {
      misstep =
          "goes from "
              + transition.from()
              + " to "
              + transition.to()
              + " at version "
              + transition.version();
    }
    if (transition.version() > version) {
      version = transition.version();
      status = transition.after().status() == transition.to() ? transition.to() : null;
      paying = paidBy;
      dueMinor = transition.after().amountDueMinor();
      currency =
          transition.after().currency() == null ? null : transition.after().currency().intern();
      Map<String, Sums> sums = new HashMap<>();
      boolean byParts =
          transition.after().policy() != null && transition.after().policy().partialPayments();
      paymentsDigest = 0;
      for (OrderPayment payment : transition.after().payments()) {
        PaymentFact fact = payment.fact();
        sums.merge(
            (fact.provider() + " " + fact.currency()).intern(), Sums.of(payment), Sums::plus);
        boolean isPart = byParts && payment.standing() != PaymentStanding.SUSPENSE;
        paymentsDigest +=
            digest(
                fact.transaction(),
                fact.amountMinor(),
                fact.currency(),
                // Which of several parts has paid what depends on what came first.
                isPart ? PaymentStanding.APPLIED : payment.standing(),
                payment.refundedMinor());
      }
      money = Map.copyOf(sums);
      Map<String, Sums> balances = new HashMap<>();
      for (Balance balance : transition.after().balances()) {
        balances.merge(balance.currency(), Sums.of(balance), Sums::plus);
      }
      addsUp = balances.equals(money());
      refundsDigest = 0;
      transition.after().refunds().forEach(fact -> refundsDigest += digest(Refund.of(fact)));
    }
    return follows;
  }

  /** The end of its time to pay, where that is why it was cancelled. */
  @Nullable Instant timedOutAt() {
    return timedOutAt;
  }

  /** Returns whether it is the first. */
  boolean addPaid(Event record) {
    boolean first = paid == null;
    if (first) {
      paid = record;
    }
    return first;
  }

  /** Returns whether it is the first. */
  boolean addRefunded(Event record) {
    boolean first = refunded == null;
    if (first) {
      refunded = record;
    }
    return first;
  }

  void addCancelled() {
    cancelledRecords++;
  }

  long version() {
    return version;
  }

  @Nullable OrderStatus status() {
    return status;
  }

  @Nullable TransactionKey paying() {
    return paying;
  }

  /** Every status that it was in. */
  Set<OrderStatus> passed() {
    return passed;
  }

  /** Whether it was there at any version. */
  boolean was(OrderStatus one) {
    return passed.contains(one);
  }

  /** The first step that no order may take; null where there is none. */
  @Nullable String misstep() {
    return misstep;
  }

  @Nullable Long dueMinor() {
    return dueMinor;
  }

  @Nullable String currency() {
    return currency;
  }

  /** Whether its balances are the sums of its payments. */
  boolean addsUp() {
    return addsUp;
  }

  void add(ProviderRequest request) {
    ownEnquiries().add(request);
  }

  void add(Observation answer) {
    ownEnquiries().add(answer);
  }

  private Enquiries ownEnquiries() {
    if (enquiries == Enquiries.NONE) {
      enquiries = new Enquiries();
    }
    return enquiries;
  }

  Enquiries enquiries() {
    return enquiries;
  }

  /** The version at which its accounts began to be closed; 0 where they did not. */
  long closingVersion() {
    return closingVersion;
  }

  @Nullable Event paid() {
    return paid;
  }

  @Nullable Event refunded() {
    return refunded;
  }

  int cancelledRecords() {
    return cancelledRecords;
  }

  List<Command> commands() {
    return commands;
  }

  List<TransactionFile> transactions() {
    return transactions;
  }

  List<RefundFile> refunds() {
    return refunds;
  }

  /** What the ledger says of its money, by currency. */
  Map<String, Sums> money() {
    Map<String, Sums> byCurrency = new HashMap<>();
    money.forEach(
        (of, sums) -> byCurrency.merge(of.substring(of.lastIndexOf(' ') + 1), sums, Sums::plus));
    return byCurrency;
  }

  /** And by provider and currency. */
  Map<String, Sums> moneyByProvider() {
    return money;
  }

  /** Whether the ledger's payments are exactly the verified ones, each where it must stand. */
  boolean hasExactlyThePayments(List<Standing> payments) {
    long expected = 0;
    for (Standing one : payments) {
      expected +=
          digest(
              one.payment().transaction(),
              one.payment().amountMinor(),
              one.payment().currency(),
              one.standing(),
              one.refundedMinor());
    }
    return expected == paymentsDigest;
  }

  /** Whether the ledger's refunds are exactly the verified ones. */
  boolean hasExactlyTheRefunds(List<Refund> verified) {
    long expected = 0;
    for (Refund refund : verified) {
      expected += digest(refund);
    }
    return expected == refundsDigest;
  }

  // Both are added up, since the order of the list says nothing.
  private static long digest(
      TransactionKey transaction,
      long amountMinor,
      String currency,
      PaymentStanding standing,
      long refundedMinor) {
    return Digest64.of(
        List.of(
            transaction.toString(),
            Long.toString(amountMinor),
            currency,
            standing.name(),
            Long.toString(refundedMinor)));
  }

  private static long digest(Refund refund) {
    return Digest64.of(
        List.of(
            refund.transaction().toString(),
            refund.identity().refundId(),
            refund.outcome().name(),
            String.valueOf(refund.amountMinor()),
            String.valueOf(refund.refundedTotalMinor()),
            String.valueOf(refund.transactionAmountMinor()),
            refund.currency()));
  }
}

package io.paidonce.verifier;

import io.paidonce.contract.Balance;
import io.paidonce.contract.OrderKey;
import io.paidonce.contract.OrderPayment;
import io.paidonce.contract.OrderStatus;
import io.paidonce.contract.OrderTransition;
import io.paidonce.contract.TransactionKey;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** All that the topics say of one order: what went in, and what came out. */
final class OrderFile {

  private final OrderKey order;
  private final List<Command> commands = new ArrayList<>(1);
  private final List<TransactionFile> transactions = new ArrayList<>(1);
  private @Nullable OrderStatus status;
  private long version;
  private @Nullable TransactionKey paying;
  private Map<String, Sums> money = Map.of();
  private long paymentsDigest;
  private @Nullable Paid paid;
  private int cancelledRecords;

  /** What the first order-paid says. */
  record Paid(TransactionKey transaction, long amountMinor, String currency) {}

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

  /**
   * Returns whether it follows the one before.
   *
   * @param paidBy its paying transaction, as the one object that all share
   */
  boolean add(OrderTransition transition, @Nullable TransactionKey paidBy) {
    boolean follows = transition.version() == version + 1;
    if (transition.version() > version) {
      version = transition.version();
      status = transition.after().status() == transition.to() ? transition.to() : null;
      paying = paidBy;
      Map<String, Sums> sums = new HashMap<>();
      for (Balance balance : transition.after().balances()) {
        sums.merge(balance.currency().intern(), Sums.of(balance), Sums::plus);
      }
      money = Map.copyOf(sums);
      paymentsDigest = 0;
      for (OrderPayment payment : transition.after().payments()) {
        paymentsDigest +=
            digest(
                payment.fact().transaction(),
                payment.fact().amountMinor(),
                payment.fact().currency());
      }
    }
    return follows;
  }

  /** Returns whether it is the first. */
  boolean add(Paid record) {
    boolean first = paid == null;
    if (first) {
      paid = record;
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

  @Nullable Paid paid() {
    return paid;
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

  /** What the ledger says of its money. */
  Map<String, Sums> money() {
    return money;
  }

  /** Whether the ledger's payments are exactly the verified ones, amount by amount. */
  boolean hasExactlyThePayments(List<Payment> payments) {
    long expected = 0;
    for (Payment payment : payments) {
      expected += digest(payment.transaction(), payment.amountMinor(), payment.currency());
    }
    return expected == paymentsDigest;
  }

  // A sum, since the order of the list says nothing.
  private static long digest(TransactionKey transaction, long amountMinor, String currency) {
    return Digest64.of(List.of(transaction.toString(), Long.toString(amountMinor), currency));
  }
}

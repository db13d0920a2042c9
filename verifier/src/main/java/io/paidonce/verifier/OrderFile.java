package io.paidonce.verifier;

import io.paidonce.contract.Balance;
import io.paidonce.contract.OrderKey;
import io.paidonce.contract.OrderPaid;
import io.paidonce.contract.OrderPayment;
import io.paidonce.contract.OrderStatus;
import io.paidonce.contract.OrderTransition;
import io.paidonce.contract.TransactionKey;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** All that the topics say of one order: what went in, and what came out. */
final class OrderFile {

  private final OrderKey order;
  private final List<Command> commands = new ArrayList<>(1);
  private final List<TransactionFile> transactions = new ArrayList<>(1);
  private @Nullable OrderStatus status;
  private long version;
  private @Nullable TransactionKey paying;
  private List<Balance> balances = List.of();
  private long paymentsDigest;
  private @Nullable OrderPaid paid;
  private int cancelledRecords;

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

  /** Returns whether it follows the one before. */
  boolean add(OrderTransition transition) {
    boolean follows = transition.version() == version + 1;
    if (transition.version() > version) {
      version = transition.version();
      status = transition.after().status() == transition.to() ? transition.to() : null;
      paying = transition.after().payingTransaction();
      balances = transition.after().balances();
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
  boolean add(OrderPaid record) {
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

  @Nullable OrderPaid paid() {
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
    Map<String, Sums> money = new TreeMap<>();
    balances.forEach(balance -> money.merge(balance.currency(), Sums.of(balance), Sums::plus));
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

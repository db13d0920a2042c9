package io.paidonce.verifier;

import io.paidonce.contract.OrderKey;
import io.paidonce.contract.RecordCoordinates;
import io.paidonce.contract.TransactionKey;
import org.jspecify.annotations.Nullable;

/** All that the log says of one transaction: its records, and what the first verified one says. */
final class TransactionFile {

  private final TransactionKey transaction;
  private final int firstPartition;
  private final long firstOffset;
  private @Nullable Payment payment;
  private @Nullable OrderKey order;
  private boolean contradicted;
  private int records;
  private long disposed;
  private @Nullable OrderKey pays;

  TransactionFile(TransactionKey transaction, RecordCoordinates first) {
    this.transaction = transaction;
    this.firstPartition = first.partition();
    this.firstOffset = first.offset();
  }

  TransactionKey transaction() {
    return transaction;
  }

  int firstPartition() {
    return firstPartition;
  }

  long firstOffset() {
    return firstOffset;
  }

  void countRecord() {
    records++;
  }

  /** Returns whether it is the first verified one, which makes the fact. */
  boolean verified(Payment said, OrderKey of) {
    if (payment == null) {
      payment = said;
      order = of;
      return true;
    }
    contradicted |= !payment.equals(said) || !of.equals(order);
    return false;
  }

  @Nullable Payment payment() {
    return payment;
  }

  boolean isContradicted() {
    return contradicted;
  }

  /** A receipt counts so many deliveries; the newest one holds. */
  void countedByReceipt(long deliveries) {
    disposed = deliveries;
  }

  /** Records that no receipt counts; negative where one counts records that are not there. */
  long undisposed() {
    return records - disposed;
  }

  /** Returns the order that it paid already; null where this is the first. */
  @Nullable OrderKey pays(OrderKey paid) {
    OrderKey before = pays;
    pays = before == null ? paid : before;
    return before;
  }
}

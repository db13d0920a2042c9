package io.paidonce.verifier;

import io.paidonce.contract.OrderKey;
import io.paidonce.contract.TransactionKey;
import org.jspecify.annotations.Nullable;

/** All that the log says of one payment: its records, and what the first verified one says. */
final class TransactionFile {

  private final TransactionKey transaction;
  private final Tally tally;
  private @Nullable Payment payment;
  private @Nullable OrderKey order;
  private boolean contradicted;
  private @Nullable OrderKey pays;
  private @Nullable OrderKey refunds;

  TransactionFile(TransactionKey transaction, Tally tally) {
    this.transaction = transaction;
    this.tally = tally;
  }

  TransactionKey transaction() {
    return transaction;
  }

  Tally tally() {
    return tally;
  }

  /** Returns whether it is the first verified one, which makes the fact. */
  boolean verified(Payment said, OrderKey of) {
    if (payment == null) {
      payment = said;
      order = of;
      return true;
    }
    contradicted |= !payment.agreesWith(said) || !of.equals(order);
    return false;
  }

  @Nullable Payment payment() {
    return payment;
  }

  boolean isContradicted() {
    return contradicted;
  }

  /** Returns the order that it paid already; null where this is the first. */
  @Nullable OrderKey pays(OrderKey paid) {
    OrderKey before = pays;
    pays = before == null ? paid : before;
    return before;
  }

  /** Returns the order that its refund took back already; null where this is the first. */
  @Nullable OrderKey refunds(OrderKey refunded) {
    OrderKey before = refunds;
    refunds = before == null ? refunded : before;
    return before;
  }
}

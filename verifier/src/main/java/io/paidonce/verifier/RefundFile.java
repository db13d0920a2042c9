package io.paidonce.verifier;

import io.paidonce.contract.OrderKey;
import org.jspecify.annotations.Nullable;

/** All that the log says of one fact about a refund. */
final class RefundFile {

  private final Tally tally;
  private @Nullable Refund refund;
  private @Nullable OrderKey order;
  private boolean contradicted;

  RefundFile(Tally tally) {
    this.tally = tally;
  }

  Tally tally() {
    return tally;
  }

  /** Returns whether it is the first verified one, which makes the fact. */
  boolean verified(Refund said, OrderKey of) {
    if (refund == null) {
      refund = said;
      order = of;
      return true;
    }
    contradicted |= !refund.agreesWith(said) || !of.equals(order);
    return false;
  }

  @Nullable Refund refund() {
    return refund;
  }

  boolean isContradicted() {
    return contradicted;
  }
}

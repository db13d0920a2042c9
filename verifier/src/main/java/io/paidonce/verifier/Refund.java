package io.paidonce.verifier;

import io.paidonce.contract.RefundFact;
import io.paidonce.contract.RefundOutcome;
import io.paidonce.contract.TransactionKey;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** One distinct verified fact about a refund: what its first notification says. */
record Refund(
    Identity identity,
    @Nullable Long amountMinor,
    @Nullable Long refundedTotalMinor,
    @Nullable Long transactionAmountMinor,
    String currency) {

  /**
   * What makes two notifications tell of the same fact.
   *
   * @param totalMinor where the provider states nothing but a total, which may grow; else absent
   */
  record Identity(
      TransactionKey transaction,
      String refundId,
      RefundOutcome outcome,
      @Nullable Long totalMinor) {}

  static Refund of(RefundFact fact) {
    return new Refund(
        new Identity(
            fact.transaction(),
            fact.refundId(),
            fact.outcome(),
            fact.amountMinor() == null ? fact.refundedTotalMinor() : null),
        fact.amountMinor(),
        fact.refundedTotalMinor(),
        fact.transactionAmountMinor(),
        fact.currency().intern());
  }

  TransactionKey transaction() {
    return identity.transaction();
  }

  RefundOutcome outcome() {
    return identity.outcome();
  }

  /** Whether another delivery of it may say this: what it repeats of its payment takes no part. */
  boolean agreesWith(Refund again) {
    return identity.equals(again.identity)
        && Objects.equals(amountMinor, again.amountMinor)
        && Objects.equals(refundedTotalMinor, again.refundedTotalMinor)
        && currency.equals(again.currency);
  }
}

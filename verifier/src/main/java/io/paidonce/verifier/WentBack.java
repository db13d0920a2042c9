package io.paidonce.verifier;

import io.paidonce.contract.RefundOutcome;
import io.paidonce.contract.TransactionKey;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/** What went back of the payments of one order, as the distinct verified refunds say. */
final class WentBack {

  private final List<Refund> refunds;

  WentBack(List<Refund> refunds) {
    this.refunds = refunds;
  }

  /** A refund in all its states. */
  record Of(TransactionKey transaction, String refundId) {}

  /**
   * As told, which may be more than the payment. A provider tells each refund or the total so far,
   * so that both are a lower bound of the truth.
   */
  long toldMinor(Payment payment) {
    long each = 0;
    long total = 0;
    for (Refund refund : refunds) {
      if (refund.outcome() == RefundOutcome.SUCCEEDED
          && isOf(refund, payment)
          && refund.currency().equals(payment.currency())) {
        each = Math.addExact(each, Objects.requireNonNullElse(refund.amountMinor(), 0L));
        total = Math.max(total, Objects.requireNonNullElse(refund.refundedTotalMinor(), 0L));
      }
    }
    return Math.max(each, total);
  }

  /** Never more than was paid. */
  long minor(Payment payment) {
    return Math.min(toldMinor(payment), payment.amountMinor());
  }

  boolean isAllOf(Payment payment) {
    return minor(payment) == payment.amountMinor();
  }

  /** Whether a refund names another currency or another payment than there was. */
  boolean contradicts(Payment payment) {
    return refunds.stream()
        .filter(refund -> isOf(refund, payment))
        .anyMatch(
            refund ->
                !refund.currency().equals(payment.currency())
                    || !Objects.requireNonNullElse(
                            refund.transactionAmountMinor(), payment.amountMinor())
                        .equals(payment.amountMinor()));
  }

  Map<Of, Set<RefundOutcome>> outcomes() {
    Map<Of, Set<RefundOutcome>> outcomes = new HashMap<>();
    for (Refund refund : refunds) {
      outcomes
          .computeIfAbsent(
              new Of(refund.transaction(), refund.identity().refundId()),
              of -> EnumSet.noneOf(RefundOutcome.class))
          .add(refund.outcome());
    }
    return outcomes;
  }

  private static boolean isOf(Refund refund, Payment payment) {
    return refund.transaction().equals(payment.transaction());
  }
}

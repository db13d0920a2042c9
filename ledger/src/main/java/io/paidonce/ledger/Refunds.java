package io.paidonce.ledger;

import io.paidonce.contract.PaymentFact;
import io.paidonce.contract.RefundFact;
import io.paidonce.contract.RefundOutcome;
import io.paidonce.contract.TransactionKey;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What has gone back of each payment: a pure function of the set of refund facts. Each refund
 * counts once, whatever the order its notices came in.
 */
final class Refunds {

  private final List<RefundFact> facts;

  Refunds(List<RefundFact> facts) {
    this.facts = facts;
  }

  /** One refund, by the ids that its provider gives. */
  record Key(TransactionKey transaction, String refundId) {
    @Override
    public String toString() {
      return transaction + ":" + refundId;
    }
  }

  /**
   * What its provider says went back of a payment, minor units of the payment's currency; more than
   * the payment where provider and ledger disagree. A provider states single refunds or the total
   * so far; of both the larger one is certain to have gone.
   */
  long stated(PaymentFact payment) {
    long sum = 0;
    long total = 0;
    for (RefundFact refund : facts) {
      if (refund.movedMoney()
          && refund.transaction().equals(payment.transaction())
          && refund.currency().equals(payment.currency())) {
        Long alone = refund.amountMinor();
        Long soFar = refund.refundedTotalMinor();
        sum = alone == null ? sum : Math.addExact(sum, alone);
        total = soFar == null ? total : Math.max(total, soFar);
      }
    }
    return Math.max(sum, total);
  }

  /** What went back, never more than the payment. */
  long of(PaymentFact payment) {
    return Math.min(stated(payment), payment.amountMinor());
  }

  boolean isFull(PaymentFact payment) {
    return !facts.isEmpty() && of(payment) == payment.amountMinor();
  }

  /** Whether a fact about a refund of this payment contradicts the payment itself. */
  boolean mismatches(PaymentFact payment) {
    return facts.stream()
        .filter(refund -> refund.transaction().equals(payment.transaction()))
        .anyMatch(
            refund ->
                !refund.currency().equals(payment.currency())
                    || (refund.transactionAmountMinor() != null
                        && refund.transactionAmountMinor() != payment.amountMinor()));
  }

  /** What was said of each refund, in the order of arrival. */
  Map<Key, Set<RefundOutcome>> outcomes() {
    Map<Key, Set<RefundOutcome>> outcomes = new LinkedHashMap<>();
    for (RefundFact refund : facts) {
      outcomes
          .computeIfAbsent(
              new Key(refund.transaction(), refund.refundId()),
              key -> EnumSet.noneOf(RefundOutcome.class))
          .add(refund.outcome());
    }
    return outcomes;
  }
}

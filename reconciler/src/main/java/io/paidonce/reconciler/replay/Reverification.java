package io.paidonce.reconciler.replay;

import io.paidonce.contract.Authentication;
import io.paidonce.contract.PaymentNotification;
import io.paidonce.contract.RecordCoordinates;
import io.paidonce.contract.Topics;
import io.paidonce.providers.EvidenceCheck;
import org.jspecify.annotations.Nullable;

/**
 * Verifies the raw evidence of notifications again, with the key that was valid when they were
 * received. What nobody can tell any more, since the key is not configured, counts neither way.
 * Threads share it.
 */
final class Reverification {

  /** What is compared, in the report. */
  static final String EVIDENCE = "raw evidence";

  private final EvidenceCheck evidence;
  private final Findings findings;

  Reverification(EvidenceCheck evidence, Findings findings) {
    this.evidence = evidence;
    this.findings = findings;
  }

  void judge(PaymentNotification stored, RecordCoordinates at) {
    EvidenceCheck.Judgement judgement = evidence.judge(stored);
    if (judgement.fault().isEmpty()) {
      agreed(stored);
    } else if (judgement.isUntold()) {
      findings.untold(Untold.KEY_UNKNOWN, 1, at + ": " + judgement.fault().get());
    } else {
      findings.add(
          new Difference(
              DifferenceKind.EVIDENCE_DIFFERS,
              Topics.PAYMENT_NOTIFICATIONS.name(),
              order(stored),
              at,
              judgement.fault().get()));
    }
  }

  private void agreed(PaymentNotification stored) {
    if (stored.authentication() == Authentication.OWN) {
      findings.note("notifications are our own word on what came of asking, and no evidence", 1);
    } else {
      findings.agreed(EVIDENCE, 1);
    }
  }

  private static @Nullable String order(PaymentNotification stored) {
    return stored.orderNo() == null ? null : stored.shop() + ":" + stored.orderNo();
  }
}

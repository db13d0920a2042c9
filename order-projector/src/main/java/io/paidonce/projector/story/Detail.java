package io.paidonce.projector.story;

import io.paidonce.contract.Observation;
import io.paidonce.contract.PaymentNotification;
import io.paidonce.contract.Resubmission;
import org.jspecify.annotations.Nullable;

/** What else is to be said of a delivery. */
public final class Detail {

  private Detail() {}

  /** Who wrote it again and why, or what an answer said; nothing of any other. */
  public static @Nullable String of(PaymentNotification notification) {
    Resubmission resubmitted = notification.resubmitted();
    if (resubmitted != null) {
      return resubmitted.words();
    }
    Observation answer = notification.observation();
    return answer == null ? null : answer.detail();
  }
}

package io.paidonce.providers;

import static java.util.Objects.requireNonNull;

import io.paidonce.contract.Evidence;
import io.paidonce.contract.PaymentNotification;
import io.paidonce.contract.Rejection;
import java.util.List;

/** What an account makes of a request. */
public sealed interface Verdict {

  /** What evidence calls the key that verified it; empty where none did. */
  default String keyId() {
    if (this instanceof Authentic authentic) {
      return authentic.notifications().get(0).evidence().keyId();
    }
    return this instanceof Unreadable unreadable ? unreadable.evidence().keyId() : "";
  }

  /**
   * The origin is established and the content understood.
   *
   * @param notifications at least one; several where one callback holds several facts
   */
  record Authentic(List<PaymentNotification> notifications) implements Verdict {
    public Authentic {
      notifications = List.copyOf(notifications);
      if (notifications.isEmpty()) {
        throw new IllegalArgumentException("an authentic callback says at least one thing");
      }
    }
  }

  /**
   * The origin is established, but the content does not have the documented shape. To be kept as a
   * dead letter and acknowledged: sending it again would not change it.
   *
   * @param detail one sentence with the field's name, never the content
   */
  record Unreadable(String detail, Evidence evidence) implements Verdict {
    public Unreadable {
      requireNonNull(detail, "detail");
      requireNonNull(evidence, "evidence");
    }
  }

  /**
   * Not to be acknowledged.
   *
   * @param explanation what exactly, with values and units; for the operator, never for the sender
   */
  record Refused(Rejection rejection, String explanation) implements Verdict {
    public Refused {
      requireNonNull(rejection, "rejection");
      requireNonNull(explanation, "explanation");
    }
  }
}

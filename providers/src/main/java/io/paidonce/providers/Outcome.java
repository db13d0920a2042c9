package io.paidonce.providers;

import static java.util.Objects.requireNonNull;

import io.paidonce.contract.Evidence;
import io.paidonce.contract.PaymentNotification;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What came of asking a provider. Only {@link Told} and {@link Observed} are the provider's word;
 * the other two change nothing but what is asked next.
 */
public sealed interface Outcome {

  /**
   * A signed answer about the very thing that was asked for, which states facts. They are the same
   * as a callback's, with witness QUERY.
   *
   * @param notifications at least one, each with the answer as its evidence
   */
  record Told(Standing standing, List<PaymentNotification> notifications) implements Outcome {
    public Told {
      requireNonNull(standing, "standing");
      notifications = List.copyOf(notifications);
      if (notifications.isEmpty()) {
        throw new IllegalArgumentException("what is told is at least one fact");
      }
    }
  }

  /**
   * A signed answer that states no fact.
   *
   * @param named whether the signed content names what was asked for. An error and an empty answer
   *     do not: they are the provider's, and recent, but that they answer this question is only the
   *     connection's word
   */
  record Observed(Standing standing, boolean named, Evidence evidence) implements Outcome {
    public Observed {
      requireNonNull(standing, "standing");
      requireNonNull(evidence, "evidence");
      if (standing.answer().isEmpty()) {
        throw new IllegalArgumentException(standing + " is a fact");
      }
    }
  }

  /**
   * An error that says the request failed. Not the provider's word where it is not signed: it may
   * cause a question, never a change.
   *
   * @param status of HTTP
   * @param code the provider's own, short and printable
   */
  record Refused(Refusal why, boolean signed, int status, String code) implements Outcome {
    public Refused {
      requireNonNull(why, "why");
      requireNonNull(code, "code");
    }
  }

  /**
   * Nothing is known; above all not that what was asked did not happen.
   *
   * @param explanation what exactly, with values and units; for the operator
   * @param retryAfter how long the other side asks us to wait
   */
  record Unknown(Doubt why, String explanation, @Nullable Duration retryAfter) implements Outcome {
    public Unknown {
      requireNonNull(why, "why");
      requireNonNull(explanation, "explanation");
    }

    public Unknown(Doubt why, String explanation) {
      this(why, explanation, null);
    }

    /** No whole answer came. */
    public static Unknown of(ApiReply.Failed failed) {
      return new Unknown(Doubt.of(failed.why()), failed.explanation());
    }

    /** An answer came that is not believed. */
    public static Unknown of(Verdict.Refused refused) {
      return new Unknown(
          Doubt.of(refused.rejection()), refused.rejection() + ", " + refused.explanation());
    }
  }
}

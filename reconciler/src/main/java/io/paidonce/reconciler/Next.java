package io.paidonce.reconciler;

import io.paidonce.contract.Answer;
import io.paidonce.contract.RequestKind;
import io.paidonce.providers.Doubt;
import io.paidonce.providers.Outcome;
import io.paidonce.providers.Outcome.Observed;
import io.paidonce.providers.Outcome.Refused;
import io.paidonce.providers.Outcome.Told;
import io.paidonce.providers.Outcome.Unknown;
import io.paidonce.providers.Refusal;
import io.paidonce.providers.Standing;

/**
 * What follows from an outcome: the rules of this module, in one place.
 *
 * @param move whether the request is answered, or what is asked when
 * @param step what is asked next; of an answered one the last
 */
record Next(Move move, Step step) {

  /** What happens to the request. */
  enum Move {
    /** The outcome is its answer. */
    ANSWERED,
    /** The next step follows at once. */
    AT_ONCE,
    /** The outcome may be its answer in the end; something better is looked for after a while. */
    SETTLING,
    /** Nothing is known; to be asked again after a while. */
    AGAIN
  }

  /**
   * The rule.
   *
   * @param asked the step that came to this outcome
   */
  static Next after(RequestKind kind, Step asked, Outcome outcome) {
    return switch (asked) {
      case QUERY_ORDER -> afterOrder(kind, outcome);
      case CLOSE -> afterClose(outcome);
      case REFUND -> afterRefund(outcome);
      case QUERY_REFUND -> afterRefundQuery(kind, outcome);
    };
  }

  private static Next afterOrder(RequestKind kind, Outcome outcome) {
    if (outcome instanceof Unknown) {
      return new Next(Move.AGAIN, Step.QUERY_ORDER);
    }
    boolean stillOpen =
        outcome instanceof Observed observed
            && observed.standing().answer().filter(a -> a == Answer.UNPAID).isPresent();
    // Its close was lost, or refused since the customer is just paying, or is not seen there yet.
    return kind == RequestKind.CLOSE && stillOpen
        ? new Next(Move.SETTLING, Step.CLOSE)
        : new Next(Move.ANSWERED, Step.QUERY_ORDER);
  }

  // Whatever is said to a close names no order, and a refusal may be anybody's: the query's answer
  // is the answer. Only where it was certainly not heard is it said again.
  private static Next afterClose(Outcome outcome) {
    return isLost(outcome) || !(outcome instanceof Unknown)
        ? new Next(Move.AT_ONCE, Step.QUERY_ORDER)
        : new Next(Move.AGAIN, Step.CLOSE);
  }

  private static Next afterRefund(Outcome outcome) {
    if (isLost(outcome)) {
      return new Next(Move.AGAIN, Step.QUERY_REFUND);
    }
    if (outcome instanceof Unknown) {
      return new Next(Move.AGAIN, Step.REFUND);
    }
    return outcome instanceof Observed observed && observed.standing() != Standing.NOT_FOUND
        ? new Next(Move.SETTLING, Step.QUERY_REFUND)
        : new Next(Move.ANSWERED, Step.REFUND);
  }

  private static Next afterRefundQuery(RequestKind kind, Outcome outcome) {
    if (outcome instanceof Unknown) {
      return new Next(Move.AGAIN, Step.QUERY_REFUND);
    }
    if (kind == RequestKind.QUERY_REFUND || outcome instanceof Told) {
      return new Next(Move.ANSWERED, Step.QUERY_REFUND);
    }
    // The same number sends the money once, so it may be asked for again, even on a hint.
    if (isNotFound(outcome)) {
      return new Next(Move.AGAIN, Step.REFUND);
    }
    return outcome instanceof Observed
        ? new Next(Move.SETTLING, Step.QUERY_REFUND)
        : new Next(Move.ANSWERED, Step.QUERY_REFUND);
  }

  private static boolean isNotFound(Outcome outcome) {
    return (outcome instanceof Observed observed && observed.standing() == Standing.NOT_FOUND)
        || (outcome instanceof Refused refused && refused.why() == Refusal.NOT_FOUND);
  }

  /** Whether something was sent, and nobody knows what the provider made of it. */
  private static boolean isLost(Outcome outcome) {
    if (outcome instanceof Unknown unknown) {
      return switch (unknown.why()) {
        // To be repeated as it is: nothing was done, or repeating it at once shows what was.
        case NOT_SENT, THROTTLED, PROBE -> false;
        case TIMED_OUT,
            BROKEN,
            SERVER_ERROR,
            UNKNOWN_KEY,
            UNVERIFIED,
            ANOTHER_SUBJECT,
            UNREADABLE,
            TOO_LARGE,
            UNEXPECTED_STATUS ->
            true;
      };
    }
    return false;
  }

  /** Whether the provider tests us, so that the same question is to be asked again at once. */
  static boolean isProbe(Outcome outcome) {
    return outcome instanceof Unknown unknown && unknown.why() == Doubt.PROBE;
  }
}

package io.paidonce.providers;

import static java.util.Objects.requireNonNull;

import io.paidonce.contract.RawBytes;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/** What came of sending a request: a whole answer of anybody's, or none. */
public sealed interface ApiReply {

  /**
   * A whole answer; nothing says yet whose it is.
   *
   * @param headers every value of every header, names in lower case
   * @param body the untouched bytes
   * @param receivedAt our clock
   */
  record Answered(int status, Map<String, List<String>> headers, RawBytes body, Instant receivedAt)
      implements ApiReply {
    public Answered {
      headers = Map.copyOf(headers);
      requireNonNull(body, "body");
      requireNonNull(receivedAt, "receivedAt");
    }

    /** The same as a callback, which is judged by the same rules. */
    public CallbackRequest asRequest(String deliveryId) {
      return new CallbackRequest(headers, body, receivedAt, deliveryId);
    }
  }

  /**
   * No whole answer. Only {@link Failure#NOT_SENT} says that the provider did nothing.
   *
   * @param explanation what exactly, with values and units; for the operator
   */
  record Failed(Failure why, String explanation) implements ApiReply {
    public Failed {
      requireNonNull(why, "why");
      requireNonNull(explanation, "explanation");
    }
  }

  /** Why there is no whole answer. */
  enum Failure {
    /** There was no connection to send it over. */
    NOT_SENT,
    /** The time was over; the provider may have done it all the same. */
    TIMED_OUT,
    /** The connection broke; the provider may have done it all the same. */
    BROKEN,
    /** The answer is larger than the limit. */
    TOO_LARGE
  }
}

package io.paidonce.simulator.provider;

import static java.util.Objects.requireNonNull;

import io.paidonce.simulator.Dialect;
import java.time.Duration;

/**
 * What goes wrong with one request on purpose.
 *
 * @param time how slow it is, or how long a throttled caller is asked to wait; zero where it says
 *     nothing
 */
public record Fault(Kind kind, Duration time) {

  /** Nothing goes wrong. */
  public static final Fault NONE = new Fault(Kind.NONE, Duration.ZERO);

  /** The ways in which it can. */
  public enum Kind {
    NONE,
    /** It is done, and the answer comes late. */
    SLOW,
    /** Asked too often: nothing is done. */
    THROTTLED,
    /** The provider fails, and does nothing. */
    SERVER_ERROR,
    /** It is done; the signature is a right one of something else. */
    BAD_SIGNATURE,
    /** It is done; nobody signed the answer. */
    UNSIGNED,
    /** It is done; the answer is signed by a key that nobody knows. */
    UNKNOWN_KEY,
    /** It is done; the signature is the provider's test of its merchants. */
    PROBE,
    /** Nothing is done; the answer is signed, and about another order. */
    ANOTHER_ORDER,
    /** Nothing is done; signed: there is no such order. */
    NOT_FOUND,
    /** The connection breaks before the provider has read the request. */
    RESET,
    /** It is done, and the connection breaks before the answer. */
    ANSWER_LOST;

    /** Only WeChat Pay v3 probes, and only its answers name their key. */
    public boolean isKnownTo(String protocol) {
      return protocol.equals(Dialect.WECHAT_V3.protocol())
          || (this != PROBE && this != UNKNOWN_KEY);
    }
  }

  public Fault {
    requireNonNull(kind, "kind");
    requireNonNull(time, "time");
  }

  public static Fault of(Kind kind) {
    return new Fault(kind, Duration.ZERO);
  }

  public static Fault slow(Duration time) {
    return new Fault(Kind.SLOW, time);
  }

  /** With a Retry-After of whole seconds. */
  public static Fault throttled(Duration retryAfter) {
    return new Fault(Kind.THROTTLED, retryAfter);
  }
}

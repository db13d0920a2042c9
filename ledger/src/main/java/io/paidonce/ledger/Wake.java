package io.paidonce.ledger;

import static java.util.Objects.requireNonNull;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import org.jspecify.annotations.Nullable;

/**
 * When somebody must look at an order again because nothing came.
 *
 * @param at our clock
 * @param why what is then to be said in the log
 */
public record Wake(Instant at, Why why) {

  /** What is to be said in the log. */
  public enum Why {
    /**
     * That the time to pay is over. It must not be said before everything that was received in time
     * is in the log.
     */
    DEADLINE,
    /** That it is time to ask a provider. Asking too early harms nobody. */
    ASK
  }

  public Wake {
    // Kept to the millisecond, since that is what an index of due times can hold.
    at = requireNonNull(at, "at").truncatedTo(ChronoUnit.MILLIS);
    requireNonNull(why, "why");
  }

  static @Nullable Wake earlier(@Nullable Wake one, @Nullable Wake other) {
    if (one == null || other == null) {
      return one == null ? other : one;
    }
    return other.at.isBefore(one.at) ? other : one;
  }
}

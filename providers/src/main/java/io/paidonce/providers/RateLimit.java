package io.paidonce.providers;

import static java.util.Objects.requireNonNull;

import java.time.Duration;
import java.time.Instant;

/**
 * How often one account may ask: so many questions a second on average, so many at once ("GCRA").
 * One instant is all its state. A value: each change is a new one.
 *
 * @param interval between two questions on average
 * @param burst how many may go at once after a rest
 * @param due when the questions so far would be over at the average rate
 */
public record RateLimit(Duration interval, int burst, Instant due) {

  public RateLimit {
    requireNonNull(interval, "interval");
    requireNonNull(due, "due");
    if (interval.isNegative() || interval.isZero() || burst < 1) {
      throw new IllegalArgumentException(
          "interval and burst must be above 0: " + interval + ", " + burst);
    }
  }

  /** Rested. */
  public static RateLimit perSecond(int questions, int burst, Instant now) {
    return new RateLimit(Duration.ofSeconds(1).dividedBy(questions), burst, now);
  }

  /** When the next question may go; not after {@code now} where it may go at once. */
  public Instant next() {
    return due.minus(interval.multipliedBy(burst - 1L));
  }

  public boolean allows(Instant now) {
    return !now.isBefore(next());
  }

  /**
   * A question goes out.
   *
   * @throws IllegalStateException if it may not: who asks looks first
   */
  public RateLimit asked(Instant now) {
    if (!allows(now)) {
      throw new IllegalStateException("the next question may go at " + next() + ", not at " + now);
    }
    Instant from = due.isAfter(now) ? due : now;
    return new RateLimit(interval, burst, from.plus(interval));
  }

  /** The provider says that we ask too often: none goes before that. */
  public RateLimit pausedUntil(Instant until) {
    Instant paused = until.plus(interval.multipliedBy(burst - 1L));
    return paused.isAfter(due) ? new RateLimit(interval, burst, paused) : this;
  }
}

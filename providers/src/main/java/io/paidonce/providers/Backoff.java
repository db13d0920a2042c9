package io.paidonce.providers;

import static java.util.Objects.requireNonNull;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * When to ask again: after a random part of a wait that doubles ("full jitter"), so that thousands
 * of questions which failed together do not come again together. Pure: it computes waits and waits
 * for nothing.
 *
 * @param base the longest first wait
 * @param cap the longest wait of all
 */
public record Backoff(Duration base, Duration cap) {

  /** Half a second at first, half a minute at most. */
  public static final Backoff DEFAULT = new Backoff(Duration.ofMillis(500), Duration.ofSeconds(30));

  // 2^40 of the smallest base is longer than any cap, and no shift overflows.
  private static final int MOST_DOUBLINGS = 40;

  public Backoff {
    requireNonNull(base, "base");
    requireNonNull(cap, "cap");
    if (base.toMillis() < 1 || cap.compareTo(base) < 0 || cap.compareTo(Duration.ofDays(1)) > 0) {
      throw new IllegalArgumentException(
          "base must be at least 1 ms and at most cap, and cap at most a day: "
              + base
              + ", "
              + cap);
    }
  }

  /**
   * When to make the next attempt.
   *
   * @param failures how many attempts failed in a row, from 1
   * @param retryAfter how long the other side asks us to wait at least
   * @param until the end of the budget; absent where there is none
   * @return empty where the budget would be over by then: time to give up
   */
  public Optional<Instant> next(
      int failures,
      Instant now,
      @Nullable Duration retryAfter,
      @Nullable Instant until,
      RandomGenerator random) {
    if (failures < 1) {
      throw new IllegalArgumentException("failures starts at 1: " + failures);
    }
    Duration jittered = Duration.ofMillis(random.nextLong(longest(failures).toMillis() + 1));
    // On top of it, not instead: all that were sent away together were told the same time.
    Instant at = now.plus(retryAfter == null ? jittered : retryAfter.plus(jittered));
    return until != null && at.isAfter(until) ? Optional.empty() : Optional.of(at);
  }

  /** The longest that the wait after so many failures can be. */
  Duration longest(int failures) {
    long doubled = 1L << Math.min(failures - 1, MOST_DOUBLINGS);
    long millis = Math.min(cap.toMillis() / base.toMillis() + 1, doubled) * base.toMillis();
    return Duration.ofMillis(Math.min(millis, cap.toMillis()));
  }
}

package io.paidonce.providers;

import static java.util.Objects.requireNonNull;

import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Stops asking a provider that is down, so that thousands of questions do not each wait for a
 * time-out; then lets a single one through to see. A value: each change is a new one.
 *
 * @param threshold how many failures in a row open it
 * @param pause how long it stays open before one question may try
 * @param failures how many failed in a row
 * @param openedAt when it opened or last let one try; absent while closed
 */
public record CircuitBreaker(
    int threshold, Duration pause, int failures, @Nullable Instant openedAt) {

  public CircuitBreaker {
    requireNonNull(pause, "pause");
    if (threshold < 1 || failures < 0) {
      throw new IllegalArgumentException(
          "threshold starts at 1 and failures at 0: " + threshold + ", " + failures);
    }
  }

  /** Closed. */
  public static CircuitBreaker closed(int threshold, Duration pause) {
    return new CircuitBreaker(threshold, pause, 0, null);
  }

  public boolean isOpen() {
    return openedAt != null;
  }

  /** Whether a question may be asked now; who asks then must call {@link #asked}. */
  public boolean allows(Instant now) {
    return openedAt == null || !now.isBefore(openedAt.plus(pause));
  }

  /** A question goes out. Of an open one it is the trial: the next may only come a pause later. */
  public CircuitBreaker asked(Instant now) {
    return isOpen() ? new CircuitBreaker(threshold, pause, failures, now) : this;
  }

  /**
   * A question came back. Any answer shows that the provider works, also one that says no; what was
   * said to us and not understood, or to others, shows nothing.
   */
  public CircuitBreaker after(Outcome outcome, Instant now) {
    if (outcome instanceof Outcome.Unknown unknown) {
      return unknown.why().blamesProvider() ? failed(now) : this;
    }
    return closed(threshold, pause);
  }

  private CircuitBreaker failed(Instant now) {
    int more = Math.min(failures + 1, threshold);
    // Questions that were under way when it opened must not keep it open for longer.
    Instant opened = openedAt != null ? openedAt : more >= threshold ? now : null;
    return new CircuitBreaker(threshold, pause, more, opened);
  }
}

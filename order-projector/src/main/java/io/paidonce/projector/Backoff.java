package io.paidonce.projector;

import java.time.Duration;
import java.util.function.LongSupplier;
import java.util.random.RandomGenerator;

/**
 * When to try again: full jitter up to a bound that doubles with each failure, so that several
 * instances don't come back in step.
 */
final class Backoff {

  private static final Duration FIRST = Duration.ofMillis(200);
  private static final Duration LONGEST = Duration.ofSeconds(5);

  private final LongSupplier nanoTime;
  private final RandomGenerator random;
  private long bound = FIRST.toNanos();
  private long notBefore;

  Backoff(LongSupplier nanoTime, RandomGenerator random) {
    this.nanoTime = nanoTime;
    this.random = random;
    this.notBefore = nanoTime.getAsLong();
  }

  boolean isDue() {
    return nanoTime.getAsLong() - notBefore >= 0;
  }

  void failed() {
    notBefore = nanoTime.getAsLong() + random.nextLong(bound) + 1;
    bound = Math.min(bound * 2, LONGEST.toNanos());
  }

  void succeeded() {
    bound = FIRST.toNanos();
    notBefore = nanoTime.getAsLong();
  }
}

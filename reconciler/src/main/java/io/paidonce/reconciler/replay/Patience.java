package io.paidonce.reconciler.replay;

import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

/**
 * How long is waited for what live traffic has not written yet: once for all partitions together,
 * so that a topology that stands still costs this long and not twelve times this long.
 */
final class Patience {

  private static final Duration BETWEEN_LOOKS = Duration.ofMillis(100);

  private final Duration most;
  private long began;
  private boolean hasBegun;

  Patience(Duration most) {
    this.most = most;
  }

  /**
   * Looks until there is more, or nothing more is waited for, or the time is over.
   *
   * @param hasMore looks
   * @param isSettled whether nothing can come any more
   */
  boolean retry(BooleanSupplier hasMore, BooleanSupplier isSettled) {
    if (hasMore.getAsBoolean()) {
      return true;
    }
    long end = deadline();
    while (!isSettled.getAsBoolean() && System.nanoTime() - end < 0) {
      LockSupport.parkNanos(BETWEEN_LOOKS.toNanos());
      if (hasMore.getAsBoolean()) {
        return true;
      }
    }
    return false;
  }

  private synchronized long deadline() {
    if (!hasBegun) {
      hasBegun = true;
      began = System.nanoTime();
    }
    return began + most.toNanos();
  }
}

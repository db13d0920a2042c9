package io.paidonce.launcher.faults;

import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

/** Polls a condition until a deadline; more often than a test library does, for sharp points. */
final class Await {

  private static final long POLL_NANOS = 2_000_000;

  private Await() {}

  static void until(String what, Duration limit, BooleanSupplier condition) {
    long deadline = System.nanoTime() + limit.toNanos();
    while (!condition.getAsBoolean()) {
      if (System.nanoTime() >= deadline) {
        throw new AssertionError("not within " + limit.toSeconds() + " s: " + what);
      }
      LockSupport.parkNanos(POLL_NANOS);
    }
  }

  /** Until a moment of the plan, which says when a fault strikes or ends. */
  static void moment(long nanoTime) {
    until("the moment", Duration.ofMinutes(2), () -> System.nanoTime() >= nanoTime);
  }
}

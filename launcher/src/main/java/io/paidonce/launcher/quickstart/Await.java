package io.paidonce.launcher.quickstart;

import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

/** Waits for a condition that can only be asked for. */
final class Await {

  private static final long LOOK_EVERY_NANOS = 20_000_000;

  private Await() {}

  /**
   * Returns once it holds.
   *
   * @throws IllegalStateException if it does not within this time
   */
  static void until(BooleanSupplier holds, Duration within, String what)
      throws InterruptedException {
    long deadline = System.nanoTime() + within.toNanos();
    while (!holds.getAsBoolean()) {
      if (Thread.interrupted()) {
        throw new InterruptedException("while waiting until " + what);
      }
      if (System.nanoTime() - deadline > 0) {
        throw new IllegalStateException(
            "not within " + within.toSeconds() + " s: " + what + "; see the logs");
      }
      LockSupport.parkNanos(LOOK_EVERY_NANOS);
    }
  }
}

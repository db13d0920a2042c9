package io.paidonce.localstack;

import java.time.Duration;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

/** Polls a condition until a deadline: neither server offers an event for what we wait for. */
final class Await {
  private static final long POLL_MS = 10;

  private Await() {}

  /**
   * Returns once the condition holds.
   *
   * @throws LocalStackException with that message when it does not hold within the time
   */
  static void until(Duration limit, Supplier<String> message, BooleanSupplier condition) {
    if (!within(limit, condition)) {
      throw new LocalStackException(message.get() + " (waited " + limit.toSeconds() + " s)");
    }
  }

  /** Returns whether the condition came to hold within the time. */
  static boolean within(Duration limit, BooleanSupplier condition) {
    long deadline = System.nanoTime() + limit.toNanos();
    while (!condition.getAsBoolean()) {
      if (System.nanoTime() >= deadline) {
        return false;
      }
      pause();
    }
    return true;
  }

  private static void pause() {
    try {
      Thread.sleep(POLL_MS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new LocalStackException("Interrupted while waiting for a local server", e);
    }
  }
}

package io.paidonce.streams;

import java.time.Instant;
import java.util.Map;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Knows a time before which everything that was received is in order-inputs, so that no deadline is
 * called over while a payment that met it waits in the log (P28, I16).
 *
 * <p>It notes the time, then how far the log of notifications goes, and waits until intake has
 * committed that far. What intake committed stands in order-inputs, in a transaction that is
 * decided; whatever is written there afterwards stands behind it, and is folded after it. So it
 * need not know how far the ledger has come. What was once true stays true, over restarts and in
 * every instance.
 */
final class LagGuard implements Supplier<Instant> {

  private final IntakeProgress intake;
  private final Supplier<Instant> clock;
  private @Nullable Watch watch;

  // Written by the one that looks, read by stream threads.
  private volatile Instant allInBefore = Instant.MIN;

  /** A time, and how far the log went no earlier than that. */
  private record Watch(Instant at, Map<Integer, Long> ends) {}

  LagGuard(IntakeProgress intake, Supplier<Instant> clock) {
    this.intake = intake;
    this.clock = clock;
  }

  /** One look; whoever calls it again moves the time on. If it fails, the time stands still. */
  void look() {
    Watch now = watch == null ? begin() : watch;
    watch = now;
    if (isPassed(now.ends())) {
      // Also where the clock was set back: an earlier time is true as well.
      allInBefore = now.at();
      watch = null;
    }
  }

  /** {@link Instant#MIN} while nothing is known. */
  @Override
  public Instant get() {
    return allInBefore;
  }

  // The time first: what is received after it may be counted, what was received before it must be.
  private Watch begin() {
    Instant at = clock.get();
    return new Watch(at, intake.ends());
  }

  private boolean isPassed(Map<Integer, Long> ends) {
    Map<Integer, Long> committed = intake.committed();
    return ends.entrySet().stream()
        .allMatch(end -> committed.getOrDefault(end.getKey(), -1L) >= end.getValue());
  }
}

package io.paidonce.streams;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The slower of two clocks, this machine's and the brokers'. A deadline comes from the brokers'
 * clock, so that ours alone must not say that it is over; and one of them that jumps ahead by hours
 * must not end every order's time to pay. A clock that is behind only delays.
 *
 * <p>The brokers' clock is read now and then; between that, time passes as this machine counts it,
 * which no setting of its clock changes.
 */
final class SlowerClock implements Supplier<Instant> {

  static final Duration READ_EVERY = Duration.ofSeconds(30);

  private final Clock ours;
  private final Supplier<Instant> brokers;
  private final LongSupplier nanos;
  private @Nullable Instant stamped;
  private long stampedAt;

  /**
   * @param brokers asks a broker
   * @param nanos time that only grows
   */
  SlowerClock(Clock ours, Supplier<Instant> brokers, LongSupplier nanos) {
    this.ours = ours;
    this.brokers = brokers;
    this.nanos = nanos;
  }

  @Override
  public Instant get() {
    Instant theirs = theirs();
    Instant here = ours.instant();
    return theirs.isBefore(here) ? theirs : here;
  }

  private Instant theirs() {
    Instant last = stamped;
    if (last == null || nanos.getAsLong() - stampedAt >= READ_EVERY.toNanos()) {
      // If it is not answered, the old stamp is no substitute: this look fails, as it should.
      stamped = null;
      last = brokers.get();
      stampedAt = nanos.getAsLong();
      stamped = last;
    }
    return last.plusNanos(nanos.getAsLong() - stampedAt);
  }
}

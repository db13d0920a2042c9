package io.paidonce.simulator.provider;

import static java.util.Objects.requireNonNull;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;

/** A clock that stands still until it is told to go on, so that a day can pass in seconds. */
public final class VirtualTime implements InstantSource {

  private volatile Instant now;

  public VirtualTime(Instant start) {
    this.now = requireNonNull(start, "start");
  }

  @Override
  public Instant instant() {
    return now;
  }

  public synchronized void advance(Duration duration) {
    moveTo(now.plus(duration));
  }

  /**
   * Goes on to a moment.
   *
   * @throws IllegalArgumentException if it has passed
   */
  public synchronized void moveTo(Instant moment) {
    if (moment.isBefore(now)) {
      throw new IllegalArgumentException("time goes on: from " + now + " not to " + moment);
    }
    now = moment;
  }
}

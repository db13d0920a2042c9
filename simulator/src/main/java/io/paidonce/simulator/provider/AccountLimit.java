package io.paidonce.simulator.provider;

import static java.util.Objects.requireNonNull;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;

/**
 * A provider's own limit: what an account asks beyond so many requests in any one second is
 * throttled. What is throttled counts as well, as it does for who keeps knocking.
 */
public final class AccountLimit implements Faults {

  private static final Duration WINDOW = Duration.ofSeconds(1);

  private final InstantSource clock;
  private final int perSecond;
  private final Faults otherwise;
  private final Map<String, Deque<Instant>> asked = new HashMap<>();

  /**
   * Of each account by itself.
   *
   * @param otherwise what goes wrong with those within the limit
   */
  public AccountLimit(InstantSource clock, int perSecond, Faults otherwise) {
    this.clock = requireNonNull(clock, "clock");
    this.otherwise = requireNonNull(otherwise, "otherwise");
    this.perSecond = perSecond;
    if (perSecond < 1) {
      throw new IllegalArgumentException("perSecond must be at least 1: " + perSecond);
    }
  }

  @Override
  public Fault next(Asked request) {
    return isWithin(request) ? otherwise.next(request) : Fault.throttled(WINDOW);
  }

  private synchronized boolean isWithin(Asked request) {
    Instant now = clock.instant();
    Deque<Instant> times = asked.computeIfAbsent(request.account(), a -> new ArrayDeque<>());
    while (!times.isEmpty() && !times.getFirst().plus(WINDOW).isAfter(now)) {
      times.removeFirst();
    }
    times.addLast(now);
    return times.size() <= perSecond;
  }
}

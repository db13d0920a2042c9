package io.paidonce.simulator.day;

import java.time.Duration;

/** How a notice travels. By weight; see {@link DaySettings}. */
public enum Courier {
  /** Within some seconds. */
  PROMPT(74),
  /** The first attempts are lost on their way, so it comes by the provider's retry plan. */
  LOST_AT_FIRST(10),
  /** The provider itself is late, by up to a day. */
  DELAYED(6),
  /** It never comes, not even by the retry plan. */
  DROPPED(5),
  /** Twice at once. */
  TWICE(5);

  private static final Duration LATEST = Duration.ofDays(1);

  private final int weight;

  Courier(int weight) {
    this.weight = weight;
  }

  int weight() {
    return weight;
  }

  /** From what a notice tells of to its first attempt. */
  Duration latency(Draw draw) {
    return this == DELAYED
        ? draw.upTo(LATEST)
        : draw.between(Duration.ofMillis(200), Duration.ofSeconds(5));
  }
}

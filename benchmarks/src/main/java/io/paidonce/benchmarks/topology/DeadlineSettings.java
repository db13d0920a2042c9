package io.paidonce.benchmarks.topology;

import java.nio.file.Path;
import java.util.List;

/**
 * How a run is made.
 *
 * @param waiting orders that wait for their payment, and whose time is far away
 * @param due orders whose time is over at once
 * @param perSecond payments of other orders, before, while and after that
 * @param seconds how long is looked at each time
 * @param directory where a run's data is, for as long as it runs
 * @param javaOptions of the topology's JVM
 */
public record DeadlineSettings(
    int waiting, int due, int perSecond, int seconds, Path directory, List<String> javaOptions) {

  private static final int MOST = 20_000_000;
  private static final int LEAST_SECONDS = 10;
  // They are all placed before any is due.
  private static final int MOST_SECONDS = 120;

  /** Throws IllegalArgumentException naming the option. */
  public DeadlineSettings {
    if (waiting < 1 || waiting > MOST) {
      throw new IllegalArgumentException("--waiting must be 1 to " + MOST);
    }
    if (due < 1 || due > MOST) {
      throw new IllegalArgumentException("--due must be 1 to " + MOST);
    }
    if (perSecond < 1 || perSecond > MOST / MOST_SECONDS / 2) {
      throw new IllegalArgumentException("--per-second must be 1 to " + MOST / MOST_SECONDS / 2);
    }
    if (seconds < LEAST_SECONDS || seconds > MOST_SECONDS) {
      throw new IllegalArgumentException(
          "--seconds must be " + LEAST_SECONDS + " to " + MOST_SECONDS);
    }
    javaOptions = List.copyOf(javaOptions);
  }

  /**
   * They begin this long before the calm is looked at, so that what is compared with it is not a
   * JVM that just started.
   */
  static final int WARM_UP_SECONDS = 60;

  /** In the calm before the first order is due, and as long after. */
  int payments() {
    return warmUpPayments() + 2 * seconds * perSecond;
  }

  /** The first of them, of which no figure is made. */
  int warmUpPayments() {
    return WARM_UP_SECONDS * perSecond;
  }
}

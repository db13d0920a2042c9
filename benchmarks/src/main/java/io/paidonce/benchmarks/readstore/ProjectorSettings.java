package io.paidonce.benchmarks.readstore;

import java.nio.file.Path;
import java.util.List;

/**
 * How a run is made.
 *
 * @param orders whose life is in the topics before the projector starts
 * @param seconds after the warm-up, after which the watch ends whatever is left
 * @param writers how many the projector has side by side
 * @param everything whether the topics also have what order services, gateway and intake write
 * @param rebuild whether the read store is built anew at the end, and how long that takes told
 * @param profile whether the projector is sampled, which costs a little
 * @param directory where a run's data is, for as long as it runs
 * @param javaOptions of the projector's JVM
 */
public record ProjectorSettings(
    int orders,
    int seconds,
    int writers,
    boolean everything,
    boolean rebuild,
    boolean profile,
    Path directory,
    List<String> javaOptions) {

  private static final int MOST = 20_000_000;
  private static final int MOST_SECONDS = 3_600;
  private static final int MOST_WRITERS = 12;

  /** Of all updates, these come before any is counted: Java compiles what runs often. */
  private static final int WARM_UP_SHARE = 4;

  /** Throws IllegalArgumentException naming the option. */
  public ProjectorSettings {
    if (orders < WARM_UP_SHARE || orders > MOST) {
      throw new IllegalArgumentException("--orders must be " + WARM_UP_SHARE + " to " + MOST);
    }
    if (seconds < 1 || seconds > MOST_SECONDS) {
      throw new IllegalArgumentException("--seconds must be 1 to " + MOST_SECONDS);
    }
    if (writers < 1 || writers > MOST_WRITERS) {
      throw new IllegalArgumentException("--writers must be 1 to " + MOST_WRITERS);
    }
    javaOptions = List.copyOf(javaOptions);
  }

  long warmUp() {
    return LifeOfOrders.updatesOf(orders) / WARM_UP_SHARE;
  }
}

package io.paidonce.benchmarks.readstore;

import java.nio.file.Path;
import java.util.List;

/**
 * How a run is made.
 *
 * @param orders stored before anything is asked
 * @param rate questions a second, whatever has become of those before
 * @param writes order updates a second meanwhile, with everything else that services write
 * @param seconds of each of the two phases: the first is to warm up and is not counted
 * @param directory where a run's data is, for as long as it runs
 * @param javaOptions of the projector's JVM
 */
public record QuerySettings(
    int orders, int rate, int writes, int seconds, Path directory, List<String> javaOptions) {

  private static final int MOST_ORDERS = 20_000_000;
  private static final int MOST_PER_SECOND = 100_000;
  private static final int MOST_SECONDS = 3_600;

  /** Throws IllegalArgumentException naming the option. */
  public QuerySettings {
    requireRange("--orders", orders, 10, MOST_ORDERS);
    requireRange("--rate", rate, 1, MOST_PER_SECOND);
    requireRange("--writes", writes, 0, MOST_PER_SECOND);
    requireRange("--seconds", seconds, 1, MOST_SECONDS);
    javaOptions = List.copyOf(javaOptions);
  }

  private static void requireRange(String option, int value, int least, int most) {
    if (value < least || value > most) {
      throw new IllegalArgumentException(option + " must be " + least + " to " + most);
    }
  }
}

package io.paidonce.benchmarks.topology;

import java.nio.file.Path;
import java.util.List;

/**
 * How a run is made.
 *
 * @param warmUp notifications before any is counted: Java compiles what runs often
 * @param notifications that are counted
 * @param flush whether each append is forced to disk, as the topics are shipped
 * @param profile whether the topology is sampled, which costs a little
 * @param directory where a run's data is, for as long as it runs
 * @param javaOptions of the topology's JVM
 */
public record TopologySettings(
    int warmUp,
    int notifications,
    boolean flush,
    boolean profile,
    Path directory,
    List<String> javaOptions) {

  private static final int MOST = 20_000_000;

  /** Throws IllegalArgumentException naming the option. */
  public TopologySettings {
    if (notifications < 1 || notifications > MOST) {
      throw new IllegalArgumentException("--notifications must be 1 to " + MOST);
    }
    if (warmUp < 1 || warmUp > MOST) {
      throw new IllegalArgumentException("--warm-up must be 1 to " + MOST);
    }
    javaOptions = List.copyOf(javaOptions);
  }

  int total() {
    return warmUp + notifications;
  }
}

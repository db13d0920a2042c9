package io.paidonce.benchmarks.topology;

import java.nio.file.Path;
import java.util.List;

/**
 * How a run is made.
 *
 * @param warmUp notifications before any is counted: Java compiles what runs often
 * @param notifications that are counted
 * @param threads of the topology
 * @param flush whether each append is forced to disk, as the topics are shipped
 * @param profile whether the topology is sampled, which costs a little
 * @param directory where a run's data is, for as long as it runs
 * @param javaOptions of the topology's JVM
 */
public record TopologySettings(
    int warmUp,
    int notifications,
    int threads,
    boolean flush,
    boolean profile,
    Path directory,
    List<String> javaOptions) {

  private static final int MOST = 20_000_000;
  private static final int MOST_THREADS = 64;

  /** Throws IllegalArgumentException naming the option. */
  public TopologySettings {
    if (notifications < 1 || notifications > MOST) {
      throw new IllegalArgumentException("--notifications must be 1 to " + MOST);
    }
    if (warmUp < 1 || warmUp > MOST) {
      throw new IllegalArgumentException("--warm-up must be 1 to " + MOST);
    }
    if (threads < 1 || threads > MOST_THREADS) {
      throw new IllegalArgumentException("--threads must be 1 to " + MOST_THREADS);
    }
    javaOptions = List.copyOf(javaOptions);
  }

  int total() {
    return warmUp + notifications;
  }
}

package io.paidonce.benchmarks.gateway;

import java.nio.file.Path;
import java.util.List;

/**
 * How a run is made.
 *
 * @param warmUpSeconds load before anything is counted
 * @param seconds of each of the two phases
 * @param rate callbacks a second in the second phase
 * @param flush whether each append is forced to disk, as the topics are shipped
 * @param directory where a run's data is, for as long as it runs
 * @param javaOptions of the gateway's JVM
 */
public record GatewaySettings(
    int warmUpSeconds,
    int seconds,
    int rate,
    boolean flush,
    Path directory,
    List<String> javaOptions) {

  // Callbacks are signed beforehand, and a gateway takes them for five minutes.
  private static final int MOST_SECONDS = 120;
  private static final int MOST_RATE = 100_000;

  /** Throws IllegalArgumentException naming the option. */
  public GatewaySettings {
    if (seconds < 1 || seconds > MOST_SECONDS) {
      throw new IllegalArgumentException("--seconds must be 1 to " + MOST_SECONDS);
    }
    if (rate < 1 || rate > MOST_RATE) {
      throw new IllegalArgumentException("--rate must be 1 to " + MOST_RATE);
    }
    javaOptions = List.copyOf(javaOptions);
  }
}

package io.paidonce.benchmarks;

import java.math.BigDecimal;
import java.nio.file.Path;
import java.util.List;

/**
 * How a run is made.
 *
 * @param warmUpSeconds load before anything is counted
 * @param seconds each of the two phases
 * @param flush whether each append is forced to disk, as the topics are shipped
 * @param duplicates which share of the requests repeats an earlier callback, 0 to 0.9
 * @param rate requests a second in the second phase
 * @param directory where a run's data is, for as long as it runs
 * @param report where the page goes
 * @param javaOptions of the services' JVM
 * @param profile whether the services are sampled in the saturating phase, which costs a little
 */
public record BenchSettings(
    int warmUpSeconds,
    int seconds,
    boolean flush,
    BigDecimal duplicates,
    int rate,
    Path directory,
    Path report,
    List<String> javaOptions,
    boolean profile) {

  // Callbacks are signed beforehand, and a gateway takes them for five minutes.
  private static final int MOST_SECONDS = 240;
  private static final BigDecimal MOST_DUPLICATES = new BigDecimal("0.9");
  private static final int MOST_RATE = 100_000;

  /** Throws IllegalArgumentException naming the option. */
  public BenchSettings {
    require(warmUpSeconds >= 1 && warmUpSeconds <= MOST_SECONDS, "the warm-up: 1 to 240 seconds");
    require(seconds >= 1 && seconds <= MOST_SECONDS, "--seconds must be 1 to " + MOST_SECONDS);
    require(
        duplicates.signum() >= 0 && duplicates.compareTo(MOST_DUPLICATES) <= 0,
        "--duplicates must be 0 to " + MOST_DUPLICATES);
    require(rate >= 1 && rate <= MOST_RATE, "--rate must be 1 to " + MOST_RATE);
    javaOptions = List.copyOf(javaOptions);
  }

  int repeatedPerMille() {
    return duplicates.movePointRight(3).intValue();
  }

  private static void require(boolean holds, String sentence) {
    if (!holds) {
      throw new IllegalArgumentException(sentence);
    }
  }
}

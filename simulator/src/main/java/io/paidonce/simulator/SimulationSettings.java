package io.paidonce.simulator;

import java.time.Duration;

/**
 * How a plan is played.
 *
 * @param concurrency how many requests are under way at most
 * @param patience how long a provider waits for an answer
 * @param retryCompression by how much the pauses of the retry plans are shortened
 */
public record SimulationSettings(int concurrency, Duration patience, int retryCompression) {

  public SimulationSettings {
    if (concurrency < 2) {
      // Two deliveries at once need two connections.
      throw new IllegalArgumentException("concurrency must be at least 2: " + concurrency);
    }
    if (retryCompression < 1) {
      throw new IllegalArgumentException(
          "retryCompression must be at least 1: " + retryCompression);
    }
  }

  /** 32 requests at once, WeChat's 5 s, and a day of retries in less than five minutes. */
  public static SimulationSettings defaults() {
    return new SimulationSettings(32, Duration.ofSeconds(5), 300);
  }

  Duration compressed(Duration pause) {
    return pause.dividedBy(retryCompression);
  }
}

package io.paidonce.launcher.faults;

import java.time.Duration;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * One random point at which a fault strikes. The build tries one; {@code -Pproof} many, with a seed
 * of the day. The seed repeats loads and delays, not how processes interleave.
 */
record Point(int number, long seed) {

  static Stream<Point> all() {
    long seed = Long.getLong("paidonce.seed", 20_261_121);
    int runs = Integer.getInteger("paidonce.proof.runs", 1);
    return IntStream.rangeClosed(1, runs).mapToObj(n -> new Point(n, seed + n));
  }

  static Point first() {
    return all().findFirst().orElseThrow();
  }

  /** Another one for each scenario. */
  Random random(String scenario) {
    return new Random(seed * 1_000_003 + scenario.hashCode());
  }

  static Duration between(Random random, int fromMs, int toMs) {
    return Duration.ofMillis(fromMs + random.nextInt(toMs - fromMs));
  }

  @Override
  public String toString() {
    return "point " + number + ", seed " + seed;
  }
}

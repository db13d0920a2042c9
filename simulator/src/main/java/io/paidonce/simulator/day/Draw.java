package io.paidonce.simulator.day;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;

/** Chance that depends on the seed and on what is drawn for, and on nothing that went before. */
final class Draw {

  private final SplittableRandom random;

  private Draw(SplittableRandom random) {
    this.random = random;
  }

  static Draw of(long seed, Object subject) {
    // Twice, since neighbouring seeds begin alike.
    long mixed = new SplittableRandom(seed).nextLong() ^ subject.hashCode();
    return new Draw(new SplittableRandom(new SplittableRandom(mixed).nextLong()));
  }

  int below(int bound) {
    return random.nextInt(bound);
  }

  /** Evenly, both ends included; whole milliseconds. */
  Duration between(Duration least, Duration most) {
    return Duration.ofMillis(random.nextLong(least.toMillis(), most.toMillis() + 1));
  }

  /** Evenly over the orders of magnitude: mostly little, now and then nearly all of it. */
  Duration upTo(Duration most) {
    long millis = Math.max(1, most.toMillis());
    int bits = 64 - Long.numberOfLeadingZeros(millis);
    return Duration.ofMillis(Math.min(millis, random.nextLong(1, 1L << (1 + below(bits)))));
  }

  <T> T any(List<T> values) {
    return values.get(below(values.size()));
  }

  <E> E weighted(Map<E, Integer> weights) {
    int drawn = below(weights.values().stream().mapToInt(Integer::intValue).sum());
    for (Map.Entry<E, Integer> weight : weights.entrySet()) {
      drawn -= weight.getValue();
      if (drawn < 0) {
        return weight.getKey();
      }
    }
    throw new IllegalStateException("drawn beyond the weights: " + weights);
  }
}

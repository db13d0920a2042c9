package io.paidonce.benchmarks.load;

import java.util.ArrayList;
import java.util.List;
import org.HdrHistogram.Histogram;

/**
 * How long things took, without the single values.
 *
 * @param count how many
 * @param percentiles ascending
 * @param bars how many there were in each range, ascending
 */
public record Latencies(long count, List<Percentile> percentiles, List<Bar> bars) {

  private static final List<Integer> PER_HUNDRED_THOUSAND =
      List.of(
          10_000, 20_000, 30_000, 40_000, 50_000, 60_000, 70_000, 75_000, 80_000, 85_000, 90_000,
          92_500, 95_000, 97_500, 98_000, 99_000, 99_500, 99_750, 99_900, 99_950, 99_990, 99_999,
          100_000);
  private static final int P50 = 50_000;
  private static final int P99 = 99_000;
  // Each range is a tenth wider than the one before.
  private static final int FIRST_BAR_MICROS = 200;

  /**
   * So many of a hundred thousand took this long or less.
   *
   * @param perHundredThousand 99,000 is p99
   * @param micros how long
   */
  public record Percentile(int perHundredThousand, long micros) {}

  /**
   * One range.
   *
   * @param fromMicros included
   * @param toMicros not included
   * @param count how many
   */
  public record Bar(long fromMicros, long toMicros, long count) {}

  /** Of all values of a histogram. */
  public static Latencies of(Histogram micros) {
    List<Percentile> percentiles =
        micros.getTotalCount() == 0
            ? List.of()
            : PER_HUNDRED_THOUSAND.stream()
                .map(p -> new Percentile(p, micros.getValueAtPercentile(p / 1000.0)))
                .toList();
    return new Latencies(micros.getTotalCount(), percentiles, bars(micros));
  }

  private static List<Bar> bars(Histogram micros) {
    List<Bar> bars = new ArrayList<>();
    long from = 0;
    for (long to = FIRST_BAR_MICROS; from <= micros.getMaxValue(); to += Math.max(1, to / 10)) {
      // Values are kept to three digits, so a bound may count a value with its neighbours.
      bars.add(new Bar(from, to, micros.getCountBetweenValues(from, to - 1)));
      from = to;
    }
    return bars;
  }

  public long p50Micros() {
    return at(P50);
  }

  public long p99Micros() {
    return at(P99);
  }

  private long at(int perHundredThousand) {
    return percentiles.stream()
        .filter(p -> p.perHundredThousand() == perHundredThousand)
        .mapToLong(Percentile::micros)
        .findFirst()
        .orElse(0);
  }
}

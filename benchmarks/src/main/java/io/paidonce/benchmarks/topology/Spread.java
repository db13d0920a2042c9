package io.paidonce.benchmarks.topology;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.List;

/** A figure's median over the windows of a run, and how far they lie apart. */
record Spread(BigDecimal lowest, BigDecimal median, BigDecimal highest) {

  private static final BigDecimal TWO = BigDecimal.valueOf(2);

  /** Throws IllegalArgumentException where there is nothing to take it of. */
  static Spread of(List<BigDecimal> figures) {
    if (figures.isEmpty()) {
      throw new IllegalArgumentException("nothing has no median");
    }
    List<BigDecimal> sorted = figures.stream().sorted().toList();
    int middle = sorted.size() / 2;
    BigDecimal median =
        sorted.size() % 2 == 1
            ? sorted.get(middle)
            : sorted
                .get(middle - 1)
                .add(sorted.get(middle))
                .divide(TWO, sorted.get(middle).scale(), RoundingMode.HALF_UP);
    return new Spread(sorted.get(0), median, sorted.get(sorted.size() - 1));
  }

  @Override
  public String toString() {
    return median + " (" + lowest + " to " + highest + ")";
  }
}

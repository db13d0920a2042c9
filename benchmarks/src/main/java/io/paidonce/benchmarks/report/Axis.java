package io.paidonce.benchmarks.report;

import java.util.ArrayList;
import java.util.List;

/**
 * Where values are in a plot.
 *
 * @param least the value at {@code from}
 * @param most the value at {@code to}
 * @param from pixel
 * @param to pixel
 * @param logarithmic whether equal steps are equal factors; {@code least} is positive then
 */
record Axis(long least, long most, int from, int to, boolean logarithmic) {

  private static final int[] STEPS = {1, 2, 5};

  private static final int MOST_MULTIPLES = 6;
  private static final long WIDE = 2_000;

  Axis {
    if (most <= least || (logarithmic && least <= 0)) {
      throw new IllegalArgumentException("an axis from " + least + " to " + most);
    }
  }

  static Axis linear(long least, long most, int from, int to) {
    return new Axis(least, Math.max(most, least + 1), from, to, false);
  }

  static Axis logarithmic(long least, long most, int from, int to) {
    return new Axis(least, Math.max(most, least + 1), from, to, true);
  }

  /** The pixel of a value; values beyond the ends are at the ends. */
  int at(long value) {
    long within = Math.max(least, Math.min(most, value));
    double share =
        logarithmic
            ? (log(within) - log(least)) / (log(most) - log(least))
            : (double) (within - least) / (most - least);
    return (int) Math.round(from + share * (to - from));
  }

  /** Round values between the ends, few enough to be read. */
  List<Long> ticks() {
    return logarithmic ? powers() : multiples();
  }

  private static double log(long value) {
    return Math.log((double) value);
  }

  private List<Long> powers() {
    List<Long> ticks = new ArrayList<>();
    // Over many powers of ten, what is between them would be too close to be read.
    boolean wide = most / least > WIDE;
    for (long power = 1; power <= most; power *= 10) {
      for (int step : STEPS) {
        long tick = power * step;
        if (tick >= least && tick <= most && (step == 1 || !wide)) {
          ticks.add(tick);
        }
      }
    }
    return ticks;
  }

  private List<Long> multiples() {
    long power = 1;
    int i = 0;
    while ((most - least) / (power * STEPS[i]) > MOST_MULTIPLES) {
      i = (i + 1) % STEPS.length;
      power *= i == 0 ? 10 : 1;
    }
    long step = power * STEPS[i];
    List<Long> ticks = new ArrayList<>();
    for (long tick = (least + step - 1) / step * step; tick <= most; tick += step) {
      ticks.add(tick);
    }
    return ticks;
  }
}

package io.paidonce.benchmarks.report;

import io.paidonce.benchmarks.Figures;
import io.paidonce.benchmarks.load.Latencies;
import io.paidonce.benchmarks.load.Latencies.Percentile;
import io.paidonce.benchmarks.report.Svg.Point;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** Which share took how long; the rare slow ones have as much room as the many quick ones. */
final class PercentilePlot {

  private static final long ALL = 100_000;
  private static final long LEAST_MICROS = 200;

  private PercentilePlot() {}

  static String of(Latencies acknowledged, Latencies paid) {
    long most =
        Stream.of(acknowledged, paid)
            .flatMap(latencies -> latencies.percentiles().stream())
            .filter(p -> p.perHundredThousand() < ALL)
            .mapToLong(Percentile::micros)
            .max()
            .orElse(1);
    // One of so many is slower: 2 is the median, 100 is p99.
    Axis x = Axis.logarithmic(1, 10_000, Frame.LEFT, Frame.RIGHT);
    Axis y = Axis.logarithmic(LEAST_MICROS, most * 3 / 2, Frame.BOTTOM, Frame.TOP);
    Svg svg =
        Frame.drawn("latency by percentile", x, PercentilePlot::label, y, PercentilePlot::duration);
    draw(svg, "ack", "acknowledged", acknowledged, x, y);
    draw(svg, "paid", "order-paid", paid, x, y);
    return svg.label(
            "tick x", new Point((Frame.LEFT + Frame.RIGHT) / 2, Frame.HEIGHT - 6), "percentile")
        .done();
  }

  private static void draw(
      Svg svg, String style, String what, Latencies latencies, Axis x, Axis y) {
    List<Point> points = new ArrayList<>();
    for (Percentile percentile : latencies.percentiles()) {
      if (percentile.perHundredThousand() >= ALL - 9) {
        break;
      }
      // In ten-thousandths of "one of so many", so that 1.1 is not 1.
      Axis fine = new Axis(10_000, 100_000_000, x.from(), x.to(), true);
      long odds = ALL * 10_000 / (ALL - percentile.perHundredThousand());
      points.add(new Point(fine.at(odds), y.at(percentile.micros())));
    }
    svg.path("curve " + style, points);
    for (int i = 0; i < points.size(); i++) {
      Percentile percentile = latencies.percentiles().get(i);
      svg.dot(
          "point " + style,
          points.get(i),
          what
              + " p"
              + percentile.perHundredThousand() / 1000.0
              + ": "
              + Figures.millis(percentile.micros())
              + " ms");
    }
  }

  private static String label(long odds) {
    return switch ((int) odds) {
      case 1 -> "0";
      case 2 -> "50";
      case 10 -> "90";
      case 100 -> "99";
      case 1_000 -> "99.9";
      case 10_000 -> "99.99";
      default -> "";
    };
  }

  /** As short as it can be said: 0.5 ms, 20 ms, 2 s. */
  static String duration(long micros) {
    boolean seconds = micros >= 1_000_000;
    BigDecimal value = seconds ? Figures.seconds(micros) : Figures.millis(micros);
    return value.stripTrailingZeros().toPlainString() + (seconds ? " s" : " ms");
  }
}

package io.paidonce.benchmarks.report;

import io.paidonce.benchmarks.Drained;
import io.paidonce.benchmarks.report.Svg.Point;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** How many a second, over the saturating phase and until all of it is paid. */
final class ThroughputPlot {

  private ThroughputPlot() {}

  static String of(Drained phase) {
    long[] acknowledged = phase.load().successesPerSecond();
    long[] paid = phase.paid().paidPerSecond();
    long most =
        Math.max(Arrays.stream(acknowledged).max().orElse(1), Arrays.stream(paid).max().orElse(1));
    int seconds = Math.max(acknowledged.length, paid.length);
    Axis x = Axis.linear(0, seconds, Frame.LEFT, Frame.RIGHT);
    Axis y = Axis.linear(0, most + most / 10, Frame.BOTTOM, Frame.TOP);
    Svg svg =
        Frame.drawn("callbacks a second over time", x, Long::toString, y, v -> "%,d".formatted(v));
    draw(svg, "paid", "paid", paid, x, y);
    draw(svg, "ack", "acknowledged", acknowledged, x, y);
    return svg.label(
            "tick x", new Point((Frame.LEFT + Frame.RIGHT) / 2, Frame.HEIGHT - 6), "seconds")
        .done();
  }

  // A second's count is drawn over the whole second.
  private static void draw(Svg svg, String style, String what, long[] counts, Axis x, Axis y) {
    List<Point> points = new ArrayList<>();
    for (int second = 0; second < counts.length; second++) {
      points.add(new Point(x.at(second), y.at(counts[second])));
      points.add(new Point(x.at(second + 1), y.at(counts[second])));
    }
    svg.path("curve " + style, points);
    for (int second = 0; second < counts.length; second++) {
      int middle = (x.at(second) + x.at(second + 1)) / 2;
      svg.dot(
          "point " + style,
          new Point(middle, y.at(counts[second])),
          "second " + (second + 1) + ": " + "%,d ".formatted(counts[second]) + what);
    }
  }
}

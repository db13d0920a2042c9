package io.paidonce.benchmarks.report;

import io.paidonce.benchmarks.load.Latencies;
import io.paidonce.benchmarks.load.Latencies.Bar;
import io.paidonce.benchmarks.report.Svg.Point;

/** How many took how long, in ranges each a tenth wider than the one before. */
final class LatencyBars {

  private static final long LEAST_MICROS = 200;

  private LatencyBars() {}

  static String of(String style, String what, Latencies latencies, long mostMicros) {
    long most = latencies.bars().stream().mapToLong(Bar::count).max().orElse(1);
    Axis x = Axis.logarithmic(LEAST_MICROS, mostMicros, Frame.LEFT, Frame.RIGHT);
    Axis y = Axis.linear(0, most + most / 10, Frame.BOTTOM, Frame.TOP);
    Svg svg =
        Frame.drawn(what + ", histogram", x, PercentilePlot::duration, y, v -> "%,d".formatted(v));
    for (Bar bar : latencies.bars()) {
      int left = x.at(bar.fromMicros());
      int top = y.at(bar.count());
      if (bar.count() > 0) {
        svg.bar(
            "bar " + style,
            new Point(left, top),
            Math.max(1, x.at(bar.toMicros()) - left - 1),
            Frame.BOTTOM - top,
            "%s to %s: %,d"
                .formatted(
                    PercentilePlot.duration(bar.fromMicros()),
                    PercentilePlot.duration(bar.toMicros()),
                    bar.count()));
      }
    }
    return svg.done();
  }
}

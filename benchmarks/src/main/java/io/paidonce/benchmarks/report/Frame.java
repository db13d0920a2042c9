package io.paidonce.benchmarks.report;

import io.paidonce.benchmarks.report.Svg.Point;
import java.util.function.LongFunction;

/** The space that a plot has, and its two axes drawn. */
final class Frame {

  static final int WIDTH = 860;
  static final int HEIGHT = 300;
  static final int LEFT = 64;
  static final int RIGHT = WIDTH - 24;
  static final int TOP = 16;
  static final int BOTTOM = HEIGHT - 44;

  private Frame() {}

  static Svg drawn(
      String title, Axis x, LongFunction<String> xLabel, Axis y, LongFunction<String> yLabel) {
    Svg svg = new Svg(WIDTH, HEIGHT, title);
    for (long tick : y.ticks()) {
      int at = y.at(tick);
      svg.line("grid", new Point(LEFT, at), new Point(RIGHT, at));
      svg.label("tick y", new Point(LEFT - 8, at + 4), yLabel.apply(tick));
    }
    for (long tick : x.ticks()) {
      int at = x.at(tick);
      svg.line("axis", new Point(at, BOTTOM), new Point(at, BOTTOM + 4));
      svg.label("tick x", new Point(at, BOTTOM + 18), xLabel.apply(tick));
    }
    return svg.line("axis", new Point(LEFT, BOTTOM), new Point(RIGHT, BOTTOM));
  }
}

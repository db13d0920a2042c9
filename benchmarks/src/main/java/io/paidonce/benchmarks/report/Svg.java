package io.paidonce.benchmarks.report;

import java.util.List;
import java.util.stream.Collectors;

/** One picture, written piece by piece. */
final class Svg {

  private final StringBuilder text = new StringBuilder();

  Svg(int width, int height, String title) {
    text.append("<svg viewBox=\"0 0 ")
        .append(width)
        .append(' ')
        .append(height)
        .append("\" role=\"img\" aria-label=\"")
        .append(title)
        .append("\">\n");
  }

  /** A point in pixels. */
  record Point(int x, int y) {
    @Override
    public String toString() {
      return x + "," + y;
    }
  }

  Svg line(String style, Point from, Point to) {
    return add(
        "<line class=\"%s\" x1=\"%d\" y1=\"%d\" x2=\"%d\" y2=\"%d\"/>"
            .formatted(style, from.x(), from.y(), to.x(), to.y()));
  }

  Svg path(String style, List<Point> points) {
    String joined = points.stream().map(Point::toString).collect(Collectors.joining(" "));
    return add("<polyline class=\"%s\" points=\"%s\"/>".formatted(style, joined));
  }

  /** A bar with a text that is shown when it is pointed at. */
  Svg bar(String style, Point corner, int width, int height, String told) {
    return add(
        "<rect class=\"%s\" x=\"%d\" y=\"%d\" width=\"%d\" height=\"%d\"><title>%s</title></rect>"
            .formatted(style, corner.x(), corner.y(), width, height, told));
  }

  Svg dot(String style, Point at, String told) {
    return add(
        "<circle class=\"%s\" cx=\"%d\" cy=\"%d\" r=\"4\"><title>%s</title></circle>"
            .formatted(style, at.x(), at.y(), told));
  }

  Svg label(String style, Point at, String label) {
    return add(
        "<text class=\"%s\" x=\"%d\" y=\"%d\">%s</text>".formatted(style, at.x(), at.y(), label));
  }

  String done() {
    return text + "</svg>\n";
  }

  private Svg add(String element) {
    text.append(element).append('\n');
    return this;
  }
}

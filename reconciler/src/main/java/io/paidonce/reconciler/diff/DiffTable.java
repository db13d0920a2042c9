package io.paidonce.reconciler.diff;

import java.util.ArrayList;
import java.util.List;

/** The report for a person at a terminal. */
public final class DiffTable {

  private DiffTable() {}

  /** Its lines. */
  public static List<String> lines(DiffReport report) {
    List<String> lines = new ArrayList<>();
    lines.add(
        String.format(
            "%,d records folded by both builds in %,d.%d s: %,d a second",
            report.records(),
            report.elapsedMs() / 1000,
            report.elapsedMs() % 1000 / 100,
            report.records() * 1000 / Math.max(1, report.elapsedMs())));
    if (!report.isSame()) {
      lines.add("");
      for (OrderDifference order : report.shown()) {
        lines.add((order.order() == null ? "(no order)" : order.order()) + " from " + order.at());
        order.details().forEach(detail -> lines.add("  " + detail));
      }
      if (report.orders() > report.shown().size()) {
        lines.add(String.format("and %,d more orders", report.orders() - report.shown().size()));
      }
    }
    if (!report.notes().isEmpty()) {
      lines.add("");
      report.notes().forEach((note, count) -> lines.add(String.format("%,d %s", count, note)));
    }
    lines.add("");
    lines.add(
        report.isSame()
            ? "No order would have another history."
            : String.format(
                "%,d orders would have another history; %,d records are folded otherwise.",
                report.orders(), report.recordsDiffering()));
    return lines;
  }
}

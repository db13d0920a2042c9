package io.paidonce.reconciler.replay;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** The report for a person at a terminal. */
public final class ReplayTable {

  private ReplayTable() {}

  /** Its lines. */
  public static List<String> lines(ReplayReport report) {
    List<String> lines = new ArrayList<>();
    lines.add(
        String.format(
            "%,d inputs folded, %,d notifications and commands through intake, in %,d.%d s: %,d a"
                + " second",
            report.inputs(),
            report.notifications(),
            report.elapsedMs() / 1000,
            report.elapsedMs() % 1000 / 100,
            perSecond(report)));
    lines.add("");
    lines.add(String.format("%-24s %14s", "the same", "records"));
    report
        .agreed()
        .forEach((topic, count) -> lines.add(String.format("%-24s %,14d", topic, count)));
    if (!report.differences().isEmpty()) {
      lines.add("");
      lines.add(String.format("%-22s %-24s %10s", "different", "where", "how many"));
      report
          .differences()
          .forEach(
              (kind, topics) ->
                  topics.forEach(
                      (topic, count) ->
                          lines.add(String.format("%-22s %-24s %,10d", kind, topic, count))));
      lines.add("");
      report.shown().forEach(difference -> lines.add(difference.toString()));
      lines.add("");
      for (DifferenceKind kind : report.differences().keySet()) {
        lines.add(kind + ": " + kind.sentence() + " " + kind.suggestedAction());
      }
    }
    untold(report, lines);
    if (!report.notes().isEmpty()) {
      lines.add("");
      report.notes().forEach((note, count) -> lines.add(String.format("%,d %s", count, note)));
    }
    lines.add("");
    lines.add(verdict(report));
    return lines;
  }

  private static void untold(ReplayReport report, List<String> lines) {
    if (report.untold().isEmpty()) {
      return;
    }
    lines.add("");
    lines.add(String.format("%-22s %10s", "could not be told", "how many"));
    for (Map.Entry<Untold, Long> each : report.untold().entrySet()) {
      lines.add(
          String.format(
              "%-22s %,10d  %s", each.getKey(), each.getValue(), each.getKey().sentence()));
      List<String> details = report.untoldDetails().getOrDefault(each.getKey(), List.of());
      details.stream().limit(5).forEach(detail -> lines.add("  " + detail));
    }
  }

  /** Inputs folded and compared a second, intake's part of the time included. */
  public static long perSecond(ReplayReport report) {
    return report.inputs() * 1000 / Math.max(1, report.elapsedMs());
  }

  /** One sentence. */
  static String verdict(ReplayReport report) {
    return switch (report.outcome()) {
      case SAME -> "No difference.";
      case DIFFERENT -> String.format("%,d differences.", report.total());
      case UNTOLD ->
          "No difference in what could be judged; what could not is above, and counts neither way.";
    };
  }
}

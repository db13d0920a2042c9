package io.paidonce.reconciler.replay;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The report as one page of HTML: it loads nothing from elsewhere and runs no script. */
public final class ReplayPage {

  private static final String STYLE =
      """
      body{font:15px/1.5 system-ui,sans-serif;margin:2rem auto;max-width:70rem;padding:0 1rem}
      h1{font-size:1.4rem}h2{font-size:1.1rem;margin-top:2rem}
      table{border-collapse:collapse;width:100%}
      td,th{text-align:left;padding:.25rem .6rem;border-bottom:1px solid #8884;vertical-align:top}
      td.n,th.n{text-align:right;font-variant-numeric:tabular-nums}
      code{font-size:.9em;overflow-wrap:anywhere}
      .bar{display:block;height:.7rem;min-width:1px}
      .same{background:#2a7}.different{background:#c33}.untold{background:#b80}
      @media(prefers-color-scheme:dark){body{background:#161616;color:#eee}}
      """;

  private ReplayPage() {}

  /** The whole page. */
  public static String of(ReplayReport report) {
    StringBuilder page = new StringBuilder(1 << 14);
    page.append("<!doctype html><html lang=\"en\"><head><meta charset=\"utf-8\">")
        .append("<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none';")
        .append(" style-src 'unsafe-inline'\"><title>Replay</title><style>")
        .append(STYLE)
        .append("</style></head><body><h1>")
        .append(text(ReplayTable.verdict(report)))
        .append("</h1><p>")
        .append(text(ReplayTable.lines(report).get(0)))
        .append("</p>");
    chart(page, "The same", "same", report.agreed());
    Map<String, Long> different = new LinkedHashMap<>();
    report
        .differences()
        .forEach(
            (kind, topics) ->
                topics.forEach((topic, count) -> different.put(kind + " " + topic, count)));
    chart(page, "Different", "different", different);
    Map<String, Long> untold = new LinkedHashMap<>();
    report.untold().forEach((why, count) -> untold.put(why + ": " + why.sentence(), count));
    chart(page, "Could not be told", "untold", untold);
    shown(page, report);
    details(page, report);
    chart(page, "Also", "untold", report.notes());
    return page.append("</body></html>\n").toString();
  }

  private static void chart(
      StringBuilder page, String title, String style, Map<String, Long> counts) {
    if (counts.isEmpty()) {
      return;
    }
    long most = counts.values().stream().mapToLong(Long::longValue).max().orElse(1);
    page.append("<h2>").append(text(title)).append("</h2><table>");
    counts.forEach(
        (name, count) ->
            page.append("<tr><td>")
                .append(text(name))
                .append("</td><td class=\"n\">")
                .append(String.format("%,d", count))
                .append("</td><td style=\"width:40%\"><span class=\"bar ")
                .append(style)
                .append("\" style=\"width:")
                .append(count * 100 / Math.max(1, most))
                .append("%\"></span></td></tr>"));
    page.append("</table>");
  }

  private static void shown(StringBuilder page, ReplayReport report) {
    if (report.shown().isEmpty()) {
      return;
    }
    page.append("<h2>The first of each kind</h2><table><tr><th>what</th><th>where</th>")
        .append("<th>order</th><th>detail</th></tr>");
    for (Difference one : report.shown()) {
      page.append("<tr><td title=\"")
          .append(text(one.kind().sentence() + " " + one.kind().suggestedAction()))
          .append("\">")
          .append(one.kind())
          .append("</td><td><code>")
          .append(text(one.at() == null ? one.topic() : one.topic() + ", " + one.at()))
          .append("</code></td><td><code>")
          .append(text(one.order() == null ? "" : one.order()))
          .append("</code></td><td><code>")
          .append(text(one.detail()))
          .append("</code></td></tr>");
    }
    page.append("</table>");
  }

  private static void details(StringBuilder page, ReplayReport report) {
    for (Map.Entry<Untold, List<String>> each : report.untoldDetails().entrySet()) {
      page.append("<details><summary>").append(each.getKey()).append("</summary><ul>");
      for (String detail : each.getValue()) {
        page.append("<li><code>").append(text(detail)).append("</code></li>");
      }
      page.append("</ul></details>");
    }
  }

  // What a record holds was written by strangers.
  private static String text(String raw) {
    StringBuilder safe = new StringBuilder(raw.length() + 16);
    for (int i = 0; i < raw.length(); i++) {
      char c = raw.charAt(i);
      switch (c) {
        case '<' -> safe.append("&lt;");
        case '>' -> safe.append("&gt;");
        case '&' -> safe.append("&amp;");
        case '"' -> safe.append("&quot;");
        case '\'' -> safe.append("&#39;");
        default -> safe.append(c);
      }
    }
    return safe.toString();
  }
}

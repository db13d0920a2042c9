package io.paidonce.benchmarks.report;

import io.paidonce.benchmarks.BenchResult;
import io.paidonce.benchmarks.Figures;
import io.paidonce.benchmarks.load.Latencies;
import io.paidonce.benchmarks.load.Latencies.Bar;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.temporal.ChronoUnit;
import java.util.stream.Stream;

/** The page of one run. */
public final class ReportPage {

  private static final String PAGE =
      """
      <!doctype html>
      <html lang="en">
      <head>
      <meta charset="utf-8">
      <meta name="viewport" content="width=device-width, initial-scale=1">
      <title>PaidOnce benchmark, %1$s</title>
      <style>
      body { margin: 2rem auto; max-width: 900px; padding: 0 1rem; background: #fff; color: #1a1a19;
             font: 16px/1.5 system-ui, sans-serif; }
      h1 { font-size: 1.5rem; margin-bottom: .25rem; }
      h2 { font-size: 1.1rem; margin: 2.25rem 0 .25rem; }
      p { margin: .25rem 0; color: #52514e; }
      pre { background: #f6f6f4; padding: 1rem; overflow-x: auto; font-size: .8rem; line-height: 1.4; }
      svg { width: 100%%; height: auto; margin-top: .5rem; }
      .tiles { display: flex; flex-wrap: wrap; gap: 1rem; margin: 1.25rem 0; }
      .tile { flex: 1 1 auto; border: 1px solid #e3e2dd; border-radius: 6px; padding: .6rem .9rem; }
      .tile b { display: block; font-size: 1.3rem; font-weight: 600; white-space: nowrap; }
      .tile span { color: #52514e; font-size: .85rem; }
      .key i { display: inline-block; width: .8rem; height: .8rem; border-radius: 2px; margin: 0 .35rem 0 .9rem; }
      .key i:first-child { margin-left: 0; }
      i.ack { background: #2a78d6; } i.paid { background: #b4551f; }
      .grid { stroke: #e8e7e2; stroke-width: 1; }
      .axis { stroke: #8a8984; stroke-width: 1; }
      .tick { font: 12px system-ui, sans-serif; fill: #52514e; }
      .tick.x { text-anchor: middle; } .tick.y { text-anchor: end; }
      .curve { fill: none; stroke-width: 2; stroke-linejoin: round; }
      .curve.ack { stroke: #2a78d6; } .curve.paid { stroke: #b4551f; }
      .point { opacity: 0; } .point:hover { opacity: 1; }
      .point.ack, .bar.ack { fill: #2a78d6; }
      .point.paid, .bar.paid { fill: #b4551f; }
      .bar:hover { opacity: .75; }
      </style>
      </head>
      <body>
      <h1>Callbacks end to end, %2$s</h1>
      <p>%3$s. %4$s.</p>
      <div class="tiles">%5$s</div>
      <h2>As much as it takes: callbacks a second</h2>
      <p class="key"><i class="ack"></i>acknowledged, all requests<i class="paid"></i>paid: order-paid readable, unique payments</p>
      <p>%6$s</p>
      %7$s
      <h2>At %8$s a second: how long it takes</h2>
      <p class="key"><i class="ack"></i>from the due time to the success answer<i class="paid"></i>from the due time until order-paid can be read</p>
      %9$s
      <h2>The success answer</h2>
      %10$s
      <h2>order-paid</h2>
      %11$s
      <h2>All of it</h2>
      <pre>%12$s</pre>
      <pre>%13$s</pre>
      </body>
      </html>
      """;

  private ReportPage() {}

  /** Writes the page and returns where. */
  public static Path write(BenchResult result, Path directory) throws IOException {
    Files.createDirectories(directory);
    String flush = result.settings().flush() ? "on" : "off";
    Path page = directory.resolve("bench-flush-" + flush + ".html");
    Files.writeString(page, of(result));
    return page;
  }

  static String of(BenchResult result) {
    Latencies ack = result.constant().load().latencies();
    Latencies paid = result.constant().paid().latencies();
    long mostMicros =
        Stream.of(ack, paid)
            .flatMap(latencies -> latencies.bars().stream())
            .filter(bar -> bar.count() > 0)
            .mapToLong(Bar::toMicros)
            .max()
            .orElse(1_000);
    String flush =
        result.settings().flush() ? "flush.messages=1, as shipped" : "without flush.messages=1";
    return PAGE.formatted(
        result.at().truncatedTo(ChronoUnit.SECONDS),
        flush,
        escaped(result.machine().toString()),
        result.at().truncatedTo(ChronoUnit.SECONDS),
        tiles(result.figures()),
        drained(result),
        ThroughputPlot.of(result.saturation()),
        "%,d".formatted(result.settings().rate()),
        PercentilePlot.of(ack, paid),
        LatencyBars.of("ack", "success answer", ack, mostMicros),
        LatencyBars.of("paid", "order-paid", paid, mostMicros),
        escaped(String.join("\n", result.table())),
        escaped(result.lastLine()));
  }

  private static String drained(BenchResult result) {
    return "The load lasted "
        + Figures.seconds(result.saturation().load().tookMicros())
        + " s; its last payment was in PostgreSQL after "
        + Figures.seconds(result.saturation().tookMicros())
        + " s.";
  }

  private static String tiles(Figures figures) {
    return tile("%,d".formatted(figures.acknowledgedPerSecond().longValue()), "acknowledged /s")
        + tile("%,d".formatted(figures.paidPerSecond().longValue()), "paid and projected /s")
        + tile(figures.ackP99Millis() + " ms", "success answer p99")
        + tile(
            figures.paidP50Millis() + " / " + figures.paidP99Millis() + " ms",
            "order-paid p50 / p99")
        + tile(Long.toString(figures.leftBehind()), "left behind");
  }

  private static String tile(String figure, String what) {
    return "<div class=\"tile\"><b>" + figure + "</b><span>" + what + "</span></div>";
  }

  private static String escaped(String text) {
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
  }
}

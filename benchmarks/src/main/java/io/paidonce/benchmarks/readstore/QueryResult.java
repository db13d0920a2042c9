package io.paidonce.benchmarks.readstore;

import io.paidonce.benchmarks.Machine;
import io.paidonce.benchmarks.load.Latencies;
import io.paidonce.benchmarks.stack.CpuTimes;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * What a run found.
 *
 * @param updatesPerSecond order updates committed while it was asked
 * @param nanos how long that was
 */
public record QueryResult(
    QuerySettings settings,
    Machine machine,
    Questions.Asked asked,
    long updatesPerSecond,
    CpuTimes cpu,
    long nanos) {

  /** Whether each question was answered with its order. */
  public boolean holds() {
    return asked.failed() == 0;
  }

  public String lastLine() {
    return String.format(
        Locale.ROOT,
        "{\"p50_ms\":%s,\"p99_ms\":%s,\"asked\":%d,\"failed\":%d,\"order_updates_per_s\":%d}",
        millis(asked.all().p50Micros()),
        millis(asked.all().p99Micros()),
        asked.all().count(),
        asked.failed(),
        updatesPerSecond);
  }

  /** The table above the last line. */
  public List<String> table() {
    List<String> lines = new ArrayList<>();
    lines.add(machine.toString());
    lines.add(
        settings.orders()
            + " orders stored, "
            + settings.rate()
            + " questions a second, "
            + updatesPerSecond
            + " order updates a second meanwhile");
    lines.add("");
    lines.add("asked by              p50 ms    p99 ms");
    asked.byId().forEach((id, latencies) -> lines.add(row(id.name(), latencies)));
    lines.add(row("any", asked.all()));
    lines.add("");
    lines.add("CPU time, of one core");
    cpu.microsByProcess()
        .forEach(
            (name, micros) ->
                lines.add(
                    String.format(Locale.ROOT, "  %-18s %3d %%", name, micros * 100_000 / nanos)));
    return lines;
  }

  private static String row(String name, Latencies latencies) {
    return String.format(
        Locale.ROOT,
        "  %-18s %8s  %8s",
        name,
        millis(latencies.p50Micros()),
        millis(latencies.p99Micros()));
  }

  private static BigDecimal millis(long micros) {
    return BigDecimal.valueOf(micros, 3).setScale(1, RoundingMode.HALF_UP);
  }
}

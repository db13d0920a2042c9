package io.paidonce.benchmarks;

import io.paidonce.benchmarks.load.LoadResult;
import io.paidonce.benchmarks.stack.CpuTimes;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * What a run found.
 *
 * @param settings how it was made
 * @param machine where
 * @param at when
 * @param figures the numbers of the last line
 * @param warmUp the phase that is not reported
 * @param saturation the saturating phase
 * @param constant the phase at a constant rate
 * @param cpu used from the saturating phase's start until its last payment was projected
 * @param hotMethods where the services spent it, as text; empty without --profile
 */
public record BenchResult(
    BenchSettings settings,
    Machine machine,
    Instant at,
    Figures figures,
    Drained warmUp,
    Drained saturation,
    Drained constant,
    CpuTimes cpu,
    List<String> hotMethods) {

  private static final int THREADS_SHOWN = 12;

  /** Whether all that was sent was acknowledged, and all that was acknowledged was paid once. */
  public boolean holds() {
    return figures.leftBehind() == 0
        && List.of(warmUp, saturation, constant).stream()
            .allMatch(phase -> phase.load().failed() == 0 && phase.paid().twice() == 0);
  }

  public String lastLine() {
    return figures.toJson();
  }

  /** The table above the last line. */
  public List<String> table() {
    LoadResult load = saturation.load();
    List<String> lines = new ArrayList<>();
    row(lines, "machine", machine.toString());
    row(lines, "flush.messages", settings.flush() ? "1, as shipped" : "off");
    row(
        lines,
        "requests",
        load.requests()
            + ", "
            + load.repeated()
            + " of them repeated ("
            + settings.duplicates()
            + ")");
    row(lines, "acknowledged", figures.acknowledgedPerSecond() + " /s");
    row(lines, "paid and projected", figures.paidPerSecond() + " /s");
    row(lines, "at a constant rate", settings.rate() + " /s");
    row(lines, "  acknowledged", millis(figures.ackP50Millis(), figures.ackP99Millis()));
    row(lines, "  order-paid seen", millis(figures.paidP50Millis(), figures.paidP99Millis()));
    row(
        lines,
        "other answers",
        "saturating " + load.failures() + ", constant rate " + constant.load().failures());
    row(lines, "paid twice", Long.toString(saturation.paid().twice() + constant.paid().twice()));
    row(lines, "left behind", Long.toString(figures.leftBehind()));
    lines.add("");
    lines.add("CPU time of the saturating phase, until all was projected");
    long total = cpu.microsByProcess().values().stream().mapToLong(Long::longValue).sum();
    cpu.microsByProcess().forEach((name, micros) -> lines.add(cpuRow(name, micros, total)));
    lines.add(cpuRow("together", total, total));
    if (!cpu.microsByThread().isEmpty()) {
      lines.add("");
      lines.add("Threads of the services");
      cpu.microsByThread().entrySet().stream()
          .sorted(Map.Entry.<String, Long>comparingByValue(Comparator.reverseOrder()))
          .limit(THREADS_SHOWN)
          .forEach(thread -> lines.add(cpuRow(thread.getKey(), thread.getValue(), total)));
    }
    if (!hotMethods.isEmpty()) {
      lines.add("");
      lines.addAll(hotMethods);
    }
    return lines;
  }

  private static void row(List<String> lines, String what, String found) {
    lines.add(String.format(Locale.ROOT, "%-20s %s", what, found));
  }

  private static String millis(BigDecimal p50, BigDecimal p99) {
    return "p50 " + p50 + " ms, p99 " + p99 + " ms";
  }

  private String cpuRow(String name, long micros, long total) {
    long requests = Math.max(1, saturation.load().successes());
    return String.format(
        Locale.ROOT,
        "  %-18s %8s s  %6s us a callback  %3d %%",
        name,
        BigDecimal.valueOf(micros, 6).setScale(1, RoundingMode.HALF_UP),
        BigDecimal.valueOf(micros).divide(BigDecimal.valueOf(requests), 1, RoundingMode.HALF_UP),
        total == 0 ? 0 : 100 * micros / total);
  }
}

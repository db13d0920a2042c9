package io.paidonce.benchmarks.readstore;

import io.paidonce.benchmarks.Machine;
import io.paidonce.benchmarks.stack.CpuTimes;
import io.paidonce.projector.Rebuilt;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a run found.
 *
 * @param updates order updates that were committed while it was watched
 * @param records of all topics, likewise
 * @param nanos how long it was watched
 * @param wholeNanos from the projector's start until all was in; 0 where the watch ended before
 * @param complete whether the tables have the rows that they must have
 * @param rebuilt what a rebuild did; absent where none was asked for
 * @param hotMethods as text; empty without a profile
 */
public record ProjectorResult(
    ProjectorSettings settings,
    Machine machine,
    long updates,
    long records,
    long nanos,
    long wholeNanos,
    CpuTimes cpu,
    boolean complete,
    @Nullable Rebuilt rebuilt,
    List<String> hotMethods) {

  private static final int THREADS_SHOWN = 8;
  private static final long SECOND_NANOS = 1_000_000_000;

  ProjectorResult with(Rebuilt told) {
    return new ProjectorResult(
        settings, machine, updates, records, nanos, wholeNanos, cpu, complete, told, hotMethods);
  }

  /** Whether the tables are what the topics say. */
  public boolean holds() {
    return complete;
  }

  long updatesPerSecond() {
    return updates * SECOND_NANOS / Math.max(1, nanos);
  }

  long recordsPerSecond() {
    return records * SECOND_NANOS / Math.max(1, nanos);
  }

  public String lastLine() {
    return String.format(
        Locale.ROOT,
        "{\"order_updates_per_s\":%d,\"records_per_s\":%d,\"core_us_an_update\":%s,"
            + "\"updates\":%d,\"complete\":%b}",
        updatesPerSecond(),
        recordsPerSecond(),
        each(micros()),
        updates,
        complete);
  }

  /** The table above the last line. */
  public List<String> table() {
    List<String> lines = new ArrayList<>();
    lines.add(machine.toString());
    lines.add(
        updates
            + " order updates in "
            + seconds(nanos)
            + " s after "
            + settings.warmUp()
            + " to warm up"
            + (settings.writers() == 1 ? "" : ", " + settings.writers() + " writers")
            + (settings.everything() ? ", with everything else that services write" : ""));
    if (wholeNanos > 0) {
      lines.add("all " + settings.orders() + " orders in " + seconds(wholeNanos) + " s");
    }
    if (rebuilt != null) {
      lines.add(
          "rebuilt "
              + rebuilt.orders()
              + " orders beside it in "
              + seconds(rebuilt.took().toNanos())
              + " s, the switch included");
    }
    lines.add("");
    lines.add("CPU time");
    cpu.microsByProcess().forEach((name, micros) -> lines.add(row(name, micros)));
    lines.add(row("together", micros()));
    if (!cpu.microsByThread().isEmpty()) {
      lines.add("");
      lines.add("Threads of the projector's process");
      cpu.microsByThread().entrySet().stream()
          .sorted(Map.Entry.<String, Long>comparingByValue(Comparator.reverseOrder()))
          .limit(THREADS_SHOWN)
          .forEach(thread -> lines.add(row(thread.getKey(), thread.getValue())));
    }
    if (!hotMethods.isEmpty()) {
      lines.add("");
      lines.addAll(hotMethods);
    }
    return lines;
  }

  private long micros() {
    return cpu.microsByProcess().values().stream().mapToLong(Long::longValue).sum();
  }

  private String row(String name, long micros) {
    return String.format(
        Locale.ROOT,
        "  %-18s %8s s  %6s us an update",
        name,
        BigDecimal.valueOf(micros, 6).setScale(1, RoundingMode.HALF_UP),
        each(micros));
  }

  private BigDecimal each(long micros) {
    return BigDecimal.valueOf(micros)
        .divide(BigDecimal.valueOf(Math.max(1, updates)), 1, RoundingMode.HALF_UP);
  }

  private static BigDecimal seconds(long nanos) {
    return BigDecimal.valueOf(nanos, 9).setScale(1, RoundingMode.HALF_UP);
  }
}

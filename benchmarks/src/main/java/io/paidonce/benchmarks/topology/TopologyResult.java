package io.paidonce.benchmarks.topology;

import io.paidonce.benchmarks.Machine;
import io.paidonce.benchmarks.stack.CpuTimes;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * What a run found.
 *
 * @param counted notifications from the first look to the last
 * @param nanos between the two
 * @param paid orders that have an {@code order-paid}
 * @param repeated {@code order-paid} records beyond one an order
 * @param cpu used between the two looks
 * @param hotMethods as text; empty without a profile
 */
public record TopologyResult(
    TopologySettings settings,
    Machine machine,
    int counted,
    long nanos,
    int paid,
    int repeated,
    CpuTimes cpu,
    List<String> hotMethods) {

  private static final int THREADS_SHOWN = 8;

  /** Whether each notification made its order paid, once. */
  public boolean holds() {
    return paid == settings.total() && repeated == 0;
  }

  public long perSecond() {
    return Math.round(counted * 1e9 / Math.max(1, nanos));
  }

  public String lastLine() {
    return String.format(
        Locale.ROOT,
        "{\"notifications_per_s\":%d,\"core_us_each\":%s,\"paid\":%d,\"paid_twice\":%d}",
        perSecond(),
        each(micros()),
        paid,
        repeated);
  }

  /** The table above the last line. */
  public List<String> table() {
    List<String> lines = new ArrayList<>();
    lines.add(machine.toString());
    lines.add(
        counted
            + " notifications after "
            + settings.warmUp()
            + " to warm up, flush.messages "
            + (settings.flush() ? "1, as shipped" : "off"));
    lines.add("");
    lines.add("CPU time");
    cpu.microsByProcess().forEach((name, micros) -> lines.add(row(name, micros)));
    lines.add(row("together", micros()));
    if (!cpu.microsByThread().isEmpty()) {
      lines.add("");
      lines.add("Threads of the topology's process");
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

  private BigDecimal each(long micros) {
    return BigDecimal.valueOf(micros)
        .divide(BigDecimal.valueOf(Math.max(1, counted)), 1, RoundingMode.HALF_UP);
  }

  private String row(String name, long micros) {
    return String.format(
        Locale.ROOT,
        "  %-18s %8s s  %6s us a notification",
        name,
        BigDecimal.valueOf(micros, 6).setScale(1, RoundingMode.HALF_UP),
        each(micros));
  }
}

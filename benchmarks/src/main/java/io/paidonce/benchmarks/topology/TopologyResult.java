package io.paidonce.benchmarks.topology;

import io.paidonce.benchmarks.Machine;
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
 * @param watched from the first look after the warm-up to the last
 * @param paid orders that have an {@code order-paid}
 * @param repeated {@code order-paid} records beyond one an order
 * @param hotMethods as text; empty without a profile
 */
public record TopologyResult(
    TopologySettings settings,
    Machine machine,
    Window watched,
    int paid,
    int repeated,
    List<String> hotMethods) {

  private static final int THREADS_SHOWN = 8;

  /** Whether each notification made its order paid, once. */
  public boolean holds() {
    return paid == settings.total() && repeated == 0;
  }

  public String lastLine() {
    return String.format(
        Locale.ROOT,
        "{\"notifications_per_s\":%d,\"core_us_each\":%s,\"paid\":%d,\"paid_twice\":%d}",
        watched.perSecond(),
        watched.each(watched.micros()),
        paid,
        repeated);
  }

  /** The table above the last line. */
  public List<String> table() {
    List<String> lines = new ArrayList<>();
    lines.add(machine.toString());
    lines.add(
        watched.counted()
            + " notifications after "
            + settings.warmUp()
            + " to warm up, flush.messages "
            + (settings.flush() ? "1, as shipped" : "off"));
    lines.add("");
    lines.add("CPU time");
    watched.cpu().microsByProcess().forEach((name, micros) -> lines.add(row(name, micros)));
    lines.add(row("together", watched.micros()));
    if (!watched.cpu().microsByThread().isEmpty()) {
      lines.add("");
      lines.add("Threads of the topology's process");
      watched.cpu().microsByThread().entrySet().stream()
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

  private String row(String name, long micros) {
    return String.format(
        Locale.ROOT,
        "  %-18s %8s s  %6s us a notification",
        name,
        BigDecimal.valueOf(micros, 6).setScale(1, RoundingMode.HALF_UP),
        watched.each(micros));
  }
}

package io.paidonce.benchmarks.gateway;

import io.paidonce.benchmarks.Figures;
import io.paidonce.benchmarks.Machine;
import io.paidonce.benchmarks.load.LoadResult;
import io.paidonce.benchmarks.stack.CpuTimes;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * What a run found.
 *
 * @param saturation on as many connections as are usual, each as fast as it is answered
 * @param constant at the constant rate
 * @param missing callbacks that were acknowledged and are not in the topic
 * @param used CPU time in the saturating phase
 */
public record GatewayResult(
    GatewaySettings settings,
    Machine machine,
    LoadResult saturation,
    LoadResult constant,
    long missing,
    CpuTimes used) {

  /** Whether everything was acknowledged, and is there. */
  public boolean holds() {
    return missing == 0 && saturation.failed() == 0 && constant.failed() == 0;
  }

  public String lastLine() {
    return String.format(
        Locale.ROOT,
        "{\"accepted_per_s\":%s,\"saturated_p99_ms\":%s,\"p50_ms\":%s,\"p99_ms\":%s,\"missing\":%d}",
        Figures.perSecond(saturation.successes(), saturation.tookMicros()),
        Figures.millis(saturation.latencies().p99Micros()),
        Figures.millis(constant.latencies().p50Micros()),
        Figures.millis(constant.latencies().p99Micros()),
        missing);
  }

  /** The table above the last line. */
  public List<String> table() {
    List<String> lines = new ArrayList<>();
    lines.add(machine.toString());
    lines.add(
        "gateway and broker alone, flush.messages "
            + (settings.flush() ? "as shipped" : "left to the kernel"));
    lines.add("");
    lines.add("phase                       accepted/s    p50 ms    p99 ms    failed");
    lines.add(row("saturated", saturation));
    lines.add(row(settings.rate() + " a second", constant));
    lines.add("");
    lines.add("CPU time while saturated, of one core");
    used.microsByProcess()
        .forEach(
            (name, micros) ->
                lines.add(
                    String.format(
                        Locale.ROOT,
                        "  %-18s %3d %%",
                        name,
                        micros * 100 / Math.max(1, saturation.tookMicros()))));
    return lines;
  }

  private static String row(String phase, LoadResult load) {
    return String.format(
        Locale.ROOT,
        "  %-24s %11s  %8s  %8s  %8d",
        phase,
        Figures.perSecond(load.successes(), load.tookMicros()),
        Figures.millis(load.latencies().p50Micros()),
        Figures.millis(load.latencies().p99Micros()),
        load.failed());
  }
}

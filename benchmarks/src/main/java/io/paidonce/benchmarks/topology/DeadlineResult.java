package io.paidonce.benchmarks.topology;

import io.paidonce.benchmarks.Machine;
import io.paidonce.benchmarks.load.Latencies;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.List;
import java.util.Locale;

/**
 * What a run found.
 *
 * @param idleMicros CPU time of the topology in that many seconds while nothing happens and no
 *     order waits
 * @param waitingMicros and while all of them wait
 * @param calm from a payment's due time to its committed order-paid, while nothing falls due
 * @param busy and while orders fall due
 * @param cancelled orders that were cancelled because their time was over
 * @param cancelledNanos from the first of them to the last
 * @param paid orders of the payments that have an order-paid
 */
public record DeadlineResult(
    DeadlineSettings settings,
    Machine machine,
    long idleMicros,
    long waitingMicros,
    Latencies calm,
    Latencies busy,
    int cancelled,
    long cancelledNanos,
    long paid) {

  /** Whether every deadline was met once, and every payment paid its order. */
  public boolean holds() {
    return cancelled == settings.due() && paid == settings.payments();
  }

  /** Of one core, in percent: what waiting adds to an idle topology. */
  BigDecimal addedPercent() {
    return percent(waitingMicros - idleMicros);
  }

  private BigDecimal percent(long micros) {
    return BigDecimal.valueOf(micros)
        .movePointLeft(4)
        .divide(BigDecimal.valueOf(settings.seconds()), 2, RoundingMode.HALF_UP);
  }

  public String lastLine() {
    return String.format(
        Locale.ROOT,
        "{\"waiting\":%d,\"added_core_percent\":%s,\"due\":%d,\"cancelled\":%d,"
            + "\"paid_p99_ms_calm\":%s,\"paid_p99_ms_while_due\":%s,\"paid\":%d}",
        settings.waiting(),
        addedPercent(),
        settings.due(),
        cancelled,
        millis(calm.p99Micros()),
        millis(busy.p99Micros()),
        paid);
  }

  /** The table above the last line. */
  public List<String> table() {
    return List.of(
        machine.toString(),
        "",
        "CPU time of the topology while nothing happens, of one core",
        "  no order waits            " + percent(idleMicros) + " %",
        "  " + settings.waiting() + " orders wait      " + percent(waitingMicros) + " %",
        "",
        settings.perSecond() + " payments a second: from due time to committed order-paid",
        "  while nothing falls due   " + text(calm),
        "  while " + settings.due() + " fall due    " + text(busy),
        "  those were cancelled within "
            + BigDecimal.valueOf(cancelledNanos, 9).setScale(1, RoundingMode.HALF_UP)
            + " s");
  }

  private static String text(Latencies of) {
    return "p50 "
        + millis(of.p50Micros())
        + " ms, p99 "
        + millis(of.p99Micros())
        + " ms, of "
        + of.count();
  }

  private static BigDecimal millis(long micros) {
    return BigDecimal.valueOf(micros, 3).setScale(1, RoundingMode.HALF_UP);
  }
}

package io.paidonce.benchmarks;

import io.paidonce.benchmarks.load.LoadResult;
import io.paidonce.benchmarks.load.PaidResult;
import java.math.BigDecimal;
import java.math.RoundingMode;

/**
 * The numbers of a run's last line.
 *
 * @param acknowledgedPerSecond success answers in the saturating phase, by its length
 * @param paidPerSecond its unique payments in PostgreSQL as PAID, by the time from its start until
 *     the last of them was there
 * @param ackP50Millis at the constant rate, from the due time to the success answer
 * @param ackP99Millis the same
 * @param paidP50Millis at the constant rate, from the due time of an order's first callback until a
 *     {@code read_committed} consumer has its order-paid
 * @param paidP99Millis the same
 * @param leftBehind payments that were acknowledged and are not PAID in PostgreSQL 60 s later
 */
public record Figures(
    BigDecimal acknowledgedPerSecond,
    BigDecimal paidPerSecond,
    BigDecimal ackP50Millis,
    BigDecimal ackP99Millis,
    BigDecimal paidP50Millis,
    BigDecimal paidP99Millis,
    long leftBehind) {

  /**
   * Computes them.
   *
   * @param saturation how the saturating phase ended
   * @param constant what the phase at a constant rate was answered
   * @param paid what was paid in it
   * @param leftBehind of all phases
   */
  static Figures of(Drained saturation, LoadResult constant, PaidResult paid, long leftBehind) {
    LoadResult load = saturation.load();
    return new Figures(
        perSecond(load.successes(), load.tookMicros()),
        perSecond(saturation.projected(), saturation.tookMicros()),
        millis(constant.latencies().p50Micros()),
        millis(constant.latencies().p99Micros()),
        millis(paid.latencies().p50Micros()),
        millis(paid.latencies().p99Micros()),
        leftBehind);
  }

  /** Whole ones. */
  public static BigDecimal perSecond(long count, long micros) {
    return micros <= 0
        ? BigDecimal.ZERO
        : BigDecimal.valueOf(count)
            .movePointRight(6)
            .divide(BigDecimal.valueOf(micros), 0, RoundingMode.HALF_UP);
  }

  /** Milliseconds with one decimal. */
  public static BigDecimal millis(long micros) {
    return BigDecimal.valueOf(micros, 3).setScale(1, RoundingMode.HALF_UP);
  }

  /** Seconds with one decimal. */
  public static BigDecimal seconds(long micros) {
    return BigDecimal.valueOf(micros, 6).setScale(1, RoundingMode.HALF_UP);
  }

  String toJson() {
    return "{\"acknowledged_per_s\":"
        + acknowledgedPerSecond
        + ",\"paid_per_s\":"
        + paidPerSecond
        + ",\"ack_p50_ms\":"
        + ackP50Millis
        + ",\"ack_p99_ms\":"
        + ackP99Millis
        + ",\"paid_p50_ms\":"
        + paidP50Millis
        + ",\"paid_p99_ms\":"
        + paidP99Millis
        + ",\"left_behind\":"
        + leftBehind
        + "}";
  }
}

package io.paidonce.benchmarks.topology;

import io.paidonce.benchmarks.stack.CpuTimes;
import java.math.BigDecimal;
import java.math.RoundingMode;

/**
 * A stretch of a run.
 *
 * @param counted orders paid in it
 * @param nanos it lasted
 * @param cpu used in it
 */
public record Window(int counted, long nanos, CpuTimes cpu) {

  public long perSecond() {
    return Math.round(counted * 1e9 / Math.max(1, nanos));
  }

  /** Core time of all processes. */
  long micros() {
    return cpu.microsByProcess().values().stream().mapToLong(Long::longValue).sum();
  }

  /** Core time a notification, of what was used in all. */
  BigDecimal each(long micros) {
    return BigDecimal.valueOf(micros)
        .divide(BigDecimal.valueOf(Math.max(1, counted)), 1, RoundingMode.HALF_UP);
  }
}

package io.paidonce.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;

import io.paidonce.benchmarks.load.Latencies;
import io.paidonce.benchmarks.load.Latencies.Percentile;
import io.paidonce.benchmarks.load.LoadResult;
import io.paidonce.benchmarks.load.PaidResult;
import java.math.BigDecimal;
import java.util.BitSet;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

final class FiguresTest {

  private static final long STARTED_AT_MICROS = 1_000_000_000L;

  private static LoadResult load(long successes, long tookMicros, BitSet acknowledged) {
    return new LoadResult(
        STARTED_AT_MICROS,
        tookMicros,
        successes,
        0,
        successes,
        Map.of(),
        new long[] {successes},
        latencies(4_440, 12_350),
        false,
        acknowledged.toByteArray());
  }

  private static Latencies latencies(long p50Micros, long p99Micros) {
    return new Latencies(
        100,
        List.of(new Percentile(50_000, p50Micros), new Percentile(99_000, p99Micros)),
        List.of());
  }

  private static PaidResult paid(long count) {
    return new PaidResult(count, 0, 0, new long[] {count}, latencies(55_000, 120_960));
  }

  private static BitSet numbers(int... numbers) {
    BitSet set = new BitSet();
    for (int number : numbers) {
      set.set(number);
    }
    return set;
  }

  @Test
  void leftBehindIsWhatWasAcknowledgedAndIsNotPaid() {
    Drained drained =
        Drained.of(load(3, 1, numbers(0, 1, 2)), paid(2), numbers(0, 2), STARTED_AT_MICROS);
    assertThat(drained.leftBehind()).isEqualTo(1);
  }

  @Test
  void aPaymentWithoutAnswerMakesUpForNoneThatIsMissing() {
    // As many paid as acknowledged, but not the same ones: a timed-out request may have been
    // stored.
    Drained drained =
        Drained.of(load(2, 1, numbers(0, 1)), paid(2), numbers(0, 5), STARTED_AT_MICROS);
    assertThat(drained.projected()).isEqualTo(2);
    assertThat(drained.leftBehind()).isEqualTo(1);
  }

  @Test
  void paidPerSecondCountsTheTimeUntilTheLastIsThere() {
    BitSet all = new BitSet();
    all.set(0, 600);
    LoadResult load = load(600, 10_000_000, all);
    Drained drained = Drained.of(load, paid(600), all, STARTED_AT_MICROS + 12_000_000);
    Figures figures = Figures.of(drained, load, paid(600), 0);
    assertThat(figures.acknowledgedPerSecond()).isEqualTo("60");
    assertThat(figures.paidPerSecond()).isEqualTo("50");
  }

  @Test
  void theLastLineIsOneJsonObject() {
    BitSet all = numbers(0);
    LoadResult load = load(60_000, 10_000_000, all);
    Drained drained = Drained.of(load, paid(1), all, STARTED_AT_MICROS + 1);
    assertThat(Figures.of(drained, load, paid(1), 3).toJson())
        .isEqualTo(
            "{\"acknowledged_per_s\":6000,\"paid_per_s\":1000000,\"ack_p50_ms\":4.4,"
                + "\"ack_p99_ms\":12.4,\"paid_p50_ms\":55.0,\"paid_p99_ms\":121.0,"
                + "\"left_behind\":3}");
  }

  @Test
  void noTimeIsNoRate() {
    assertThat(Figures.perSecond(7, 0)).isEqualTo(BigDecimal.ZERO);
  }
}

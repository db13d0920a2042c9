package io.paidonce.benchmarks.load;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

final class TallyTest {

  private static final long SECOND = 1_000_000_000L;

  @Test
  void onlySuccessIsAcknowledged() {
    Tally tally = new Tally(0, 3);
    Shot acknowledged = new Shot(0, false, 0);
    Shot refused = new Shot(1, false, 0);
    Shot repeated = new Shot(0, true, SECOND);
    tally.sending(acknowledged);
    tally.sending(refused);
    tally.sending(repeated);
    tally.answered(acknowledged, 200, 2_000_000);
    tally.answered(refused, 503, 2_000_000);
    tally.answered(repeated, 200, SECOND + 4_000_000);
    LoadResult result = tally.result(0, 2 * SECOND, false);
    assertThat(result.requests()).isEqualTo(3);
    assertThat(result.repeated()).isEqualTo(1);
    assertThat(result.successes()).isEqualTo(2);
    assertThat(result.acknowledged().stream()).containsExactly(0);
    assertThat(result.failures()).hasSize(1).containsEntry("HTTP 503", 1L);
    assertThat(result.failed()).isEqualTo(1);
    assertThat(result.successesPerSecond()).containsExactly(1, 1);
    assertThat(result.latencies().count()).isEqualTo(2);
    assertThat(result.latencies().p50Micros()).isBetween(1_990L, 2_010L);
    assertThat(result.latencies().p99Micros()).isBetween(3_990L, 4_010L);
  }
}

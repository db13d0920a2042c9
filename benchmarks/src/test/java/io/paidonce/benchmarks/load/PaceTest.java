package io.paidonce.benchmarks.load;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

final class PaceTest {

  private static final long SECOND = 1_000_000_000L;
  private static final long START = 5 * SECOND;

  @Test
  void aConstantPaceIsDueAtEqualSteps() {
    Pace pace = Pace.constant(START, SECOND, 4);
    assertThat(pace.take(START)).isEqualTo(START);
    assertThat(pace.take(START)).isEqualTo(Pace.NOT_YET);
    assertThat(pace.take(START + SECOND / 4)).isEqualTo(START + SECOND / 4);
  }

  @Test
  void whatIsSentLateWasDueAllTheSame() {
    // Else a stall would hide the latency of all that had to wait for its end.
    Pace pace = Pace.constant(START, SECOND, 4);
    long afterAStall = START + 10 * SECOND;
    assertThat(pace.take(afterAStall)).isEqualTo(START);
    assertThat(pace.take(afterAStall)).isEqualTo(START + SECOND / 4);
    assertThat(pace.isOver(afterAStall)).isFalse();
  }

  @Test
  void aConstantPaceIsOverWhenAllIsSent() {
    Pace pace = Pace.constant(START, SECOND, 4);
    for (int i = 0; i < 4; i++) {
      assertThat(pace.isOver(START)).isFalse();
      pace.take(START + SECOND);
    }
    assertThat(pace.isOver(START)).isTrue();
  }

  @Test
  void aClosedLoopIsAlwaysDueUntilItsEnd() {
    Pace pace = Pace.closedLoop(START, SECOND);
    assertThat(pace.take(START + 1)).isEqualTo(START + 1);
    assertThat(pace.take(START + 1)).isEqualTo(START + 1);
    assertThat(pace.isOver(START + SECOND - 1)).isFalse();
    assertThat(pace.isOver(START + SECOND)).isTrue();
  }
}

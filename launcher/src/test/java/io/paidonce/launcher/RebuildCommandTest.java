package io.paidonce.launcher;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

final class RebuildCommandTest {

  @Test
  void theLineSaysHowFarHowFastAndHowLongStill() {
    assertThat(RebuildCommand.line(250_000, 1_000_000, 5_000))
        .isEqualTo(
            "rebuild: [#####...............] 25 %, 250,000 of 1,000,000 records, 5,000 a second,"
                + " 2 min left");
  }

  @Test
  void whatIsNotKnownIsNotSaid() {
    assertThat(RebuildCommand.line(0, 0, 0))
        .isEqualTo("rebuild: [####################] 100 %, 0 of 0 records, 0 a second");
  }
}

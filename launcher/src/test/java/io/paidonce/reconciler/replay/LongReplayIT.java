package io.paidonce.reconciler.replay;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The same as {@link ReplayTest} of as many orders as fit into a test's memory with their log. */
class LongReplayIT {

  private static final long SEED = Long.getLong("paidonce.seed", 20260131);

  @TempDir private Path stateDir;

  @Test
  @Tag("proof")
  void aDayOfTwentyThousandOrdersFoldsToTheSame() {
    MemoryLog day = SeededTraffic.of(SEED, 20_000, stateDir);
    ReplayConfig config = new ReplayConfig("nowhere", "group", null, Duration.ZERO, 2);
    ReplayReport report = new Replay(day, null, ReplayRange.ALL, config, new Tally()).run();
    assertThat(report.shown()).as("seed %d", SEED).isEmpty();
    assertThat(report.outcome()).isEqualTo(ReplayReport.Outcome.SAME);
    assertThat(report.inputs()).isGreaterThan(20_000);
  }
}

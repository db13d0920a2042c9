package io.paidonce.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;

import io.paidonce.benchmarks.topology.TopologyBench;
import io.paidonce.benchmarks.topology.TopologyResult;
import io.paidonce.benchmarks.topology.TopologySettings;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The whole of it, too short to say anything about speed. */
@Tag("proof") // the topology starts twice, which is half a minute
final class TopologyBenchIT {

  @TempDir private Path directory;

  @Test
  void aRunPaysEachOrderOnceAndSaysSo() throws IOException {
    TopologySettings settings =
        new TopologySettings(
            200, 800, 2, false, true, directory, List.of("-XX:TieredStopAtLevel=1"));
    List<String> said = new ArrayList<>();
    TopologyResult result = new TopologyBench(settings, Clock.systemUTC(), said::add).run();

    assertThat(result.paid()).isEqualTo(1_000);
    assertThat(result.holds()).isTrue();
    assertThat(result.watched().counted()).isBetween(0, 1_500);
    assertThat(result.lastLine())
        .matches(
            "\\{\"notifications_per_s\":\\d+,\"core_us_each\":\\d+\\.\\d,"
                + "\"paid\":1000,\"paid_twice\":0}");
    assertThat(String.join("\n", result.table())).contains("broker", "topology", "samples of");
    assertThat(said).contains("Placing 1000 orders");
  }
}

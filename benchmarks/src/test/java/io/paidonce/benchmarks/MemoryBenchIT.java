package io.paidonce.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;

import io.paidonce.benchmarks.topology.MemoryBench;
import io.paidonce.benchmarks.topology.MemoryResult;
import io.paidonce.benchmarks.topology.MemorySettings;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The whole of it, too short to say anything about speed. */
@Tag("proof") // the topology starts four times, and each stop waits for its session to end
final class MemoryBenchIT {

  @TempDir private Path directory;

  @Test
  void aRunRestoresWhatItAddedAndPaysEachOrderOnce() throws IOException {
    MemorySettings settings =
        new MemorySettings(
            5_000, 500, 1_000, 3, false, directory, List.of("-XX:TieredStopAtLevel=1"));
    List<String> said = new ArrayList<>();
    MemoryResult result = new MemoryBench(settings, Clock.systemUTC(), said::add).run();

    assertThat(result.paid()).isEqualTo(8_000);
    assertThat(result.holds()).isTrue();
    assertThat(result.restore().records()).isEqualTo(5_000);
    assertThat(result.few().windows()).isNotEmpty();
    assertThat(result.many().windows()).isNotEmpty();
    assertThat(result.lastLine())
        .matches("\\{\"us_each_at_few\":.*,\"few\":8500,\"many\":17500,.*\"paid_twice\":0}");
    assertThat(said).contains("Placing 8000 orders", "Remembering 5000 payments more");
    assertThat(directory).isEmptyDirectory();
  }
}

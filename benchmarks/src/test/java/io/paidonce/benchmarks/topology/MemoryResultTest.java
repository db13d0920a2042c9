package io.paidonce.benchmarks.topology;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.paidonce.benchmarks.Machine;
import io.paidonce.benchmarks.stack.CpuTimes;
import io.paidonce.benchmarks.topology.MemoryResult.Part;
import io.paidonce.benchmarks.topology.MemoryResult.Restore;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

final class MemoryResultTest {

  private static final MemorySettings SETTINGS =
      new MemorySettings(2_000_000, 100, 1_000, 3, true, Path.of("bench"), List.of());

  private static Part part(OptionalLong rssMib, long... topologyMicros) {
    List<Window> windows =
        LongStream.of(topologyMicros)
            .mapToObj(
                micros ->
                    new Window(
                        1_000,
                        100_000_000,
                        new CpuTimes(Map.of("topology", micros, "broker", 20_000L), Map.of())))
            .toList();
    return new Part(3_000_000_000L, windows, rssMib);
  }

  private static MemoryResult result(int paid, int repeated) {
    return new MemoryResult(
        SETTINGS,
        new Machine(2, 1_024, "cpu", "17", "Linux", 30_000),
        128,
        part(OptionalLong.of(300), 80_000, 900_000, 79_000),
        new Restore(2_000_000, 10_000_000_000L, 1_500_000_000L, OptionalLong.of(400)),
        part(OptionalLong.empty(), 100_000, 110_000, 120_000),
        paid,
        repeated);
  }

  @Test
  void theLastLineComparesTheMedians() {
    assertThat(result(SETTINGS.orders(), 0).lastLine())
        .isEqualTo(
            "{\"us_each_at_few\":100.0,\"us_each_at_many\":130.0,\"ratio\":1.30,"
                + "\"few\":7300,\"many\":2010900,"
                + "\"restored_per_s\":200000,\"restore_s_per_million\":5.00,"
                + "\"rss_mib_few\":300,\"rss_mib_many\":null,\"paid_twice\":0}");
  }

  @Test
  void theTableHasTheSpreadAndWhatIsNotKnown() {
    assertThat(String.join("\n", result(SETTINGS.orders(), 0).table()))
        .contains("100.0 (99.0 to 920.0)", "120.0", "20.0 (20.0 to 20.0)", "unknown", "128 MiB");
  }

  @Test
  void itHoldsOnlyIfEachOrderIsPaidOnce() {
    assertThat(result(SETTINGS.orders(), 0).holds()).isTrue();
    assertThat(result(SETTINGS.orders() - 1, 0).holds()).isFalse();
    assertThat(result(SETTINGS.orders(), 1).holds()).isFalse();
  }

  @Test
  void aPartWithoutWindowsSaysWhatToDo() {
    assertThatThrownBy(() -> part(OptionalLong.empty()))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("--notifications");
  }
}

package io.paidonce.benchmarks.topology;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class MemorySettingsTest {

  private static final Path DIRECTORY = Path.of("bench");

  private static MemorySettings settings(int remembered, int warmUp, int each, int windows) {
    return new MemorySettings(remembered, warmUp, each, windows, true, DIRECTORY, List.of());
  }

  @Test
  void theOrdersAndTheirCommandsAreCountedAsRemembered() {
    MemorySettings settings = settings(10_000_000, 20_000, 10_000, 5);
    assertThat(settings.half()).isEqualTo(75_000);
    assertThat(settings.orders()).isEqualTo(150_000);
    assertThat(settings.few()).isEqualTo(170_000);
    assertThat(settings.many()).isEqualTo(10_245_000);
  }

  @ParameterizedTest
  @CsvSource({
    "0, 1, 1, 1, --remembered",
    "100000001, 1, 1, 1, --remembered",
    "1, 0, 1, 1, --warm-up",
    "1, 1, 0, 1, --notifications",
    "1, 1, 1000001, 1, --notifications",
    "1, 1, 1, 0, --windows",
    "1, 1, 1, 100, --windows"
  })
  void whatCanNotBeMeasuredIsRefusedByName(
      int remembered, int warmUp, int each, int windows, String name) {
    assertThatThrownBy(() -> settings(remembered, warmUp, each, windows))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining(name);
  }

  @Test
  void tooLittleDiskIsRefusedWithTheDirectoryAndTheNeed() {
    DiskNeed need = DiskNeed.of(settings(10_000_000, 20_000, 10_000, 5));
    assertThatCode(() -> need.require(DIRECTORY, need.bytes())).doesNotThrowAnyException();
    assertThatThrownBy(() -> need.require(DIRECTORY, need.bytes() - 1))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("bench has")
        .hasMessageContaining(need.mib() + " MiB");
  }

  @Test
  void moreToRememberNeedsMoreDisk() {
    assertThat(DiskNeed.of(settings(20_000_000, 1, 1, 1)).mib())
        .isGreaterThan(DiskNeed.of(settings(10_000_000, 1, 1, 1)).mib() + 4_000);
  }
}

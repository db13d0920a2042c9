package io.paidonce.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigDecimal;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class BenchSettingsTest {

  private static BenchSettings settings(int seconds, String duplicates, int rate) {
    Path directory = Path.of("bench");
    return new BenchSettings(
        1, seconds, true, new BigDecimal(duplicates), rate, directory, directory, List.of(), false);
  }

  @Test
  void theShareOfDuplicatesIsKeptInThousandths() {
    assertThat(settings(30, "0.3", 2000).repeatedPerMille()).isEqualTo(300);
    assertThat(settings(30, "0", 2000).repeatedPerMille()).isZero();
  }

  @ParameterizedTest
  @CsvSource({
    "0, 0.3, 2000, --seconds",
    "241, 0.3, 2000, --seconds",
    "30, -0.1, 2000, --duplicates",
    "30, 1, 2000, --duplicates",
    "30, 0.3, 0, --rate"
  })
  void whatCanNotBeMeasuredIsRefusedByName(int seconds, String duplicates, int rate, String name) {
    assertThatThrownBy(() -> settings(seconds, duplicates, rate))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining(name);
  }
}

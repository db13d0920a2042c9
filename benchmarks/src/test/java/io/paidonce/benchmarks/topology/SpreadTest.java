package io.paidonce.benchmarks.topology;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigDecimal;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class SpreadTest {

  @ParameterizedTest
  @CsvSource({
    "'3.0', 3.0 (3.0 to 3.0)",
    "'9.0 1.0 2.0', 2.0 (1.0 to 9.0)",
    "'4.0 1.0 2.0 9.9', 3.0 (1.0 to 9.9)",
    "'10.0 9.0 2.0 2.1 2.2', 2.2 (2.0 to 10.0)"
  })
  void theMedianIsTheMiddleOneOfTheSorted(String figures, String spread) {
    List<BigDecimal> windows = Stream.of(figures.split(" ", -1)).map(BigDecimal::new).toList();
    assertThat(Spread.of(windows)).hasToString(spread);
  }

  @Test
  void nothingHasNone() {
    assertThatThrownBy(() -> Spread.of(List.of())).isInstanceOf(IllegalArgumentException.class);
  }
}

package io.paidonce.providers;

import static org.assertj.core.api.Assertions.assertThat;

import io.paidonce.contract.RawBytes;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The header can make us wait, and not for ever. */
class RetryAfterTest {

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "0 | 0",
        "7 | 7",
        " 7  | 7",
        "301 | 300",
        "999999999 | 300",
        "Sat, 31 Jan 2026 12:00:09 GMT | 9",
        "Sat, 31 Jan 2026 11:00:00 GMT | 0",
        "Sun, 31 Jan 2027 11:00:00 GMT | 300"
      })
  void secondsAndDatesAreReadAndBounded(String value, long seconds) {
    assertThat(read(List.of(value))).contains(Duration.ofSeconds(seconds));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "soon", "-1", "1.5", "9999999999"})
  void whatCanNotBeReadSaysNothing(String value) {
    assertThat(read(List.of(value))).isEmpty();
  }

  @Test
  void neitherDoTwoOfThemNorNone() {
    assertThat(read(List.of("1", "2"))).isEmpty();
    assertThat(read(List.of())).isEmpty();
  }

  private static Optional<Duration> read(List<String> values) {
    return RetryAfter.of(
        new ApiReply.Answered(
            429, Map.of("retry-after", values), RawBytes.of(new byte[0]), Callbacks.NOW));
  }
}

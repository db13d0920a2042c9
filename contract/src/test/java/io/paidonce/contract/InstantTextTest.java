package io.paidonce.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.DateTimeException;
import java.time.Instant;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The JDK is the oracle. */
class InstantTextTest {

  private static final long SEED = 20_261_121;
  private static final int[] UNITS = {1, 1_000, 1_000_000, 1_000_000_000};

  @Test
  void writesAndReadsWhatTheJdkDoes() {
    SplittableRandom random = new SplittableRandom(SEED);
    for (int i = 0; i < 200_000; i++) {
      int unit = UNITS[random.nextInt(UNITS.length)];
      Instant time =
          Instant.ofEpochSecond(
              random.nextLong(-70_000_000_000L, 260_000_000_000L),
              (long) random.nextInt(1_000_000_000) / unit * unit);
      assertThat(InstantText.of(time)).isEqualTo(time.toString());
      assertThat(InstantText.parse(time.toString())).isEqualTo(time);
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "1970-01-01T00:00:00Z",
        "2024-02-29T23:59:59.999999999Z",
        "2026-01-31T12:00:00.Z",
        "2026-01-31T12:00:00.1Z",
        "2026-01-31T12:00:00.1234567Z",
        "2026-01-31T24:00:00Z",
        "2026-01-31T23:59:60Z",
        "2026-01-31t12:00:00z",
        "2026-01-31T20:00:00+08:00",
        "-0044-03-15T00:00:00Z",
        "+12026-01-31T12:00:00Z"
      })
  void readsEveryFormTheJdkReads(String text) {
    assertThat(InstantText.parse(text)).isEqualTo(Instant.parse(text));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "Z",
        "2026-01-31",
        "2026-01-31T12:00:00",
        "2026-01-31T12:00:00,5Z",
        "2026-01-31T12:00:00.1234567890Z",
        "2026-02-29T12:00:00Z",
        "2026-13-01T12:00:00Z",
        "2026-01-31T25:00:00Z",
        "2026-01-31T12:60:00Z",
        "2026-01-3１T12:00:00Z",
        "2026-01-31T12:00:0-Z",
        "2026/01/31T12:00:00Z"
      })
  void refusesWhatTheJdkRefuses(String text) {
    assertThatThrownBy(() -> Instant.parse(text)).isInstanceOf(DateTimeException.class);
    assertThatThrownBy(() -> InstantText.parse(text)).isInstanceOf(DateTimeException.class);
  }
}

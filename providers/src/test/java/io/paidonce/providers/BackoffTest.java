package io.paidonce.providers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.Random;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Waits double, are drawn from the whole of it, and end with the budget. */
class BackoffTest {

  private static final Instant NOW = Callbacks.NOW;
  private static final Backoff BACKOFF =
      new Backoff(Duration.ofMillis(500), Duration.ofSeconds(30));

  /** Always draws the largest. */
  private static final RandomGenerator LONGEST =
      new RandomGenerator() {
        @Override
        public long nextLong() {
          throw new IllegalStateException("only bounded draws are expected");
        }

        @Override
        public long nextLong(long bound) {
          return bound - 1;
        }
      };

  @ParameterizedTest
  @CsvSource({"1, 500", "2, 1000", "3, 2000", "6, 16000", "7, 30000", "1000000, 30000"})
  void theLongestWaitDoublesUpToTheCap(int failures, long millis) {
    assertThat(BACKOFF.next(failures, NOW, null, null, LONGEST)).contains(NOW.plusMillis(millis));
  }

  @Test
  void theWaitIsDrawnFromAllOfIt() {
    long seed = 20260131;
    Random random = new Random(seed);
    long shorter = 0;
    long draws = 10_000;
    for (int i = 0; i < draws; i++) {
      Instant at = BACKOFF.next(2, NOW, null, null, random).orElseThrow();
      assertThat(at).as("seed %d", seed).isBetween(NOW, NOW.plusMillis(1000));
      shorter += at.isBefore(NOW.plusMillis(100)) ? 1 : 0;
    }
    assertThat(shorter).as("seed %d", seed).isBetween(draws * 8 / 100, draws * 12 / 100);
  }

  @Test
  void anAskedForWaitIsKeptAndStillSpread() {
    Duration asked = Duration.ofSeconds(7);
    assertThat(BACKOFF.next(1, NOW, asked, null, LONGEST)).contains(NOW.plusMillis(7500));
    assertThat(BACKOFF.next(1, NOW, asked, null, new Random(1)).orElseThrow())
        .isBetween(NOW.plusMillis(7000), NOW.plusMillis(7500));
  }

  @Test
  void whatWouldComeAfterTheBudgetIsGivenUp() {
    assertThat(BACKOFF.next(1, NOW, null, NOW.plusMillis(500), LONGEST)).isPresent();
    assertThat(BACKOFF.next(1, NOW, null, NOW.plusMillis(499), LONGEST))
        .isEqualTo(Optional.empty());
    assertThat(BACKOFF.next(1, NOW, Duration.ofSeconds(9), NOW.plusSeconds(9), LONGEST)).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(ints = {0, -1})
  void failuresAreCountedFromOne(int failures) {
    assertThatThrownBy(() -> BACKOFF.next(failures, NOW, null, null, LONGEST))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void boundsThatMakeNoSenseAreRefused() {
    Duration second = Duration.ofSeconds(1);
    assertThatThrownBy(() -> new Backoff(Duration.ZERO, second))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> new Backoff(second, Duration.ofMillis(999)))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> new Backoff(second, Duration.ofDays(2)))
        .isInstanceOf(IllegalArgumentException.class);
  }
}

package io.paidonce.launcher.keys;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

final class KeyUseTest {

  private static final Instant NOW = Instant.parse("2026-02-01T12:00:00Z");
  private static final Duration PLAN = Duration.ofHours(24).plusMinutes(4);

  @Test
  void aKeyStaysForTheWholeRetryPlanAfterItsLastCallback() {
    assertThat(new KeyUse(NOW, PLAN).mayRetire(NOW)).isFalse();
    KeyUse almost = new KeyUse(NOW.minus(PLAN).plusMillis(1), PLAN);
    assertThat(almost.mayRetire(NOW)).isFalse();
    assertThat(almost.freeFrom(NOW)).isEqualTo(NOW.plusMillis(1));
    assertThat(new KeyUse(NOW.minus(PLAN), PLAN).mayRetire(NOW)).isTrue();
  }

  @Test
  void aKeyThatWasNotUsedForSoLongMayGo() {
    assertThat(new KeyUse(null, PLAN).mayRetire(NOW)).isTrue();
  }
}

package io.paidonce.providers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

/** So many at once, so many a second, and no more over any stretch of time. */
class RateLimitTest {

  private static final Instant NOW = Callbacks.NOW;

  @Test
  void aRestedAccountMayAskABurst() {
    RateLimit limit = RateLimit.perSecond(10, 3, NOW).asked(NOW).asked(NOW).asked(NOW);
    assertThat(limit.allows(NOW)).isFalse();
    assertThat(limit.next()).isEqualTo(NOW.plusMillis(100));
    assertThatThrownBy(() -> limit.asked(NOW)).isInstanceOf(IllegalStateException.class);
    assertThat(limit.asked(NOW.plusMillis(100)).next()).isEqualTo(NOW.plusMillis(200));
  }

  @Test
  void noStretchOfTimeHoldsMoreThanTheRateAndOneBurst() {
    RateLimit limit = RateLimit.perSecond(10, 3, NOW);
    int asked = 0;
    for (Instant now = NOW; now.isBefore(NOW.plusSeconds(10)); now = now.plusMillis(7)) {
      if (limit.allows(now)) {
        limit = limit.asked(now);
        asked++;
      }
    }
    assertThat(asked).isBetween(100, 103);
  }

  @Test
  void restIsNotSavedUpBeyondABurst() {
    RateLimit limit = RateLimit.perSecond(10, 2, NOW);
    Instant later = NOW.plus(Duration.ofDays(1));
    limit = limit.asked(later).asked(later);
    assertThat(limit.allows(later)).isFalse();
  }

  @Test
  void aPauseHoldsEverythingBack() {
    Instant until = NOW.plusSeconds(5);
    RateLimit paused = RateLimit.perSecond(10, 3, NOW).pausedUntil(until);
    assertThat(paused.allows(until.minusMillis(1))).isFalse();
    assertThat(paused.allows(until)).isTrue();
    assertThat(paused.asked(until).allows(until)).isFalse();
    assertThat(paused.pausedUntil(NOW)).isEqualTo(paused);
  }

  @Test
  void aRateThatIsNoneIsRefused() {
    assertThatThrownBy(() -> RateLimit.perSecond(10, 0, NOW))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> new RateLimit(Duration.ZERO, 1, NOW))
        .isInstanceOf(IllegalArgumentException.class);
  }
}

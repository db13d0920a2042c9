package io.paidonce.projector;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.SplittableRandom;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class BackoffTest {

  private final AtomicLong now = new AtomicLong(-5);
  private final Backoff backoff = new Backoff(now::get, new SplittableRandom(1));

  @Test
  void theFirstAttemptIsDueAtOnce() {
    assertThat(backoff.isDue()).isTrue();
  }

  @Test
  void aFailureIsNeverWaitedOutLongerThanFiveSeconds() {
    for (int i = 0; i < 100; i++) {
      backoff.failed();
      assertThat(backoff.isDue()).isFalse();
      now.addAndGet(Duration.ofSeconds(5).toNanos());
      assertThat(backoff.isDue()).isTrue();
    }
  }

  @Test
  void aSuccessMakesTheNextWaitShortAgain() {
    for (int i = 0; i < 20; i++) {
      backoff.failed();
    }
    backoff.succeeded();
    assertThat(backoff.isDue()).isTrue();
    backoff.failed();
    now.addAndGet(Duration.ofMillis(200).toNanos());
    assertThat(backoff.isDue()).isTrue();
  }
}

package io.paidonce.providers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Opens after failures in a row, lets one through at a time, closes on any answer. */
class CircuitBreakerTest {

  private static final Instant NOW = Callbacks.NOW;
  private static final Duration PAUSE = Duration.ofSeconds(10);
  private static final Outcome FAILURE = Outcomes.unknown(Doubt.TIMED_OUT);
  private static final CircuitBreaker CLOSED = CircuitBreaker.closed(3, PAUSE);

  @Test
  void onlyFailuresInARowOpenIt() {
    CircuitBreaker two = CLOSED.after(FAILURE, NOW).after(FAILURE, NOW);
    assertThat(two.allows(NOW)).isTrue();
    assertThat(two.after(FAILURE, NOW).allows(NOW)).isFalse();
    CircuitBreaker answered = two.after(Outcomes.UNPAID, NOW).after(FAILURE, NOW);
    assertThat(answered.allows(NOW)).isTrue();
  }

  @Test
  void anOpenOneLetsOneThroughEachPause() {
    CircuitBreaker open = open();
    Instant over = NOW.plus(PAUSE);
    assertThat(open.allows(over.minusMillis(1))).isFalse();
    assertThat(open.allows(over)).isTrue();
    CircuitBreaker trying = open.asked(over);
    assertThat(trying.allows(over)).isFalse();
    CircuitBreaker failed = trying.after(FAILURE, over.plusSeconds(2));
    assertThat(failed.allows(over.plus(PAUSE).minusMillis(1))).isFalse();
    assertThat(failed.allows(over.plus(PAUSE))).isTrue();
  }

  @Test
  void anyAnswerClosesIt() {
    assertThat(open().after(Outcomes.UNPAID, NOW)).isEqualTo(CLOSED);
    assertThat(open().after(Outcomes.HINT, NOW)).isEqualTo(CLOSED);
  }

  @Test
  void questionsUnderWayDoNotKeepItOpenLonger() {
    CircuitBreaker late = open().after(FAILURE, NOW.plusSeconds(9));
    assertThat(late.allows(NOW.plus(PAUSE))).isTrue();
  }

  @ParameterizedTest
  @EnumSource(
      value = Doubt.class,
      mode = EnumSource.Mode.EXCLUDE,
      names = {"NOT_SENT", "TIMED_OUT", "BROKEN", "SERVER_ERROR"})
  void whatIsNotTheProvidersFailureChangesNothing(Doubt why) {
    Outcome doubt = Outcomes.unknown(why);
    assertThat(CLOSED.after(doubt, NOW).after(doubt, NOW).after(doubt, NOW)).isEqualTo(CLOSED);
    assertThat(open().after(doubt, NOW)).isEqualTo(open());
  }

  @Test
  void askingThroughAClosedOneChangesNothing() {
    assertThat(CLOSED.asked(NOW)).isEqualTo(CLOSED);
    assertThatThrownBy(() -> CircuitBreaker.closed(0, PAUSE))
        .isInstanceOf(IllegalArgumentException.class);
  }

  private static CircuitBreaker open() {
    CircuitBreaker open = CLOSED.after(FAILURE, NOW).after(FAILURE, NOW).after(FAILURE, NOW);
    assertThat(open.isOpen()).isTrue();
    return open;
  }
}

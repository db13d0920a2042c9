package io.paidonce.providers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Another host is for when this one is not reached, and only for a while. */
class HostChoiceTest {

  private static final Instant NOW = Callbacks.NOW;
  private static final HostChoice FIRST = HostChoice.of(2, NOW);

  @ParameterizedTest
  @EnumSource(
      value = Doubt.class,
      names = {"NOT_SENT", "TIMED_OUT", "BROKEN"})
  void aHostThatIsNotReachedHandsOver(Doubt why) {
    assertThat(FIRST.after(Outcomes.unknown(why), 0, NOW).host()).isEqualTo(1);
  }

  @ParameterizedTest
  @EnumSource(
      value = Doubt.class,
      mode = EnumSource.Mode.EXCLUDE,
      names = {"NOT_SENT", "TIMED_OUT", "BROKEN"})
  void aHostThatAnswersIsKept(Doubt why) {
    assertThat(FIRST.after(Outcomes.unknown(why), 0, NOW)).isEqualTo(FIRST);
    assertThat(FIRST.after(Outcomes.UNPAID, 0, NOW)).isEqualTo(FIRST);
    assertThat(FIRST.after(Outcomes.HINT, 0, NOW)).isEqualTo(FIRST);
  }

  @Test
  void failuresThatWereUnderWayMoveItOnce() {
    Outcome failure = Outcomes.unknown(Doubt.TIMED_OUT);
    HostChoice moved = FIRST.after(failure, 0, NOW).after(failure, 0, NOW);
    assertThat(moved.host()).isEqualTo(1);
    assertThat(moved.after(failure, 1, NOW).host()).isZero();
  }

  @Test
  void thePreferredHostIsTriedAgainAfterAWhile() {
    HostChoice second = FIRST.after(Outcomes.unknown(Doubt.NOT_SENT), 0, NOW);
    Instant over = NOW.plus(HostChoice.STAY);
    assertThat(second.at(over.minusMillis(1)).host()).isEqualTo(1);
    assertThat(second.at(over).host()).isZero();
    assertThat(FIRST.at(over)).isEqualTo(FIRST);
  }

  @Test
  void aLonelyHostIsAskedAgain() {
    HostChoice lonely = HostChoice.of(1, NOW);
    assertThat(lonely.after(Outcomes.unknown(Doubt.NOT_SENT), 0, NOW).host()).isZero();
    assertThatThrownBy(() -> HostChoice.of(0, NOW)).isInstanceOf(IllegalArgumentException.class);
  }
}

package io.paidonce.streams;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** No clock that jumps ahead makes an order's time to pay shorter. */
class SlowerClockTest {

  private static final Instant NOON = Given.NOW;
  private static final Duration HOURS = Duration.ofHours(5);

  private final Ours ours = new Ours();
  private long nanos;
  private @Nullable Instant brokers = NOON;
  private int asked;
  private final SlowerClock clock = new SlowerClock(ours, this::brokers, () -> nanos);

  /** A clock that is set by hand. */
  private static final class Ours extends Clock {
    private Instant now = NOON;

    @Override
    public Instant instant() {
      return now;
    }

    @Override
    public ZoneId getZone() {
      return ZoneOffset.UTC;
    }

    @Override
    public Clock withZone(ZoneId zone) {
      throw new UnsupportedOperationException("nobody asks for a zone");
    }
  }

  private Instant brokers() {
    asked++;
    if (brokers == null) {
      throw new IllegalStateException("away");
    }
    return brokers;
  }

  private void pass(Duration time) {
    nanos += time.toNanos();
    ours.now = ours.now.plus(time);
    brokers = brokers == null ? null : brokers.plus(time);
  }

  @Test
  void timePassesForBoth() {
    assertThat(clock.get()).isEqualTo(NOON);
    pass(Duration.ofSeconds(7));
    assertThat(clock.get()).isEqualTo(NOON.plusSeconds(7));
    assertThat(asked).isEqualTo(1);
    pass(SlowerClock.READ_EVERY);
    assertThat(clock.get()).isEqualTo(NOON.plusSeconds(37));
    assertThat(asked).isEqualTo(2);
  }

  @Test
  void oursThatJumpsAheadBetweenTwoReadingsIsNotBelieved() {
    clock.get();
    pass(Duration.ofSeconds(1));
    ours.now = ours.now.plus(HOURS);
    assertThat(clock.get()).isEqualTo(NOON.plusSeconds(1));
    pass(SlowerClock.READ_EVERY);
    assertThat(clock.get()).isEqualTo(NOON.plusSeconds(31));
  }

  @Test
  void oursThatIsAheadFromTheStartIsNotBelieved() {
    ours.now = NOON.plus(HOURS);
    assertThat(clock.get()).isEqualTo(NOON);
  }

  @Test
  void theBrokersThatJumpAheadAreNotBelieved() {
    clock.get();
    brokers = NOON.plus(HOURS);
    pass(SlowerClock.READ_EVERY);
    assertThat(clock.get()).isEqualTo(NOON.plusSeconds(30));
  }

  @Test
  void whoeverIsSetBackOnlyDelays() {
    clock.get();
    ours.now = NOON.minus(HOURS);
    assertThat(clock.get()).isEqualTo(NOON.minus(HOURS));
    ours.now = NOON;
    brokers = NOON.minus(HOURS);
    pass(SlowerClock.READ_EVERY);
    assertThat(clock.get()).isEqualTo(NOON.minus(HOURS).plusSeconds(30));
  }

  @Test
  void withoutTheBrokersItIsNoTimeAtAll() {
    clock.get();
    pass(SlowerClock.READ_EVERY);
    brokers = null;
    assertThatThrownBy(clock::get).hasMessage("away");
    assertThatThrownBy(clock::get).hasMessage("away");
  }
}

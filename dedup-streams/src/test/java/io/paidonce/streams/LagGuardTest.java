package io.paidonce.streams;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What the guard says is true, and where it can't know it says nothing new. */
class LagGuardTest {

  private static final Instant NOON = Given.NOW;

  private final Log log = new Log();
  private final LagGuard guard = new LagGuard(log, () -> log.now);

  /** A log of notifications and a group that reads it. */
  private static final class Log implements IntakeProgress {
    private Instant now = NOON;
    private final Map<Integer, Long> ends = new HashMap<>();
    private final Map<Integer, Long> committed = new HashMap<>();
    private boolean isAway;
    private Runnable whileAsked = () -> {};

    @Override
    public Map<Integer, Long> ends() {
      answer();
      whileAsked.run();
      return Map.copyOf(ends);
    }

    @Override
    public Map<Integer, Long> committed() {
      answer();
      return Map.copyOf(committed);
    }

    private void answer() {
      if (isAway) {
        throw new IllegalStateException("away");
      }
    }
  }

  @Test
  void nothingIsKnownBeforeTheFirstLook() {
    assertThat(guard.get()).isEqualTo(Instant.MIN);
  }

  @Test
  void whatWasReceivedIsInOnceEveryPartitionIsCommittedThatFar() {
    log.ends.putAll(Map.of(0, 10L, 1, 5L));
    log.committed.put(0, 10L);
    guard.look();
    assertThat(guard.get()).isEqualTo(Instant.MIN);
    log.committed.put(1, 4L);
    guard.look();
    assertThat(guard.get()).isEqualTo(Instant.MIN);
    log.committed.put(1, 5L);
    guard.look();
    assertThat(guard.get()).isEqualTo(NOON);
  }

  @Test
  void anEmptyLogHoldsNobodyUp() {
    guard.look();
    assertThat(guard.get()).isEqualTo(NOON);
  }

  @Test
  void theTimeIsThatOfTheNotedEndsHoweverLongIntakeTakes() {
    log.ends.put(0, 10L);
    guard.look();
    log.now = NOON.plusSeconds(600);
    log.ends.put(0, 99L);
    log.committed.put(0, 10L);
    guard.look();
    assertThat(guard.get()).isEqualTo(NOON);
    guard.look();
    assertThat(guard.get()).as("99 is not reached").isEqualTo(NOON);
    log.committed.put(0, 99L);
    guard.look();
    assertThat(guard.get()).isEqualTo(NOON.plusSeconds(600));
  }

  @Test
  void theTimeIsNotedBeforeTheEnds() {
    log.whileAsked = () -> log.now = NOON.plusSeconds(3);
    guard.look();
    assertThat(guard.get()).isEqualTo(NOON);
  }

  @Test
  void whileKafkaDoesNotAnswerTheTimeStandsStill() {
    guard.look();
    log.now = NOON.plusSeconds(60);
    log.isAway = true;
    assertThatThrownBy(guard::look).hasMessage("away");
    assertThat(guard.get()).isEqualTo(NOON);
    log.isAway = false;
    guard.look();
    assertThat(guard.get()).isEqualTo(NOON.plusSeconds(60));
  }

  @Test
  void aClockThatIsSetBackIsFollowed() {
    guard.look();
    log.now = NOON.minusSeconds(7200);
    guard.look();
    assertThat(guard.get()).isEqualTo(NOON.minusSeconds(7200));
  }
}

package io.paidonce.launcher.faults;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** SIGTERM of each role under load: it finishes what it has begun, and ends. */
final class DrainsIT {

  private static final Duration LENGTH = Duration.ofSeconds(3);
  // The journal's time is before signing and before the journal is on disk, which a busy machine
  // can hold up for half a second: only what is older has surely reached the gateway. Of the rest
  // the gateway's own count is asked.
  private static final Duration ON_ITS_WAY = Duration.ofSeconds(1);

  private final FaultStack stack = SharedStack.get();

  @ParameterizedTest
  @MethodSource("io.paidonce.launcher.faults.Point#all")
  void theGateway(Point point) {
    Run run = Run.of("SIGTERM gateway", point);
    long mark = stack.gateway().log().mark();
    Load load = stack.load(run.random(), LENGTH).at(run.delay(1_500, 2_900));
    Instant told = Instant.now();
    run.healing();
    stack.gateway().terminate();
    run.healed();
    assertThat(stack.gateway().log().says(mark, "The gateway has stopped")).isTrue();
    assertThat(stack.gateway().log().says(mark, "requests were still in flight")).isFalse();
    stack.gateway().start().awaitReady();
    JournalTail seen = load.finish();
    assertThat(load.unansweredBefore(told.minus(ON_ITS_WAY))).as("in flight, unanswered").isZero();
    assertThat(seen.unanswered() + seen.unavailable()).as("callbacks that met it").isPositive();
    run.passed(seen, stack.requireThePromise(), "exit code 143, all in flight answered");
  }

  @ParameterizedTest
  @MethodSource("io.paidonce.launcher.faults.Point#all")
  void streams(Point point) {
    Run run = Run.of("SIGTERM streams", point);
    Load load = stack.load(run.random(), LENGTH).at(run.delay(500, 2_500));
    run.healing();
    stack.streams().terminate();
    run.healed();
    long mark = stack.streams().log().mark();
    stack.streams().start().awaitReady();
    JournalTail seen = load.finish();
    // What a kill costs and an orderly stop does not.
    assertThat(stack.streams().log().count(mark, "RestoreLog               restor")).isZero();
    run.passed(seen, stack.requireThePromise(), "exit code 143, no store rebuilt");
  }

  @ParameterizedTest
  @MethodSource("io.paidonce.launcher.faults.Point#all")
  void theProjector(Point point) {
    Run run = Run.of("SIGTERM projector", point);
    Load load = stack.load(run.random(), LENGTH).at(run.delay(500, 2_500));
    run.healing();
    stack.projector().terminate();
    run.healed();
    stack.projector().start().awaitReady();
    JournalTail seen = load.finish();
    run.passed(seen, stack.requireThePromise(), "exit code 143");
  }
}

package io.paidonce.launcher.faults;

import static org.assertj.core.api.Assertions.assertThat;

import io.paidonce.verifier.Report;
import java.time.Duration;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** {@code kill -9} of each process under load, and its restart. */
final class KillsIT {

  private static final Duration LENGTH = Duration.ofSeconds(4);
  // The gateway's own limit is 4 s, and WeChat waits 5; a machine that has other work answers and
  // measures later. The record says what was seen.
  private static final Duration PROVIDERS_LIMIT_ON_A_BUSY_MACHINE = Duration.ofSeconds(10);

  private final FaultStack stack = SharedStack.get();

  @ParameterizedTest
  @MethodSource("io.paidonce.launcher.faults.Point#all")
  void theGateway(Point point) {
    Run run = Run.of("kill -9 gateway", point);
    Load load = stack.load(run.random(), LENGTH).at(run.delay(500, 3_500));
    stack.gateway().kill();
    run.healing();
    stack.gateway().start().awaitReady();
    run.healed();
    JournalTail seen = load.finish();
    assertThat(seen.unanswered()).as("callbacks that met a dead gateway").isPositive();
    run.passed(seen, stack.requireThePromise(), "exit code 137");
  }

  @ParameterizedTest
  @MethodSource("io.paidonce.launcher.faults.Point#all")
  void streams(Point point) {
    Run run = Run.of("kill -9 streams", point);
    long mark = stack.streams().log().mark();
    Load load = stack.load(run.random(), LENGTH).at(run.delay(500, 3_500));
    stack.streams().kill();
    run.healing();
    stack.streams().start().awaitReady();
    run.healed();
    JournalTail seen = load.finish();
    long restored = stack.streams().log().count(mark, "RestoreLog               restored");
    assertThat(restored).as("stores rebuilt after a kill").isPositive();
    run.passed(seen, stack.requireThePromise(), "exit code 137, " + restored + " stores rebuilt");
  }

  @ParameterizedTest
  @MethodSource("io.paidonce.launcher.faults.Point#all")
  void theProjector(Point point) {
    Run run = Run.of("kill -9 projector", point);
    Load load = stack.load(run.random(), LENGTH).at(run.delay(500, 3_500));
    stack.projector().kill();
    run.healing();
    stack.projector().start().awaitReady();
    run.healed();
    JournalTail seen = load.finish();
    Report report = stack.requireThePromise();
    double caughtUp = stack.projector().metric("paidonce_projector_records_total");
    assertThat(caughtUp).as("records applied by the new one").isPositive();
    run.passed(seen, report, "exit code 137, " + (long) caughtUp + " records applied after it");
  }

  @ParameterizedTest
  @MethodSource("io.paidonce.launcher.faults.Point#all")
  void theBroker(Point point) {
    Run run = Run.of("kill -9 broker, away while callbacks arrive", point);
    long before = stack.kafka().pid();
    Load load = stack.load(run.random(), LENGTH).at(run.delay(500, 2_000));
    stack.kafka().kill();
    run.healing();
    // Away at least so long that callbacks wait for it to their limit.
    load.at(load.played().plusMillis(4_500));
    stack.kafka().restart();
    run.healed();
    JournalTail seen = load.finish();
    assertThat(stack.kafka().pid()).isNotEqualTo(before);
    assertThat(seen.unavailable()).as("callbacks answered 503").isPositive();
    assertThat(seen.slowestAnswer()).isLessThan(PROVIDERS_LIMIT_ON_A_BUSY_MACHINE);
    assertThat(seen.unanswered()).as("callbacks without any answer").isZero();
    run.passed(
        seen,
        stack.requireThePromise(),
        seen.unavailable() + " answered 503, the slowest after " + seen.slowestAnswer());
  }

  @ParameterizedTest
  @MethodSource("io.paidonce.launcher.faults.Point#all")
  void postgres(Point point) {
    Run run = Run.of("kill -9 PostgreSQL", point);
    long mark = stack.postgresLog().mark();
    long projectorMark = stack.projector().log().mark();
    Load load = stack.load(run.random(), LENGTH).at(run.delay(500, 3_500));
    stack.postgres().kill();
    Await.until(
        "the projector notices",
        Duration.ofSeconds(10),
        () -> stack.projector().log().says(projectorMark, "PostgreSQL is away"));
    run.healing();
    stack.postgres().restart();
    stack.projector().awaitReady();
    run.healed();
    JournalTail seen = load.finish();
    assertThat(stack.postgresLog().says(mark, "automatic recovery in progress")).isTrue();
    assertThat(seen.unavailable() + seen.unanswered()).as("callbacks it disturbed").isZero();
    run.passed(seen, stack.requireThePromise(), "PostgreSQL says: automatic recovery");
  }
}

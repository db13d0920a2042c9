package io.paidonce.launcher.faults;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** SIGSTOP past every time-out, and SIGCONT: what wakes up must find itself replaced. */
final class PausesIT {

  private static final Duration SOON = Duration.ofSeconds(30);
  // A session ends after 10 s; a transaction after 10 s and the broker's sweep of every 10 s.
  private static final Duration PAST_SESSION_AND_TRANSACTION = Duration.ofSeconds(22);
  // Past the gateway's deliveries (3 s), its answers (4 s) and the providers' patience (5 s).
  private static final Duration PAST_PATIENCE = Duration.ofSeconds(6);
  // Below the session of 6 s that the broker has with its controller: fenced with a commit marker
  // due, a broker of 4.3.1 can lose that marker for ever (ADR 10).
  private static final Duration BELOW_THE_BROKERS_SESSION = Duration.ofMillis(4_200);
  // Past the socket time-out of 5 s that this stack's projectors have.
  private static final Duration PAST_SOCKET_TIMEOUT = Duration.ofSeconds(7);

  // A thread that was replaced learns it from its transaction or from its group, whichever it asks
  // first.
  private static final List<String> REPLACED =
      List.of("Detected that the thread is being fenced", "lost due to missed rebalance");

  private final FaultStack stack = SharedStack.get();

  @ParameterizedTest
  @MethodSource("io.paidonce.launcher.faults.Point#all")
  void frozenGatewayStreamsAndProjectorWakeUpReplaced(Point point) throws Exception {
    Run run = Run.of("SIGSTOP gateway 6 s, streams and projector 22 s", point);
    List<RoleProcess> successors =
        List.of(
            stack.another(Role.STREAMS, "streams-2"), stack.another(Role.PROJECTOR, "projector-2"));
    successors.forEach(RoleProcess::start);
    successors.forEach(RoleProcess::awaitReady);
    Group streamsGroup = new Group(stack, FaultStack.APPLICATION);
    Group projectors = new Group(stack, "order-projector");
    streamsGroup.awaitShared("streams-1", "streams-2");
    projectors.awaitShared("projector-1", "projector-2");
    long streamsMark = stack.streams().log().mark();
    long projectorMark = stack.projector().log().mark();

    Load load = stack.load(run.random(), PAST_SESSION_AND_TRANSACTION.plusSeconds(5));
    load.at(run.delay(500, 3_000));
    freezeAmidItsTransaction(stack.projector());
    stack.streams().freeze();
    stack.gateway().freeze();
    long frozenAt = System.nanoTime();
    Await.moment(frozenAt + PAST_PATIENCE.toNanos());
    stack.gateway().thaw();
    Await.moment(frozenAt + PAST_SESSION_AND_TRANSACTION.toNanos());
    streamsGroup.awaitAllAt("streams-2");
    projectors.awaitAllAt("projector-2");
    run.healing();
    stack.streams().thaw();
    stack.projector().thaw();
    Await.until(
        "streams-1 learns that it was replaced", SOON, () -> timesReplaced(streamsMark) > 0);
    Await.until(
        "projector-1 learns that its transaction was ended",
        SOON,
        () -> stack.projector().log().says(projectorMark, "PostgreSQL is away"));
    stack.streams().awaitReady();
    stack.projector().awaitReady();
    run.healed();
    JournalTail seen = load.finish();
    assertThat(seen.unanswered()).as("callbacks that a frozen gateway left waiting").isPositive();
    var report = stack.requireThePromise();
    successors.forEach(RoleProcess::terminate);
    run.passed(
        seen,
        report,
        timesReplaced(streamsMark)
            + " times streams learnt that it was replaced; the projector's transaction ended by PostgreSQL; "
            + seen.unanswered()
            + " callbacks unanswered");
  }

  private long timesReplaced(long mark) {
    ProcessLog log = stack.streams().log();
    return REPLACED.stream().mapToLong(text -> log.count(mark, text)).sum();
  }

  /**
   * Freezes a projector that has moved its offsets in PostgreSQL and not yet committed: the test
   * holds the table, both projectors wait for it, and it is let go when one of them is frozen.
   */
  private void freezeAmidItsTransaction(RoleProcess projector) throws SQLException {
    try (Connection lock = stack.connect();
        Connection look = stack.connect()) {
      lock.setAutoCommit(false);
      try (Statement statement = lock.createStatement()) {
        statement.execute("LOCK TABLE projector_offsets IN SHARE MODE");
      }
      Await.until("both projectors wait", SOON, () -> waiting(look) == 2);
      projector.freeze();
      lock.rollback();
    }
  }

  private static int waiting(Connection connection) {
    try (Statement statement = connection.createStatement();
        ResultSet count =
            statement.executeQuery(
                """
                SELECT count(*) FROM pg_stat_activity
                WHERE application_name = 'order-projector' AND wait_event_type = 'Lock'
                """)) {
      count.next();
      return count.getInt(1);
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  @ParameterizedTest
  @MethodSource("io.paidonce.launcher.faults.Point#all")
  void theBroker(Point point) {
    Run run = Run.of("SIGSTOP broker 4.2 s", point);
    Load load = stack.load(run.random(), Duration.ofSeconds(6)).at(run.delay(500, 1_500));
    stack.kafka().pause();
    long pausedAt = System.nanoTime();
    Await.moment(pausedAt + BELOW_THE_BROKERS_SESSION.toNanos());
    run.healing();
    stack.kafka().resume();
    JournalTail seen = load.finish();
    run.healed();
    assertThat(seen.unavailable()).as("callbacks answered 503").isPositive();
    assertThat(seen.unanswered()).as("callbacks without any answer").isZero();
    run.passed(seen, stack.requireThePromise(), seen.unavailable() + " answered 503");
  }

  @ParameterizedTest
  @MethodSource("io.paidonce.launcher.faults.Point#all")
  void postgres(Point point) {
    Run run = Run.of("SIGSTOP PostgreSQL 7 s", point);
    long mark = stack.projector().log().mark();
    Load load = stack.load(run.random(), Duration.ofSeconds(4)).at(run.delay(500, 2_500));
    stack.postgres().pause();
    long pausedAt = System.nanoTime();
    Await.moment(pausedAt + PAST_SOCKET_TIMEOUT.toNanos());
    Await.until(
        "the projector gives its connection up",
        SOON,
        () -> stack.projector().log().says(mark, "PostgreSQL is away"));
    run.healing();
    stack.postgres().resume();
    stack.projector().awaitReady();
    run.healed();
    JournalTail seen = load.finish();
    assertThat(seen.unavailable() + seen.unanswered()).as("callbacks it disturbed").isZero();
    run.passed(seen, stack.requireThePromise(), "the projector says: PostgreSQL is away");
  }
}

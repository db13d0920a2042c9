package io.paidonce.launcher.faults;

import static org.assertj.core.api.Assertions.assertThat;

import io.paidonce.verifier.Report;
import java.time.Duration;
import java.util.List;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Two instances of streams, one of them killed where it hurts: between a store's write and its
 * commit, and while it restores. Before 4.3.1 the first left the write of an aborted transaction in
 * the store, and a payment was taken for a duplicate (KAFKA-20685).
 */
final class StreamsPairIT {

  private static final Duration LENGTH = Duration.ofSeconds(6);
  private static final Duration SOON = Duration.ofSeconds(60);
  private static final String RESTORING = "RestoreLog               restoring";
  private static final String RESTORED = "RestoreLog               restored";

  private final FaultStack stack = SharedStack.get();

  @ParameterizedTest
  @MethodSource("io.paidonce.launcher.faults.Point#all")
  void killedBetweenAStoresWriteAndItsCommitAndWhileRestoring(Point point) {
    Run run = Run.of("kill -9 one of two streams, amid a transaction and amid restoring", point);
    RoleProcess second = stack.another(Role.STREAMS, "streams-2");
    second.start().awaitReady();
    new Group(stack, FaultStack.APPLICATION).awaitShared("streams-1", "streams-2");
    List<TopicPartition> stores = OpenTransaction.changelogs(stack, "streams-1");

    Load load = stack.load(run.random(), LENGTH).at(run.delay(500, 2_500));
    OpenTransaction struck = OpenTransaction.killWithin(stack, stack.streams(), stores);
    run.healing();
    killWhileItRestores();
    stack.streams().start().awaitReady();
    run.healed();
    JournalTail seen = load.finish();
    Report report = stack.requireThePromise();
    assertThat(struck.wasAborted(stack)).as(struck + " was aborted").isTrue();
    second.terminate();
    run.passed(seen, report, "a write in an aborted transaction: " + struck);
  }

  /** Its stores are gone, so that it has all of them to restore. */
  private void killWhileItRestores() {
    TargetDirectory.wipe(stack.stateDirectory("streams-1"));
    ProcessLog log = stack.streams().log();
    long mark = log.mark();
    stack.streams().start();
    Await.until("streams-1 restores", SOON, () -> log.says(mark, RESTORING));
    stack.streams().kill();
    assertThat(log.count(mark, RESTORED))
        .as("stores restored of those begun")
        .isLessThan(log.count(mark, RESTORING));
  }
}

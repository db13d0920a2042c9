package io.paidonce.launcher.faults;

import static org.assertj.core.api.Assertions.assertThat;

import io.paidonce.verifier.Report;
import java.time.Duration;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The stores come back: from their changelogs where the directory is gone, and from a standby where
 * there is one. How long it takes is written down, not demanded.
 */
@Tag("proof")
final class RestoreIT {

  private static final Duration LENGTH = Duration.ofSeconds(3);
  private static final Duration SOON = Duration.ofSeconds(60);
  private static final String WORKS_AGAIN = "from PARTITIONS_ASSIGNED to RUNNING";
  private static final Pattern RESTORED =
      Pattern.compile("restored \\S+ from \\S+: (\\d+) records");

  private final FaultStack stack = SharedStack.get();

  @ParameterizedTest
  @MethodSource("io.paidonce.launcher.faults.Point#all")
  void aDeletedStateDirectoryIsRestored(Point point) {
    Run run = Run.of("state directory deleted, stores restored", point);
    long mark = stack.streams().log().mark();
    Load load = stack.load(run.random(), LENGTH).at(run.delay(500, 2_500));
    stack.streams().kill();
    TargetDirectory.wipe(stack.stateDirectory("streams-1"));
    run.healing();
    stack.streams().start().awaitReady();
    run.healed();
    JournalTail seen = load.finish();
    long restored = restored(stack.streams(), mark);
    assertThat(restored).as("records restored").isPositive();
    run.passed(seen, stack.requireThePromise(), restored + " records restored");
  }

  @ParameterizedTest
  @MethodSource("io.paidonce.launcher.faults.Point#all")
  @Tag("proof") // half a minute, and StreamsPairIT takes over and restores in each build
  void aStandbyTakesOver(Point point) {
    Run run = Run.of("kill -9 one of two streams, its standby takes over", point);
    RoleProcess second = stack.another(Role.STREAMS, "streams-2");
    second.start().awaitReady();
    Group group = new Group(stack, FaultStack.APPLICATION);
    group.awaitShared("streams-1", "streams-2");
    // At rest, so that the standbys have what is there.
    long standing = stack.load(run.random(), LENGTH).finish().ok();
    stack.requireThePromise();
    Load load = stack.load(run.random(), LENGTH).at(run.delay(500, 2_000));
    long mark = second.log().mark();
    stack.streams().kill();
    run.healing();
    group.awaitAllAt("streams-2");
    // Ready is not enough: it was so before, and is so until it hears of its new tasks.
    Await.until("streams-2 has restored them", SOON, () -> second.log().says(mark, WORKS_AGAIN));
    run.healed();
    JournalTail seen = load.finish();
    Report report = stack.requireThePromise();
    long restored = restored(second, mark);
    assertThat(restored).as("records that no standby had").isLessThan(standing / 4);
    stack.streams().start().awaitReady();
    second.terminate();
    run.passed(seen, report, "streams-2 has all, after restoring " + restored + " records");
  }

  private static long restored(RoleProcess streams, long mark) {
    return RESTORED
        .matcher(streams.log().since(mark))
        .results()
        .mapToLong(found -> Long.parseLong(found.group(1)))
        .sum();
  }
}

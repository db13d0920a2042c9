package io.paidonce.launcher.faults;

import static org.assertj.core.api.Assertions.assertThat;

import io.paidonce.verifier.Report;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Every callback 51 times at once, through three gateways, while instances of streams come and go.
 */
final class StormIT {

  private static final int ORDERS = 60;
  private static final int TIMES_A_GATEWAY = 17;
  private static final Duration LENGTH = Duration.ofSeconds(5);

  private final FaultStack stack = SharedStack.get();

  @ParameterizedTest
  @MethodSource("io.paidonce.launcher.faults.Point#all")
  void duplicatesThroughThreeGatewaysAmidRebalances(Point point) {
    Run run = Run.of("each callback 51 times at once, three gateways, rebalances", point);
    RoleProcess second = stack.another(Role.STREAMS, "streams-2");
    List<RoleProcess> gateways =
        List.of(
            stack.gateway(),
            stack.another(Role.GATEWAY, "gateway-2").start(),
            stack.another(Role.GATEWAY, "gateway-3").start());
    gateways.forEach(RoleProcess::awaitReady);
    Report before = stack.requireThePromise();
    long mark = stack.streams().log().mark();
    Load load =
        stack.play(
            FaultStack.repeated(stack.plan(run.random(), LENGTH, ORDERS), TIMES_A_GATEWAY),
            gateways.stream().map(RoleProcess::callbacks).toList());
    load.at(run.delay(100, 1_500));
    second.start().awaitReady();
    new Group(stack, FaultStack.APPLICATION).awaitShared("streams-1", "streams-2");
    run.healing();
    second.terminate();
    JournalTail seen = load.finish();
    Report report = stack.requireThePromise();
    run.healed();
    gateways.subList(1, 3).forEach(RoleProcess::terminate);
    long rebalances = stack.streams().log().count(mark, "to PARTITIONS_ASSIGNED");
    assertThat(rebalances).as("rebalances").isPositive();
    long stored = report.rawRecords() - before.rawRecords();
    long paid = report.ordersPaid() - before.ordersPaid();
    assertThat(stored).as("copies of " + paid + " payments and more").isGreaterThan(50 * paid);
    assertThat(paid).isPositive();
    run.passed(
        seen,
        report,
        stored + " records of " + paid + " paid orders, " + rebalances + " rebalances");
  }
}

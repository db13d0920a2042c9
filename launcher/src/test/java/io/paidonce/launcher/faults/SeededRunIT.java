package io.paidonce.launcher.faults;

import static org.assertj.core.api.Assertions.assertThat;

import io.paidonce.verifier.Report;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * Nothing is broken here: 100,000 seeded orders of every story the simulator knows, on the real
 * broker, against the checker's own reckoning of statuses, amounts and outputs.
 */
@Tag("proof")
final class SeededRunIT {

  private static final int ORDERS = Integer.getInteger("paidonce.run.orders", 100_000);
  private static final int ORDERS_PER_SECOND = 200;

  @Test
  void statusesAmountsAndOutputsAreThoseOfTheOracle() {
    Run run = Run.of("seeded orders, nothing broken", Point.first());
    Duration length = Duration.ofSeconds(Math.max(5, ORDERS / ORDERS_PER_SECOND));
    try (FaultStack stack = FaultStack.start("seeded")) {
      Load load =
          stack.play(
              stack.plan(run.random(), length, ORDERS), List.of(stack.gateway().callbacks()));
      JournalTail seen = load.finish(length.multipliedBy(3));
      Report report = stack.requireThePromise();
      // The rest are cancelled, never paid, or paid in a way that a person must look at.
      assertThat(report.ordersPaid()).isGreaterThan(ORDERS / 2);
      run.passed(seen, report, ORDERS + " orders, " + report.ordersPaid() + " of them paid");
    }
  }
}

package io.paidonce.simulator;

import java.time.Duration;
import java.time.Instant;
import java.util.List;

/**
 * What a plan is made of.
 *
 * @param seed the same one gives the same plan
 * @param orders how many orders
 * @param spread over how long their stories begin
 * @param pause between two events of one story, about
 * @param startsAt the simulated clocks at the start
 * @param accounts whose notices are sent; at least one
 */
public record ScenarioSettings(
    long seed,
    int orders,
    Duration spread,
    Duration pause,
    Instant startsAt,
    List<SimulatedAccount> accounts) {

  public ScenarioSettings {
    accounts = List.copyOf(accounts);
    if (accounts.isEmpty()) {
      throw new IllegalArgumentException("a scenario needs at least one account");
    }
    if (orders < 1) {
      throw new IllegalArgumentException("a scenario needs at least one order, not " + orders);
    }
    if (spread.isNegative() || pause.toMillis() < 1) {
      throw new IllegalArgumentException(
          "spread must not be negative and pause at least 1 ms: " + spread + ", " + pause);
    }
  }
}

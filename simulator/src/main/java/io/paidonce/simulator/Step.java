package io.paidonce.simulator;

import static java.util.Objects.requireNonNull;

import io.paidonce.contract.OrderCommand;
import java.time.Duration;

/** One thing that happens in a plan, at a time after its start. */
public sealed interface Step {

  Duration at();

  /** The order service asks for something. */
  record Ask(Duration at, OrderCommand command) implements Step {
    public Ask {
      requireNonNull(at, "at");
      requireNonNull(command, "command");
    }
  }

  /** A provider starts to deliver a notice, and goes on by its retry plan until it succeeds. */
  record Deliver(Duration at, SimulatedAccount account, Notice notice, Disguise disguise)
      implements Step {
    public Deliver {
      requireNonNull(at, "at");
      requireNonNull(account, "account");
      requireNonNull(notice, "notice");
      requireNonNull(disguise, "disguise");
    }
  }
}

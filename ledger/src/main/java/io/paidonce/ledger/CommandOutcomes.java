package io.paidonce.ledger;

import io.paidonce.contract.CommandOutcome;
import io.paidonce.contract.CommandResult;
import io.paidonce.contract.ExceptionCase;
import io.paidonce.contract.OrderCommand;
import io.paidonce.contract.OrderInput;
import java.time.Instant;
import java.util.Optional;

/**
 * What is said of a command that changed nothing. A refused one is an exception besides, since a
 * person should know; this is for the program that asked, and it is told of every such command.
 */
public final class CommandOutcomes {

  private CommandOutcomes() {}

  /** What is to be said of an input that was decided; nothing where a transition says it. */
  public static Optional<CommandOutcome> of(OrderInput input, Decision decision) {
    OrderCommand command = input.command();
    if (command == null || decision instanceof Decision.Advance) {
      return Optional.empty();
    }
    if (decision instanceof Decision.Ignore ignored) {
      return Optional.of(
          outcome(command, CommandResult.UNCHANGED, ignored.reason(), input.receivedAt(), input));
    }
    ExceptionCase opened = ((Decision.Refuse) decision).opened();
    return Optional.of(
        outcome(command, CommandResult.REFUSED, Cases.reason(opened), input.receivedAt(), input));
  }

  /** What is to be said of a command whose id was used before with other content. */
  public static CommandOutcome conflict(OrderCommand command, ExceptionCase opened) {
    return CommandOutcome.of(
        command,
        CommandResult.IDEMPOTENCY_CONFLICT,
        Cases.reason(opened),
        opened.at(),
        opened.source());
  }

  private static CommandOutcome outcome(
      OrderCommand command, CommandResult result, String reason, Instant at, OrderInput input) {
    return CommandOutcome.of(command, result, reason, at, input.source());
  }
}

package io.paidonce.verifier;

import io.paidonce.contract.CommandKind;
import io.paidonce.contract.OrderCommand;
import org.jspecify.annotations.Nullable;

/** What the oracle needs of a command; commands of one order come in the order of their log. */
record Command(
    CommandKind kind, String id, @Nullable Long amountDueMinor, @Nullable String currency) {

  static Command of(OrderCommand command) {
    String currency = command.currency();
    return new Command(
        command.kind(),
        command.commandId(),
        command.amountDueMinor(),
        currency == null ? null : currency.intern());
  }
}

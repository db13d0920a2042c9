package io.paidonce.verifier;

import io.paidonce.contract.CommandKind;
import io.paidonce.contract.OrderCommand;
import io.paidonce.contract.PaymentPolicy;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** What the oracle needs of a command; commands of one order come in the order of their log. */
record Command(
    CommandKind kind,
    String id,
    @Nullable Long amountDueMinor,
    @Nullable String currency,
    PaymentPolicy policy,
    @Nullable Long expectedVersion,
    @Nullable String exceptionId,
    @Nullable Long exceptionRevision) {

  /** Of the default policy, whatever the order's version. */
  Command(CommandKind kind, String id, @Nullable Long amountDueMinor, @Nullable String currency) {
    this(kind, id, amountDueMinor, currency, PaymentPolicy.DEFAULT, null, null, null);
  }

  static Command of(OrderCommand command) {
    String currency = command.currency();
    return new Command(
        command.kind(),
        command.commandId(),
        command.amountDueMinor(),
        currency == null ? null : currency.intern(),
        command.policyOrDefault(),
        command.expectedVersion(),
        command.exceptionId(),
        command.exceptionRevision());
  }

  /** Whether it may be refused for nothing but the version that the order was at. */
  boolean isConditional() {
    return expectedVersion != null;
  }

  boolean asksTheSameAs(Command other) {
    return Objects.equals(amountDueMinor, other.amountDueMinor)
        && Objects.equals(currency, other.currency)
        && policy.equals(other.policy);
  }
}

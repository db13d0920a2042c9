package io.paidonce.verifier;

import io.paidonce.contract.DeadLetter;
import io.paidonce.contract.OrderCommand;
import io.paidonce.contract.OrderInput;
import io.paidonce.contract.PaymentFact;
import io.paidonce.contract.RawBytes;
import io.paidonce.contract.RecordCoordinates;
import io.paidonce.contract.RefundFact;
import io.paidonce.contract.Topics;
import io.paidonce.contract.TransactionKey;
import io.paidonce.contract.UnreadableRecordException;
import java.util.HashSet;
import java.util.Set;

/**
 * What was kept as a dead letter: whole records, and, where the ledger could not take an input, the
 * payment, refund or command in it. None of it takes part in an order.
 */
final class DeadInputs {

  private final Set<RecordCoordinates> records = new HashSet<>();
  private final Set<TransactionKey> payments = new HashSet<>();
  private final Set<Refund.Identity> refunds = new HashSet<>();
  private final Set<String> commands = new HashSet<>();

  void add(RecordCoordinates source, DeadLetter letter) {
    records.add(source);
    RawBytes original = letter.original();
    if (source.topic().equals(Topics.ORDER_INPUTS.name()) && original != null) {
      try {
        add(Topics.ORDER_INPUTS.json().read(original.bytes()));
      } catch (UnreadableRecordException e) {
        // An input that nobody can read names nothing; what it was made from shows as missing.
        return;
      }
    }
  }

  private void add(OrderInput input) {
    PaymentFact payment = input.payment();
    if (payment != null) {
      payments.add(payment.transaction());
    }
    RefundFact refund = input.refund();
    if (refund != null) {
      refunds.add(Refund.of(refund).identity());
    }
    OrderCommand command = input.command();
    if (command != null) {
      commands.add(name(command));
    }
  }

  boolean holds(RecordCoordinates record) {
    return records.contains(record);
  }

  boolean holds(TransactionKey payment) {
    return payments.contains(payment);
  }

  boolean holds(Refund.Identity refund) {
    return refunds.contains(refund);
  }

  boolean holds(OrderCommand command) {
    return commands.contains(name(command));
  }

  private static String name(OrderCommand command) {
    return command.order() + "|" + command.commandId();
  }
}

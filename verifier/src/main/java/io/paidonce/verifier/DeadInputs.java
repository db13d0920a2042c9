package io.paidonce.verifier;

import io.paidonce.contract.DeadLetter;
import io.paidonce.contract.OrderCommand;
import io.paidonce.contract.OrderInput;
import io.paidonce.contract.OrderKey;
import io.paidonce.contract.PaymentFact;
import io.paidonce.contract.RawBytes;
import io.paidonce.contract.RecordCoordinates;
import io.paidonce.contract.RefundFact;
import io.paidonce.contract.Topics;
import io.paidonce.contract.TransactionKey;
import io.paidonce.contract.UnreadableRecordException;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What was kept as a dead letter: whole records, and, where the ledger could not take an input, the
 * payment, refund or command in it. None of it takes part in an order, unless the same input stands
 * in the log once more and was taken there, as one does that was driven again.
 */
final class DeadInputs {

  private final Set<RecordCoordinates> records = new HashSet<>();
  private final Set<TransactionKey> payments = new HashSet<>();
  private final Set<Refund.Identity> refunds = new HashSet<>();
  private final Set<String> commands = new HashSet<>();
  // Orders whose commands the ledger may have taken in another order than that of their own log.
  private final Set<OrderKey> reordered = new HashSet<>();
  private final Map<String, Long> taken = new HashMap<>();
  private boolean inputs;

  void add(RecordCoordinates source, DeadLetter letter) {
    records.add(source);
    RawBytes original = letter.original();
    if (source.topic().equals(Topics.ORDER_INPUTS.name()) && original != null) {
      inputs = true;
      try {
        add(Topics.ORDER_INPUTS.json().read(original.bytes()));
      } catch (UnreadableRecordException e) {
        // An input that nobody can read names nothing; what it was made from shows as missing.
        return;
      }
    }
  }

  /** Whether the log of inputs must be asked what was driven again. */
  boolean holdsInputs() {
    return inputs;
  }

  /** An input that stands in the log: where it is no dead letter, what it says takes part. */
  void standsInLog(RecordCoordinates at, OrderInput input) {
    if (records.contains(at)) {
      return;
    }
    PaymentFact payment = input.payment();
    if (payment != null) {
      payments.remove(payment.transaction());
    }
    RefundFact refund = input.refund();
    if (refund != null) {
      refunds.remove(Refund.of(refund).identity());
    }
    OrderCommand command = input.command();
    if (command != null) {
      commands.remove(name(command));
      if (reordered.contains(command.order())) {
        taken.putIfAbsent(name(command), at.offset());
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
      reordered.add(command.order());
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

  /**
   * Where the ledger took it, among the commands of its order; null where that is where the command
   * itself stands.
   */
  @Nullable Long taken(OrderCommand command) {
    return taken.get(name(command));
  }

  private static String name(OrderCommand command) {
    return command.order() + "|" + command.commandId();
  }
}

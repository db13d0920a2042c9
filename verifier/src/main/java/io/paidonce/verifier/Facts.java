package io.paidonce.verifier;

import io.paidonce.contract.DeadLetter;
import io.paidonce.contract.OrderCommand;
import io.paidonce.contract.OrderKey;
import io.paidonce.contract.PaymentFact;
import io.paidonce.contract.PaymentNotification;
import io.paidonce.contract.RecordCoordinates;
import io.paidonce.contract.Topics;
import io.paidonce.contract.TransactionKey;
import io.paidonce.contract.UnreadableRecordException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What went in: dead letters, notifications and commands, read in this order. A record that is a
 * dead letter was kept for a person and takes part in nothing else.
 */
final class Facts {

  private final EvidenceCheck evidence;
  private final @Nullable JournalFile journal;
  private final Findings findings;
  private final Map<OrderKey, OrderFile> orders = new HashMap<>();
  private final Map<TransactionKey, TransactionFile> transactions = new HashMap<>();
  // By partition, in the order of offsets.
  private final Map<Integer, List<TransactionFile>> firstRecords = new HashMap<>();
  private final DeadInputs dead = new DeadInputs();
  private final Set<RecordCoordinates> unrecognised = new HashSet<>();
  private long rawRecords;
  private long deadLetters;

  Facts(EvidenceCheck evidence, @Nullable JournalFile journal, Findings findings) {
    this.evidence = evidence;
    this.journal = journal;
    this.findings = findings;
  }

  void read(Log log) {
    // Its key is that of its source: whatever that was.
    log.read(Topics.DEAD_LETTERS, null, new DeadLetters());
    log.read(Topics.PAYMENT_NOTIFICATIONS, PaymentNotification::key, new Notifications());
    log.read(Topics.ORDER_COMMANDS, command -> command.order().toString(), new Commands());
  }

  OrderFile order(OrderKey order) {
    return orders.computeIfAbsent(order, OrderFile::new);
  }

  Collection<OrderFile> orders() {
    return orders.values();
  }

  Collection<TransactionFile> transactions() {
    return transactions.values();
  }

  @Nullable TransactionFile transaction(TransactionKey key) {
    return transactions.get(key);
  }

  /** The same key as the one object that all share, where the transaction is known. */
  TransactionKey shared(TransactionKey key) {
    TransactionFile file = transactions.get(key);
    return file == null ? key : file.transaction();
  }

  /** The transaction whose first record stands here. */
  Optional<TransactionFile> firstAt(RecordCoordinates at) {
    List<TransactionFile> files = firstRecords.getOrDefault(at.partition(), List.of());
    int low = 0;
    int high = files.size() - 1;
    while (at.topic().equals(Topics.PAYMENT_NOTIFICATIONS.name()) && low <= high) {
      int middle = (low + high) >>> 1;
      TransactionFile file = files.get(middle);
      if (file.firstOffset() == at.offset()) {
        return Optional.of(file);
      }
      if (file.firstOffset() < at.offset()) {
        low = middle + 1;
      } else {
        high = middle - 1;
      }
    }
    return Optional.empty();
  }

  /** Notifications that are no payment; whoever disposes of one takes it out. */
  Set<RecordCoordinates> unrecognised() {
    return unrecognised;
  }

  long rawRecords() {
    return rawRecords;
  }

  long deadLetters() {
    return deadLetters;
  }

  private final class DeadLetters implements Log.Visitor<DeadLetter> {
    @Override
    public void record(RecordCoordinates at, DeadLetter letter) {
      deadLetters++;
      if (letter.source() != null) {
        dead.add(letter.source(), letter);
      } else if (letter.original() != null && journal != null) {
        journal.stored(BodyHash.of(letter.original().bytes()));
      }
    }

    @Override
    public void unreadable(RecordCoordinates at, UnreadableRecordException why) {
      deadLetters++;
      Unreadable.ofOurs(findings, at, why);
    }
  }

  private final class Notifications implements Log.Visitor<PaymentNotification> {
    @Override
    public void record(RecordCoordinates at, PaymentNotification notification) {
      rawRecords++;
      if (journal != null) {
        journal.stored(BodyHash.of(notification.evidence().body().bytes()));
      }
      Optional<String> fault = evidence.fault(notification);
      fault.ifPresent(
          why -> findings.add(Fault.FORGED, at + " (" + notification.key() + "): " + why));
      if (dead.holds(at)) {
        return;
      }
      PaymentFact fact = notification.payment();
      String orderNo = notification.orderNo();
      if (fact == null || orderNo == null) {
        unrecognised.add(at);
        return;
      }
      Payment payment = Payment.of(fact);
      TransactionFile file = transactions.get(payment.transaction());
      if (file == null) {
        file = new TransactionFile(payment.transaction(), at);
        transactions.put(payment.transaction(), file);
        firstRecords.computeIfAbsent(at.partition(), p -> new ArrayList<>()).add(file);
      }
      file.countRecord();
      if (fault.isEmpty() && !dead.holds(payment.transaction())) {
        OrderFile order = order(new OrderKey(notification.shop().intern(), orderNo));
        if (file.verified(payment, order.order())) {
          order.add(file);
        }
      }
    }

    @Override
    public void unreadable(RecordCoordinates at, UnreadableRecordException why) {
      rawRecords++;
      unlessKept(at, why);
    }
  }

  private final class Commands implements Log.Visitor<OrderCommand> {
    @Override
    public void record(RecordCoordinates at, OrderCommand command) {
      if (!dead.holds(at) && !dead.holds(command)) {
        order(command.order()).add(Command.of(command));
      }
    }

    @Override
    public void unreadable(RecordCoordinates at, UnreadableRecordException why) {
      unlessKept(at, why);
    }
  }

  private void unlessKept(RecordCoordinates at, UnreadableRecordException why) {
    if (!dead.holds(at)) {
      findings.add(
          Fault.UNDISPOSED, at + " can't be read and is no dead letter: " + why.getMessage());
    }
  }
}

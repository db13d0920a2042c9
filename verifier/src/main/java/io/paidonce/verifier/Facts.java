package io.paidonce.verifier;

import static java.util.Comparator.naturalOrder;

import io.paidonce.contract.Authentication;
import io.paidonce.contract.DeadLetter;
import io.paidonce.contract.NotificationKind;
import io.paidonce.contract.Observation;
import io.paidonce.contract.OrderCommand;
import io.paidonce.contract.OrderInput;
import io.paidonce.contract.OrderKey;
import io.paidonce.contract.PaymentFact;
import io.paidonce.contract.PaymentNotification;
import io.paidonce.contract.RecordCoordinates;
import io.paidonce.contract.RefundFact;
import io.paidonce.contract.Topics;
import io.paidonce.contract.TransactionKey;
import io.paidonce.contract.UnreadableRecordException;
import io.paidonce.providers.EvidenceCheck;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What went in: dead letters, notifications and commands, read in this order. A record that is a
 * dead letter was kept for a person and takes part in nothing else; driven again, it is another
 * record.
 */
final class Facts {

  private final EvidenceCheck evidence;
  private final @Nullable JournalFile journal;
  private final Findings findings;
  private final Map<OrderKey, OrderFile> orders = new HashMap<>();
  private final Map<TransactionKey, TransactionFile> transactions = new HashMap<>();
  private final Map<Refund.Identity, RefundFile> refunds = new HashMap<>();
  private final Map<Refund.Identity, Tally> unsignedRefunds = new HashMap<>();
  private final Map<ClosedTrade, Tally> closedTrades = new HashMap<>();
  private final Map<String, Tally> answers = new HashMap<>();
  // By partition, in the order of offsets.
  private final Map<Integer, List<Tally>> firstRecords = new HashMap<>();
  private final DeadInputs dead = new DeadInputs();
  private final Set<RecordCoordinates> unrecognised = new HashSet<>();
  private long rawRecords;
  private long deadLetters;

  /** A trade closed unpaid has no id but its order's. */
  private record ClosedTrade(String provider, String account, String orderNo) {}

  Facts(EvidenceCheck evidence, @Nullable JournalFile journal, Findings findings) {
    this.evidence = evidence;
    this.journal = journal;
    this.findings = findings;
  }

  void read(Log log) {
    // Its key is that of its source: whatever that was.
    log.read(Topics.DEAD_LETTERS, null, new DeadLetters());
    if (dead.holdsInputs()) {
      log.read(Topics.ORDER_INPUTS, input -> input.order().toString(), new Inputs());
    }
    log.read(Topics.PAYMENT_NOTIFICATIONS, PaymentNotification::key, new Notifications());
    Commands commands = new Commands();
    log.read(Topics.ORDER_COMMANDS, command -> command.order().toString(), commands);
    commands.conclude();
  }

  OrderFile order(OrderKey order) {
    return orders.computeIfAbsent(order, OrderFile::new);
  }

  Collection<OrderFile> orders() {
    return orders.values();
  }

  /** One for each thing that notifications say. */
  Iterable<Tally> tallies() {
    return () -> firstRecords.values().stream().flatMap(List::stream).iterator();
  }

  @Nullable TransactionFile transaction(TransactionKey key) {
    return transactions.get(key);
  }

  /** The same key as the one object that all share, where the transaction is known. */
  TransactionKey shared(TransactionKey key) {
    TransactionFile file = transactions.get(key);
    return file == null ? key : file.transaction();
  }

  /** What the records say of which the first stands here. */
  Optional<Tally> firstAt(RecordCoordinates at) {
    List<Tally> tallies = firstRecords.getOrDefault(at.partition(), List.of());
    int low = 0;
    int high = tallies.size() - 1;
    while (at.topic().equals(Topics.PAYMENT_NOTIFICATIONS.name()) && low <= high) {
      int middle = (low + high) >>> 1;
      Tally tally = tallies.get(middle);
      if (tally.firstOffset() == at.offset()) {
        return Optional.of(tally);
      }
      if (tally.firstOffset() < at.offset()) {
        low = middle + 1;
      } else {
        high = middle - 1;
      }
    }
    return Optional.empty();
  }

  /** Notifications of no known kind; whoever disposes of one takes it out. */
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

  private final class Inputs implements Log.Visitor<OrderInput> {
    @Override
    public void record(RecordCoordinates at, OrderInput input) {
      dead.standsInLog(at, input);
    }

    @Override
    public void unreadable(RecordCoordinates at, UnreadableRecordException why) {
      unlessKept(at, why);
    }
  }

  private final class Notifications implements Log.Visitor<PaymentNotification> {
    @Override
    public void record(RecordCoordinates at, PaymentNotification notification) {
      rawRecords++;
      EvidenceCheck.Judgement judgement = evidence.judge(notification);
      if (journal != null) {
        BodyHash body = BodyHash.of(notification.evidence().body().bytes());
        journal.stored(body, judgement.fact(), judgement.facts());
      }
      judgement
          .fault()
          .ifPresent(
              why -> findings.add(Fault.FORGED, at + " (" + notification.key() + "): " + why));
      if (!dead.holds(at)) {
        take(at, notification, judgement.fault().isEmpty());
      }
    }

    private void take(RecordCoordinates at, PaymentNotification notification, boolean verified) {
      PaymentFact payment = notification.payment();
      RefundFact refund = notification.refund();
      String orderNo = notification.orderNo();
      if (orderNo == null || notification.kind() == NotificationKind.UNRECOGNISED) {
        unrecognised.add(at);
        return;
      }
      if (refund != null && notification.authentication() == Authentication.UNSIGNED) {
        // A claim: nothing follows from it but its receipt, whatever else is known of the refund.
        unsignedRefunds
            .computeIfAbsent(
                Refund.of(refund).identity(),
                key -> first(at, "unsigned notice of refund", key.refundId()))
            .countRecord();
        return;
      }
      OrderKey order = new OrderKey(notification.shop().intern(), orderNo);
      Observation answer = notification.observation();
      if (answer != null) {
        answers
            .computeIfAbsent(
                answer.requestId() + ":" + answer.attempt(),
                attempt -> first(at, "answer to", answer.requestId()))
            .countRecord();
        if (verified) {
          order(order).add(answer);
        }
      } else if (payment != null) {
        payment(at, Payment.of(payment), order, verified);
      } else if (refund != null) {
        refund(at, Refund.of(refund), order, verified);
      } else {
        // It moves no money, so that nothing follows from it but its receipt.
        closedTrades
            .computeIfAbsent(
                new ClosedTrade(notification.provider(), notification.account(), orderNo),
                trade -> first(at, "closed trade of order", orderNo))
            .countRecord();
      }
    }

    private void payment(RecordCoordinates at, Payment payment, OrderKey of, boolean verified) {
      TransactionKey key = payment.transaction();
      TransactionFile file = transactions.get(key);
      if (file == null) {
        file = new TransactionFile(key, first(at, "transaction", key.transactionId()));
        transactions.put(key, file);
      }
      file.tally().countRecord();
      if (verified && !dead.holds(key)) {
        OrderFile order = order(of);
        if (file.verified(payment, order.order())) {
          order.add(file);
        }
      }
    }

    private void refund(RecordCoordinates at, Refund refund, OrderKey of, boolean verified) {
      RefundFile file =
          refunds.computeIfAbsent(
              refund.identity(),
              key ->
                  new RefundFile(
                      first(
                          at,
                          key.outcome() + " refund " + key.refundId() + " of",
                          key.transaction().transactionId())));
      file.tally().countRecord();
      if (verified && !dead.holds(refund.identity())) {
        OrderFile order = order(of);
        if (file.verified(refund, order.order())) {
          order.add(file);
        }
      }
    }

    private Tally first(RecordCoordinates at, String about, String id) {
      Tally tally = new Tally(about, id, at);
      firstRecords.computeIfAbsent(at.partition(), p -> new ArrayList<>()).add(tally);
      return tally;
    }

    @Override
    public void unreadable(RecordCoordinates at, UnreadableRecordException why) {
      rawRecords++;
      unlessKept(at, why);
    }
  }

  private final class Commands implements Log.Visitor<OrderCommand> {
    private final List<OrderCommand> reordered = new ArrayList<>();

    @Override
    public void record(RecordCoordinates at, OrderCommand command) {
      if (dead.holds(at) || dead.holds(command)) {
        return;
      }
      if (dead.taken(command) == null) {
        order(command.order()).add(Command.of(command));
      } else {
        reordered.add(command);
      }
    }

    void conclude() {
      reordered.sort(Comparator.comparing(dead::taken, Comparator.nullsLast(naturalOrder())));
      reordered.forEach(command -> order(command.order()).add(Command.of(command)));
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

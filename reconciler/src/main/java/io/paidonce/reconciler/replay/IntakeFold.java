package io.paidonce.reconciler.replay;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.paidonce.contract.DeadLetterReason;
import io.paidonce.contract.ExceptionCase;
import io.paidonce.contract.NotificationKind;
import io.paidonce.contract.OrderCommand;
import io.paidonce.contract.OrderInput;
import io.paidonce.contract.PaymentNotification;
import io.paidonce.contract.RawBytes;
import io.paidonce.contract.RecordCoordinates;
import io.paidonce.contract.Topics;
import io.paidonce.contract.UnreadableRecordException;
import io.paidonce.ledger.CommandReceipt;
import io.paidonce.ledger.Identities;
import io.paidonce.ledger.Intake;
import io.paidonce.ledger.Reception;
import io.paidonce.ledger.TimeToPay;
import io.paidonce.reconciler.replay.Log.Feed;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;

/** Folds one partition of notifications or commands through intake's identity. */
final class IntakeFold {

  private static final Duration REMEMBERED = Duration.ofDays(35);

  private final TopicPartition partition;
  private final Plan.Part part;
  private final ReplayRange range;
  private final DeadRecords dead;
  private final Undisposed undisposed;
  private final Tally tally;
  private final @Nullable Reverification reverification;
  private final IdentityMemory memory = new IdentityMemory();
  private final Passed passed = new Passed();
  private final Sources sources;
  // Where the partition's beginning is gone, a repetition may look like the first.
  private long certainFromMs = Long.MIN_VALUE;

  IntakeFold(
      TopicPartition partition,
      Plan.Part part,
      ReplayRange range,
      DeadRecords dead,
      Sources sources,
      Undisposed undisposed,
      Tally tally,
      @Nullable Reverification reverification) {
    this.partition = partition;
    this.part = part;
    this.range = range;
    this.dead = dead;
    this.sources = sources;
    this.undisposed = undisposed;
    this.tally = tally;
    this.reverification = reverification;
  }

  /** Reads to the end of its span. */
  void run(Feed feed) {
    ConsumerRecord<byte[], byte[]> record;
    boolean isFirst = true;
    while ((record = feed.next(partition)) != null) {
      if (isFirst && part.read().from() > 0) {
        certainFromMs = record.timestamp() + Plan.MEMORY.toMillis();
      }
      isFirst = false;
      take(record);
      tally.notification();
    }
    sources.add(partition, passed);
  }

  private void take(ConsumerRecord<byte[], byte[]> record) {
    RecordCoordinates at =
        new RecordCoordinates(record.topic(), record.partition(), record.offset());
    boolean isNotification = record.topic().equals(Topics.PAYMENT_NOTIFICATIONS.name());
    if (isNotification) {
      reverify(record, at);
    }
    if (dead.holds(at)) {
      return;
    }
    try {
      if (isNotification) {
        PaymentNotification notification =
            Topics.PAYMENT_NOTIFICATIONS.readFacts(record.headers(), record.value());
        require(record, notification.key());
        receive(record, notification, at);
      } else {
        OrderCommand command = Topics.ORDER_COMMANDS.read(record.headers(), record.value());
        require(record, command.order().toString());
        receive(record, command, at);
      }
    } catch (UnreadableRecordException e) {
      undisposed(at, String.valueOf(e.getMessage()));
    }
  }

  // Of all that can be read, also what streams could not take.
  private void reverify(ConsumerRecord<byte[], byte[]> record, RecordCoordinates at) {
    if (reverification == null || part.phase(record.offset()) != Phase.WITHIN) {
      return;
    }
    try {
      PaymentNotification stored =
          Topics.PAYMENT_NOTIFICATIONS.read(record.headers(), record.value());
      boolean isAsked =
          stored.orderNo() == null
              ? !range.selects()
              : range.takes(stored.shop() + ":" + stored.orderNo());
      if (isAsked) {
        reverification.judge(stored, at);
      }
    } catch (UnreadableRecordException e) {
      // Told of where its facts are read.
    }
  }

  private void require(ConsumerRecord<byte[], byte[]> record, String key)
      throws UnreadableRecordException {
    if (!Arrays.equals(record.key(), key.getBytes(UTF_8))) {
      throw new UnreadableRecordException(
          DeadLetterReason.WRONG_KEY, "its key is not what its content asks");
    }
  }

  private void undisposed(RecordCoordinates at, String detail) {
    if (part.phase(at.offset()) == Phase.WITHIN) {
      undisposed.add(at, detail);
    }
  }

  private void receive(
      ConsumerRecord<byte[], byte[]> record,
      PaymentNotification notification,
      RecordCoordinates at) {
    if (notification.kind() == NotificationKind.UNRECOGNISED) {
      undisposed(at, "no handling for event type " + notification.eventType());
      return;
    }
    String identity = Identities.of(notification);
    IdentityMemory.Entry known = memory.find(identity);
    if (forgets(known, record)) {
      optional(record, Intake.receive(null, notification, at));
      return;
    }
    Reception<?> reception =
        Intake.receive(known == null ? null : memory.receipt(identity, known), notification, at);
    memory.keep(identity, known, reception, record.timestamp());
    settle(record, at, reception);
  }

  private void receive(
      ConsumerRecord<byte[], byte[]> record, OrderCommand command, RecordCoordinates at) {
    String identity = Identities.of(command);
    IdentityMemory.Entry known = memory.find(identity);
    Instant receivedAt = Instant.ofEpochMilli(record.timestamp());
    if (forgets(known, record)) {
      optional(record, Intake.receive(null, command, TimeToPay.DEFAULT, receivedAt, at));
      return;
    }
    CommandReceipt receipt = known == null ? null : memory.commandReceipt(known, at);
    // What its shop was configured to takes no part in the comparison.
    Reception<CommandReceipt> reception =
        Intake.receive(receipt, command, TimeToPay.DEFAULT, receivedAt, at);
    memory.keep(identity, known, reception, record.timestamp());
    settle(record, at, reception);
  }

  // Intake forgets after 35 days, at its leisure: from then on both answers are right.
  private static boolean forgets(
      IdentityMemory.@Nullable Entry known, ConsumerRecord<byte[], byte[]> record) {
    return known != null && record.timestamp() - known.firstMs() >= REMEMBERED.toMillis();
  }

  private void optional(ConsumerRecord<byte[], byte[]> record, Reception<?> asIfNew) {
    if (asIfNew instanceof Reception.First<?> first) {
      pass(record, first.input(), true);
    }
  }

  private void settle(
      ConsumerRecord<byte[], byte[]> record, RecordCoordinates at, Reception<?> reception) {
    if (reception instanceof Reception.First<?> first) {
      pass(record, first.input(), record.timestamp() < certainFromMs);
    } else if (reception instanceof Reception.Conflict<?> conflict) {
      ExceptionCase opened = conflict.opened();
      Phase phase = part.phase(record.offset());
      String order = opened.order().toString();
      if (record.offset() >= part.known() && range.takes(order)) {
        sources.open(
            opened,
            new Sources.Opened(
                RawBytes.of(Topics.PAYMENT_EXCEPTIONS.json().write(opened)),
                new Sources.OrderedBy(at, phase, order)));
      }
    }
  }

  private void pass(ConsumerRecord<byte[], byte[]> record, OrderInput input, boolean isOptional) {
    if (record.offset() >= part.known() && range.takes(input.order().toString())) {
      passed.add(record.offset(), Sources.digest(input), isOptional);
    }
  }
}

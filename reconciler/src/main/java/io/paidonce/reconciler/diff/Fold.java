package io.paidonce.reconciler.diff;

import io.paidonce.contract.DeadLetterReason;
import io.paidonce.contract.NotificationKind;
import io.paidonce.contract.OrderCommand;
import io.paidonce.contract.OrderInput;
import io.paidonce.contract.PaymentNotification;
import io.paidonce.contract.RecordCoordinates;
import io.paidonce.contract.Topics;
import io.paidonce.contract.UnreadableRecordException;
import io.paidonce.ledger.CommandReceipt;
import io.paidonce.ledger.Decision;
import io.paidonce.ledger.Identities;
import io.paidonce.ledger.Intake;
import io.paidonce.ledger.Ledgers;
import io.paidonce.ledger.OrderLedger;
import io.paidonce.ledger.Reception;
import io.paidonce.ledger.TimeToPay;
import io.paidonce.ledger.Wake;
import io.paidonce.reconciler.replay.IdentityMemory;
import io.paidonce.reconciler.replay.Made;
import io.paidonce.reconciler.replay.OrderStates;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;

/**
 * What this build makes of traffic, record by record: of notifications and commands what intake
 * does, of inputs what the ledger does. Inputs are taken from the log and not from what intake has
 * made just now, so that one changed rule shows once.
 */
final class Fold {

  private static final long REMEMBERED_MS = Duration.ofDays(35).toMillis();

  private final Map<TopicPartition, OrderStates> orders = new HashMap<>();
  private final Map<TopicPartition, IdentityMemory> identities = new HashMap<>();

  /** Folds the next record of its partition; returns its line of history. */
  byte[] take(ConsumerRecord<byte[], byte[]> record) {
    RecordCoordinates at =
        new RecordCoordinates(record.topic(), record.partition(), record.offset());
    try {
      if (record.value() == null) {
        throw new UnreadableRecordException(DeadLetterReason.UNREADABLE_RECORD, "no value");
      } else if (record.topic().equals(Topics.ORDER_INPUTS.name())) {
        return input(record, at);
      } else if (record.topic().equals(Topics.PAYMENT_NOTIFICATIONS.name())) {
        return notification(record, at);
      } else if (record.topic().equals(Topics.ORDER_COMMANDS.name())) {
        return command(record, at);
      }
    } catch (UnreadableRecordException e) {
      return new HistoryLine(at, null).without("refused", e.reason().name());
    }
    throw new IllegalArgumentException("nothing is folded of " + record.topic());
  }

  private byte[] input(ConsumerRecord<byte[], byte[]> record, RecordCoordinates at)
      throws UnreadableRecordException {
    OrderInput input = Topics.ORDER_INPUTS.json().read(record.value());
    String order = input.order().toString();
    OrderStates states = orders.computeIfAbsent(partition(record), any -> new OrderStates());
    OrderLedger before = states.get(input.order(), order);
    HistoryLine line = new HistoryLine(at, order);
    Decision decision;
    Wake wake;
    try {
      decision = Ledgers.apply(before, input);
      wake = decision instanceof Decision.Advance advance ? advance.after().wake() : before.wake();
    } catch (RuntimeException e) {
      // As streams does: a defect costs one input and not the partition.
      return line.without("failed", e.getClass().getSimpleName());
    }
    if (decision instanceof Decision.Advance advance) {
      states.put(order, advance.after());
    }
    Made.of(decision, line);
    return line.done(wake);
  }

  private byte[] notification(ConsumerRecord<byte[], byte[]> record, RecordCoordinates at)
      throws UnreadableRecordException {
    PaymentNotification notification = Topics.PAYMENT_NOTIFICATIONS.json().read(record.value());
    if (notification.kind() == NotificationKind.UNRECOGNISED) {
      return new HistoryLine(at, null)
          .without("refused", DeadLetterReason.UNRECOGNISED_EVENT_TYPE.name());
    }
    String identity = Identities.of(notification);
    IdentityMemory memory = memory(record);
    IdentityMemory.Entry known = known(memory, identity, record);
    Reception<?> reception =
        Intake.receive(known == null ? null : memory.receipt(identity, known), notification, at);
    memory.keep(identity, known, reception, record.timestamp());
    return line(reception, notification.shop() + ":" + notification.orderNo(), at);
  }

  private byte[] command(ConsumerRecord<byte[], byte[]> record, RecordCoordinates at)
      throws UnreadableRecordException {
    OrderCommand command = Topics.ORDER_COMMANDS.json().read(record.value());
    String identity = Identities.of(command);
    IdentityMemory memory = memory(record);
    IdentityMemory.Entry known = known(memory, identity, record);
    CommandReceipt receipt = known == null ? null : memory.commandReceipt(known, at);
    // What its shop is configured to is nothing that a build decides.
    Reception<CommandReceipt> reception =
        Intake.receive(
            receipt, command, TimeToPay.DEFAULT, Instant.ofEpochMilli(record.timestamp()), at);
    memory.keep(identity, known, reception, record.timestamp());
    return line(reception, command.order().toString(), at);
  }

  private IdentityMemory memory(ConsumerRecord<byte[], byte[]> record) {
    return identities.computeIfAbsent(partition(record), any -> new IdentityMemory());
  }

  // Intake forgets at its leisure; here it is on the day, so that both builds forget the same.
  private static IdentityMemory.@Nullable Entry known(
      IdentityMemory memory, String identity, ConsumerRecord<byte[], byte[]> record) {
    IdentityMemory.Entry known = memory.find(identity);
    return known == null || record.timestamp() - known.firstMs() >= REMEMBERED_MS ? null : known;
  }

  private static byte[] line(Reception<?> reception, String order, RecordCoordinates at) {
    HistoryLine line = new HistoryLine(at, order);
    if (reception instanceof Reception.First<?> first) {
      line.record(Topics.ORDER_INPUTS, first.input(), first.input().inputId());
    } else if (reception instanceof Reception.Conflict<?> conflict) {
      line.record(Topics.PAYMENT_EXCEPTIONS, conflict.opened(), conflict.opened().eventId());
    }
    return line.done(null);
  }

  /** Nothing more comes of a partition, or of one key of it. */
  void forget(TopicPartition of, @Nullable String key) {
    OrderStates states = orders.get(of);
    if (key == null) {
      orders.remove(of);
      identities.remove(of);
    } else if (states != null) {
      states.forget(key);
    }
  }

  private static TopicPartition partition(ConsumerRecord<byte[], byte[]> record) {
    return new TopicPartition(record.topic(), record.partition());
  }
}

package io.paidonce.reconciler.proof;

import io.paidonce.contract.OrderCommand;
import io.paidonce.contract.OrderInput;
import io.paidonce.contract.OrderKey;
import io.paidonce.contract.OrderTransition;
import io.paidonce.contract.PaymentNotification;
import io.paidonce.contract.RawBytes;
import io.paidonce.contract.RecordCoordinates;
import io.paidonce.contract.Topic;
import io.paidonce.contract.Topics;
import io.paidonce.contract.UnreadableRecordException;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The records of a bundle as what they say, by where they stand. */
final class Contents {

  /** Whose records come first in a bundle: what was received, then what was made of it. */
  static final List<Topic<?>> TOPICS =
      List.of(
          Topics.ORDER_COMMANDS,
          Topics.PAYMENT_NOTIFICATIONS,
          Topics.ORDER_INPUTS,
          Topics.ORDER_TRANSITIONS);

  /** The order in which they stand in a bundle. */
  static final Comparator<ProofRecord> IN_ORDER =
      Comparator.comparingInt((ProofRecord record) -> place(record.at().topic()))
          .thenComparing(record -> record.at().partition())
          .thenComparing(record -> record.at().offset());

  final Map<RecordCoordinates, Kept<OrderCommand>> commands = new LinkedHashMap<>();
  final Map<RecordCoordinates, Kept<PaymentNotification>> notifications = new LinkedHashMap<>();
  final Map<RecordCoordinates, Kept<OrderInput>> inputs = new LinkedHashMap<>();
  final Map<RecordCoordinates, Kept<OrderTransition>> transitions = new LinkedHashMap<>();

  /** A record and what it says. */
  record Kept<V>(ProofRecord record, V value, Optional<RawBytes> decrypted) {
    RecordCoordinates at() {
      return record.at();
    }
  }

  private static int place(String topic) {
    for (int i = 0; i < TOPICS.size(); i++) {
      if (TOPICS.get(i).name().equals(topic)) {
        return i;
      }
    }
    return TOPICS.size();
  }

  /** Of a bundle; what is none of its order's records is a fault. */
  static Contents of(Bundle bundle, Findings findings) {
    Contents contents = new Contents();
    ProofRecord before = null;
    for (Bundle.Item item : bundle.items()) {
      ProofRecord record = item.record();
      if (before != null && IN_ORDER.compare(before, record) >= 0) {
        findings.faults.add(record.at() + " does not stand in its order, or is there twice");
      }
      before = record;
      try {
        contents.take(item, bundle.order());
      } catch (UnreadableRecordException | IllegalArgumentException e) {
        findings.faults.add(record.at() + ": " + e.getMessage());
      }
    }
    return contents;
  }

  private void take(Bundle.Item item, OrderKey order) throws UnreadableRecordException {
    String topic = item.record().at().topic();
    if (topic.equals(Topics.ORDER_COMMANDS.name())) {
      Kept<OrderCommand> command = read(Topics.ORDER_COMMANDS, item);
      require(command, order, command.value().order(), order.toString());
      commands.put(command.at(), command);
    } else if (topic.equals(Topics.PAYMENT_NOTIFICATIONS.name())) {
      Kept<PaymentNotification> told = read(Topics.PAYMENT_NOTIFICATIONS, item);
      String orderNo = told.value().orderNo();
      if (orderNo == null) {
        throw new IllegalArgumentException("it names no order");
      }
      require(told, order, new OrderKey(told.value().shop(), orderNo), told.value().key());
      notifications.put(told.at(), told);
    } else if (topic.equals(Topics.ORDER_INPUTS.name())) {
      Kept<OrderInput> input = read(Topics.ORDER_INPUTS, item);
      require(input, order, input.value().order(), order.toString());
      inputs.put(input.at(), input);
    } else if (topic.equals(Topics.ORDER_TRANSITIONS.name())) {
      Kept<OrderTransition> transition = read(Topics.ORDER_TRANSITIONS, item);
      require(transition, order, transition.value().order(), order.toString());
      transitions.put(transition.at(), transition);
    } else {
      throw new IllegalArgumentException("no record of this topic belongs into a bundle");
    }
  }

  private static <V> Kept<V> read(Topic<V> topic, Bundle.Item item)
      throws UnreadableRecordException {
    ProofRecord record = item.record();
    return new Kept<>(
        record, topic.read(record.kafkaHeaders(), record.value().bytes()), item.decrypted());
  }

  private static void require(Kept<?> kept, OrderKey wanted, OrderKey is, String key) {
    if (!is.equals(wanted)) {
      throw new IllegalArgumentException("it is of order " + is + " and not of " + wanted);
    }
    if (!kept.record().head().key().equals(key)) {
      throw new IllegalArgumentException("its key is not what its content asks");
    }
  }
}

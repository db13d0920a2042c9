package io.paidonce.reconciler.diff;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.paidonce.contract.PaymentNotification;
import io.paidonce.contract.Topics;
import io.paidonce.contract.UnreadableRecordException;
import io.paidonce.reconciler.replay.Digests;
import io.paidonce.reconciler.replay.LongSet;
import io.paidonce.reconciler.replay.Tally;
import java.util.HashMap;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;

/**
 * Part of some traffic, to be kept: whole orders that begin in its range, so many of each
 * partition, with their notifications and commands, and under other names.
 */
public final class KeptTraffic implements Traffic {

  /** More inputs than an honest order has. */
  private static final int MOST_OF_AN_ORDER = 1_000;

  private final Traffic all;
  private final int ordersOfPartition;
  private final Anonymiser anonymiser;

  /**
   * A part of {@code all}, which shows inputs before what they follow from.
   *
   * @param ordersOfPartition how many orders of a partition are kept, 1 or more
   * @param key of the pseudonyms, at least 16 bytes
   */
  public KeptTraffic(Traffic all, int ordersOfPartition, byte[] key) {
    if (ordersOfPartition < 1) {
      throw new IllegalArgumentException(
          "orders of a partition must be 1 or more: " + ordersOfPartition);
    }
    this.all = all;
    this.ordersOfPartition = ordersOfPartition;
    this.anonymiser = new Anonymiser(new Pseudonyms(key));
  }

  @Override
  public Map<String, Long> each(Sink sink, Tally tally) {
    Choice choice = new Choice(sink);
    Map<String, Long> notes = new HashMap<>(all.each(choice, tally));
    notes.putAll(choice.notes);
    return notes;
  }

  private final class Choice implements Sink {
    private final Sink to;
    private final Map<String, Long> notes = new HashMap<>();
    private final LongSet chosen = new LongSet();
    private Map<String, Integer> ofPartition = new HashMap<>();
    private LongSet others = new LongSet();

    Choice(Sink to) {
      this.to = to;
    }

    @Override
    public void record(ConsumerRecord<byte[], byte[]> record, boolean isCompared) {
      if (!isChosen(record, isCompared)) {
        return;
      }
      ConsumerRecord<byte[], byte[]> other = anonymiser.of(record);
      if (other == null) {
        notes.merge("records that this build can't read, left out", 1L, Long::sum);
      } else {
        to.record(other, true);
      }
    }

    private boolean isChosen(ConsumerRecord<byte[], byte[]> record, boolean isInRange) {
      if (record.topic().equals(Topics.ORDER_INPUTS.name())) {
        return record.key() != null && isChosen(new String(record.key(), UTF_8), isInRange);
      } else if (record.topic().equals(Topics.ORDER_COMMANDS.name())) {
        return record.key() != null && chosen.contains(Digests.of(record.key()));
      }
      return isOfChosen(record);
    }

    // What is known of an order begins with its first input: it is kept from there or not at all.
    private boolean isChosen(String order, boolean isInRange) {
      long digest = Digests.of(order);
      Integer inputs = ofPartition.get(order);
      if (inputs == null
          && (others.contains(digest) || !isInRange || ofPartition.size() >= ordersOfPartition)) {
        others.add(digest);
        return false;
      }
      chosen.add(digest);
      int now = ofPartition.merge(order, 1, Integer::sum);
      if (now > MOST_OF_AN_ORDER) {
        notes.merge("inputs of orders with more than " + MOST_OF_AN_ORDER, 1L, Long::sum);
      }
      return now <= MOST_OF_AN_ORDER;
    }

    private boolean isOfChosen(ConsumerRecord<byte[], byte[]> record) {
      if (record.value() == null) {
        return false;
      }
      try {
        PaymentNotification notification = Topics.PAYMENT_NOTIFICATIONS.json().read(record.value());
        return chosen.contains(Digests.of(notification.shop() + ":" + notification.orderNo()));
      } catch (UnreadableRecordException e) {
        notes.merge("records that this build can't read, left out", 1L, Long::sum);
        return false;
      }
    }

    @Override
    public void end(TopicPartition partition) {
      ofPartition = new HashMap<>();
      others = new LongSet();
      to.end(partition);
    }
  }
}

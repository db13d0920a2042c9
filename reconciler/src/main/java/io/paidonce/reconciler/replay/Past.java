package io.paidonce.reconciler.replay;

import io.paidonce.contract.OrderTransition;
import io.paidonce.contract.Topics;
import io.paidonce.contract.UnreadableRecordException;
import io.paidonce.reconciler.replay.Log.Feed;
import io.paidonce.reconciler.replay.Log.Span;
import java.time.Instant;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;

/**
 * The orders of a partition whose first inputs are gone: {@code order-transitions} is kept for ever
 * and names them. Their later inputs can't be folded, so nothing is said of them.
 */
final class Past {

  private final LongSet orders = new LongSet();
  private final LongSet met = new LongSet();
  private boolean isOfAnotherTopic;

  /**
   * Finds them.
   *
   * @param inputs what is kept of the partition's inputs
   * @param firstInput when the first of them was appended; null where there is none
   */
  static Past of(
      Log log,
      Plan plan,
      int partition,
      Log.Extent inputs,
      @Nullable Instant firstInput,
      Findings findings) {
    Past past = new Past();
    TopicPartition transitions = new TopicPartition(Topics.ORDER_TRANSITIONS.name(), partition);
    Plan.Part part = plan.part(transitions);
    if (part.kept().isEmpty()) {
      return past;
    }
    long certain =
        firstInput == null ? part.kept().end() : upTo(log, part, transitions, firstInput, -1);
    long possible = firstInput == null ? certain : upTo(log, part, transitions, firstInput, 1);
    if (certain <= part.kept().begin() && inputs.begin() == 0) {
      // As it should be: nothing changed before the first input.
      return past;
    }
    if (possible <= part.kept().begin()) {
      return past;
    }
    try (Feed feed = log.open(Map.of(transitions, new Span(part.kept().begin(), possible)))) {
      ConsumerRecord<byte[], byte[]> record;
      while ((record = feed.next(transitions)) != null) {
        String key = Matcher.key(record);
        if (key != null && (record.offset() < certain || isOlder(record, firstInput))) {
          past.orders.add(Digests.of(key));
        }
      }
    }
    past.isOfAnotherTopic = inputs.begin() == 0 && past.orders.size() > 0;
    if (past.isOfAnotherTopic) {
      findings.untold(
          Untold.TOPIC_RECREATED,
          1,
          Topics.ORDER_INPUTS.name()
              + "-"
              + partition
              + " begins after changes of "
              + past.orders.size()
              + " orders that it does not hold");
    }
    return past;
  }

  // Brokers' clocks may differ a little, so the boundary is looked at more closely.
  private static long upTo(
      Log log, Plan.Part part, TopicPartition transitions, Instant firstInput, int clocks) {
    Instant time = firstInput.plus(Plan.CLOCKS.multipliedBy(clocks));
    return Math.max(
        part.kept().begin(), Math.min(part.kept().end(), log.offsetAt(transitions, time)));
  }

  private static boolean isOlder(
      ConsumerRecord<byte[], byte[]> record, @Nullable Instant firstInput) {
    try {
      OrderTransition transition = Topics.ORDER_TRANSITIONS.read(record.headers(), record.value());
      return firstInput == null || transition.at().isBefore(firstInput);
    } catch (UnreadableRecordException e) {
      // Compared and said in its place.
      return false;
    }
  }

  /** Whether order-inputs was deleted and created anew, so that older offsets mean nothing. */
  boolean isOfAnotherTopic() {
    return isOfAnotherTopic;
  }

  boolean holds(@Nullable String order) {
    return orders.size() > 0 && order != null && orders.contains(Digests.of(order));
  }

  /** An input of such an order is in the range. */
  void meet(String order) {
    met.add(Digests.of(order));
  }

  /** How many of them the range would have been about. */
  int met() {
    return met.size();
  }
}

package io.paidonce.launcher.keys;

import io.paidonce.contract.PaymentNotification;
import io.paidonce.contract.Topics;
import io.paidonce.contract.UnreadableRecordException;
import io.paidonce.contract.Witness;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.OffsetAndTimestamp;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.jspecify.annotations.Nullable;

/**
 * Looks in {@code payment-notifications} for the last callback that a key verified. The newest hour
 * is searched first: a key in use is found there, and only one that is not costs the whole search.
 * Joins no group, changes nothing.
 */
public final class NotificationSearch implements AutoCloseable {

  private static final Duration POLL = Duration.ofMillis(500);
  private static final Duration SILENT_AFTER = Duration.ofSeconds(30);
  private static final Duration FIRST_STEP = Duration.ofHours(1);
  private static final int STEP_GROWTH = 5;

  private final Consumer<byte[], byte[]> consumer;

  NotificationSearch(Consumer<byte[], byte[]> consumer) {
    this.consumer = consumer;
  }

  public static NotificationSearch at(String bootstrapServers) {
    return new NotificationSearch(
        new KafkaConsumer<>(
            Map.of(
                ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG,
                bootstrapServers,
                ConsumerConfig.CLIENT_ID_CONFIG,
                "paidonce-keys",
                ConsumerConfig.ISOLATION_LEVEL_CONFIG,
                "read_committed",
                ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG,
                false,
                ConsumerConfig.ALLOW_AUTO_CREATE_TOPICS_CONFIG,
                false,
                ConsumerConfig.DEFAULT_API_TIMEOUT_MS_CONFIG,
                (int) SILENT_AFTER.toMillis()),
            new ByteArrayDeserializer(),
            new ByteArrayDeserializer()));
  }

  /**
   * When a callback verified by the key was last received, not before that long ago.
   *
   * @throws IllegalStateException if Kafka does not answer, or holds what this build can't read
   */
  public Optional<Instant> last(KeyName key, Duration atMostAgo, Instant now) {
    Instant oldest = now.minus(atMostAgo);
    Duration step = FIRST_STEP;
    Instant end = Instant.MAX;
    while (true) {
      Instant wanted = now.minus(step);
      Instant begin = wanted.isBefore(oldest) ? oldest : wanted;
      try {
        Optional<Instant> found = lastBetween(key, begin, end);
        if (found.isPresent() || begin.equals(oldest)) {
          return found;
        }
      } catch (KafkaException e) {
        throw new IllegalStateException(
            Topics.PAYMENT_NOTIFICATIONS.name() + " can't be read: " + e.getMessage(), e);
      }
      end = begin;
      step = step.multipliedBy(STEP_GROWTH);
    }
  }

  private Optional<Instant> lastBetween(KeyName key, Instant begin, Instant end) {
    List<TopicPartition> partitions = new ArrayList<>();
    for (int i = 0; i < Topics.PAYMENT_NOTIFICATIONS.partitions(); i++) {
      partitions.add(new TopicPartition(Topics.PAYMENT_NOTIFICATIONS.name(), i));
    }
    consumer.assign(partitions);
    Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
    Map<TopicPartition, Long> begins = offsets(partitions, begin, ends);
    Map<TopicPartition, Long> stops =
        end.equals(Instant.MAX) ? ends : offsets(partitions, end, ends);
    begins.forEach(consumer::seek);
    return drain(key, stops);
  }

  // A partition without a record that young begins where it ends.
  private Map<TopicPartition, Long> offsets(
      List<TopicPartition> partitions, Instant from, Map<TopicPartition, Long> ends) {
    Map<TopicPartition, Long> times = new HashMap<>();
    partitions.forEach(partition -> times.put(partition, Math.max(0, from.toEpochMilli())));
    Map<TopicPartition, OffsetAndTimestamp> found = consumer.offsetsForTimes(times);
    Map<TopicPartition, Long> offsets = new HashMap<>();
    for (TopicPartition partition : partitions) {
      @Nullable OffsetAndTimestamp first = found.get(partition);
      offsets.put(
          partition, first == null ? ends.getOrDefault(partition, 0L) : (Long) first.offset());
    }
    return offsets;
  }

  private Optional<Instant> drain(KeyName key, Map<TopicPartition, Long> stops) {
    Optional<Instant> last = Optional.empty();
    long deadline = System.nanoTime() + SILENT_AFTER.toNanos();
    while (stops.entrySet().stream().anyMatch(e -> consumer.position(e.getKey()) < e.getValue())) {
      ConsumerRecords<byte[], byte[]> records = consumer.poll(POLL);
      if (!records.isEmpty()) {
        deadline = System.nanoTime() + SILENT_AFTER.toNanos();
      } else if (System.nanoTime() - deadline > 0) {
        throw new IllegalStateException(
            "Kafka delivers nothing for "
                + SILENT_AFTER.toSeconds()
                + " s before the end of "
                + Topics.PAYMENT_NOTIFICATIONS.name());
      }
      for (ConsumerRecord<byte[], byte[]> stored : records) {
        PaymentNotification notification = read(stored);
        if (notification.witness() == Witness.CALLBACK
            && key.verified(notification)
            && (last.isEmpty() || notification.receivedAt().isAfter(last.get()))) {
          last = Optional.of(notification.receivedAt());
        }
      }
    }
    return last;
  }

  private static PaymentNotification read(ConsumerRecord<byte[], byte[]> stored) {
    try {
      return Topics.PAYMENT_NOTIFICATIONS.read(stored.headers(), stored.value());
    } catch (UnreadableRecordException e) {
      // It may be of this very key: a guess could retire one that is needed.
      throw new IllegalStateException(
          stored.topic()
              + "-"
              + stored.partition()
              + "@"
              + stored.offset()
              + " can't be read by this build: "
              + e.getMessage(),
          e);
    }
  }

  @Override
  public void close() {
    consumer.close();
  }
}

package io.paidonce.verifier;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.paidonce.contract.DeadLetterReason;
import io.paidonce.contract.RecordCoordinates;
import io.paidonce.contract.Topic;
import io.paidonce.contract.UnreadableRecordException;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.RetriableException;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.jspecify.annotations.Nullable;

/**
 * Reads whole topics with a fresh read_committed consumer, from the first offset to where the end
 * was when it began. Joins no group and commits nothing.
 */
final class KafkaLog implements Log, AutoCloseable {

  private static final Duration POLL = Duration.ofMillis(500);
  private static final Duration STALLED = Duration.ofSeconds(60);

  private final Consumer<byte[], byte[]> consumer;

  KafkaLog(String bootstrapServers) {
    this.consumer = consumer(bootstrapServers);
  }

  /**
   * Reads a topic to its end.
   *
   * @throws RetriableException if the cluster delivers nothing for a minute
   */
  @Override
  public <V> void read(Topic<V> topic, @Nullable Function<V, String> keyOf, Visitor<V> visitor) {
    List<TopicPartition> partitions = partitions(topic);
    consumer.assign(partitions);
    consumer.seekToBeginning(partitions);
    drain(consumer.endOffsets(partitions), STALLED, record -> show(topic, keyOf, record, visitor));
  }

  @Override
  public Map<Integer, Long> begins(Topic<?> topic) {
    List<TopicPartition> partitions = partitions(topic);
    Map<Integer, Long> begins = new HashMap<>();
    consumer
        .beginningOffsets(partitions)
        .forEach((partition, offset) -> begins.put(partition.partition(), offset));
    return begins;
  }

  private List<TopicPartition> partitions(Topic<?> topic) {
    return consumer.partitionsFor(topic.name()).stream()
        .map(info -> new TopicPartition(info.topic(), info.partition()))
        .toList();
  }

  /**
   * Whether a read_committed consumer would see a record between two offsets.
   *
   * @throws KafkaAwayException if the cluster delivers nothing for that long
   */
  boolean holdsRecords(TopicPartition partition, long from, long to, Duration patience) {
    boolean[] found = new boolean[1];
    consumer.assign(List.of(partition));
    try {
      long first =
          consumer.beginningOffsets(List.of(partition), patience).getOrDefault(partition, 0L);
      consumer.seek(partition, Math.max(from, first));
      drain(Map.of(partition, to), patience, record -> found[0] |= record.offset() < to);
    } catch (RetriableException e) {
      throw new KafkaAwayException(partition + " can't be read: " + e.getMessage(), e);
    }
    return found[0];
  }

  @Override
  public void close() {
    consumer.close();
  }

  private void drain(
      Map<TopicPartition, Long> ends,
      Duration patience,
      java.util.function.Consumer<ConsumerRecord<byte[], byte[]>> each) {
    long deadline = System.nanoTime() + patience.toNanos();
    while (ends.entrySet().stream().anyMatch(e -> consumer.position(e.getKey()) < e.getValue())) {
      ConsumerRecords<byte[], byte[]> records = consumer.poll(POLL);
      if (!records.isEmpty()) {
        deadline = System.nanoTime() + patience.toNanos();
      } else if (System.nanoTime() > deadline) {
        throw new TimeoutException(
            "no record came for " + patience.toSeconds() + " s before the end of " + ends.keySet());
      }
      records.forEach(each);
    }
  }

  static <V> void show(
      Topic<V> topic,
      @Nullable Function<V, String> keyOf,
      ConsumerRecord<byte[], byte[]> record,
      Visitor<V> visitor) {
    RecordCoordinates at = new RecordCoordinates(topic.name(), record.partition(), record.offset());
    try {
      V value = topic.read(record.headers(), record.value());
      String key = record.key() == null ? null : new String(record.key(), UTF_8);
      if (keyOf != null && !keyOf.apply(value).equals(key)) {
        throw new UnreadableRecordException(
            DeadLetterReason.WRONG_KEY, "its key is not the one its content asks for");
      }
      visitor.record(at, value);
    } catch (UnreadableRecordException e) {
      visitor.unreadable(at, e);
    }
  }

  private static Consumer<byte[], byte[]> consumer(String bootstrapServers) {
    Map<String, Object> config = new HashMap<>();
    config.put(ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG, bootstrapServers);
    config.put(ConsumerConfig.CLIENT_ID_CONFIG, "paidonce-verifier");
    config.put(ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_committed");
    config.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false);
    config.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "earliest");
    config.put(ConsumerConfig.ALLOW_AUTO_CREATE_TOPICS_CONFIG, false);
    config.put(ConsumerConfig.MAX_POLL_RECORDS_CONFIG, 2000);
    // A fetch that waits for more at the end of one topic would hold up the next.
    config.put(ConsumerConfig.FETCH_MAX_WAIT_MS_CONFIG, 20);
    return new KafkaConsumer<>(config, new ByteArrayDeserializer(), new ByteArrayDeserializer());
  }
}

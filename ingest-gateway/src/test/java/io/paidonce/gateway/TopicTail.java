package io.paidonce.gateway;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.paidonce.contract.Topic;
import io.paidonce.contract.UnreadableRecordException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/** What is written to a topic from its making on, read as a stranger would read it. */
final class TopicTail<V> implements AutoCloseable {

  /** One record, whose topic and hash headers were checked. */
  record Received<V>(String key, V value, Map<String, String> headers) {}

  private final Topic<V> topic;
  private final KafkaConsumer<byte[], byte[]> consumer;
  private final List<TopicPartition> partitions;

  private TopicTail(Topic<V> topic, KafkaConsumer<byte[], byte[]> consumer) {
    this.topic = topic;
    this.consumer = consumer;
    this.partitions =
        IntStream.range(0, topic.partitions())
            .mapToObj(p -> new TopicPartition(topic.name(), p))
            .toList();
  }

  static <V> TopicTail<V> of(String bootstrapServers, Topic<V> topic) {
    Map<String, Object> settings =
        Map.of(
            ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG,
            bootstrapServers,
            ConsumerConfig.ISOLATION_LEVEL_CONFIG,
            "read_committed",
            ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG,
            false);
    TopicTail<V> tail =
        new TopicTail<>(
            topic,
            new KafkaConsumer<>(
                settings, new ByteArrayDeserializer(), new ByteArrayDeserializer()));
    tail.consumer.assign(tail.partitions);
    tail.consumer.seekToEnd(tail.partitions);
    tail.partitions.forEach(tail.consumer::position);
    return tail;
  }

  /** Everything written since the last reading, as far as it is acknowledged by now. */
  List<Received<V>> read() {
    Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
    List<Received<V>> received = new ArrayList<>();
    while (ends.entrySet().stream().anyMatch(e -> consumer.position(e.getKey()) < e.getValue())) {
      for (ConsumerRecord<byte[], byte[]> found : consumer.poll(Duration.ofMillis(100))) {
        received.add(received(found));
      }
    }
    return received;
  }

  private Received<V> received(ConsumerRecord<byte[], byte[]> found) {
    Map<String, String> headers = new java.util.TreeMap<>();
    found.headers().forEach(h -> headers.put(h.key(), new String(h.value(), UTF_8)));
    try {
      return new Received<>(
          new String(found.key(), UTF_8), topic.read(found.headers(), found.value()), headers);
    } catch (UnreadableRecordException e) {
      throw new IllegalStateException(e);
    }
  }

  @Override
  public void close() {
    consumer.close();
  }
}

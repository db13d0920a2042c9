package io.paidonce.verifier;

import io.paidonce.contract.RecordCoordinates;
import io.paidonce.contract.Topic;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.record.TimestampType;
import org.jspecify.annotations.Nullable;

/** Topics in memory, each of one partition. */
final class MemoryLog implements Log, World.Writer {

  private final Map<String, List<ConsumerRecord<byte[], byte[]>>> topics = new HashMap<>();

  @Override
  public RecordCoordinates write(ProducerRecord<byte[], byte[]> record) {
    List<ConsumerRecord<byte[], byte[]>> records =
        topics.computeIfAbsent(record.topic(), t -> new ArrayList<>());
    records.add(
        new ConsumerRecord<>(
            record.topic(),
            0,
            records.size(),
            0,
            TimestampType.LOG_APPEND_TIME,
            0,
            0,
            record.key(),
            record.value(),
            record.headers(),
            Optional.empty()));
    return new RecordCoordinates(record.topic(), 0, records.size() - 1);
  }

  @Override
  public <V> void read(Topic<V> topic, @Nullable Function<V, String> keyOf, Visitor<V> visitor) {
    topics
        .getOrDefault(topic.name(), List.of())
        .forEach(record -> KafkaLog.show(topic, keyOf, record, visitor));
  }

  @Override
  public Map<Integer, Long> begins(Topic<?> topic) {
    return Map.of();
  }
}

package io.paidonce.verifier;

import io.paidonce.contract.RecordCoordinates;
import io.paidonce.contract.Topic;
import io.paidonce.contract.UnreadableRecordException;
import io.paidonce.providers.AccountConfig;
import io.paidonce.providers.EvidenceCheck;
import java.time.Instant;
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

/** Topics of one partition each, kept in memory, for the checker to judge. */
public final class KeptLog implements Log {

  private final Map<String, List<ConsumerRecord<byte[], byte[]>>> topics = new HashMap<>();

  public void add(ProducerRecord<byte[], byte[]> record) {
    List<ConsumerRecord<byte[], byte[]>> records =
        topics.computeIfAbsent(record.topic(), name -> new ArrayList<>());
    records.add(
        new ConsumerRecord<>(
            record.topic(),
            0,
            records.size(),
            record.timestamp() == null ? 0 : record.timestamp(),
            TimestampType.LOG_APPEND_TIME,
            0,
            0,
            record.key(),
            record.value(),
            record.headers(),
            Optional.empty()));
  }

  /** What the checker says. */
  public Report verify(List<AccountConfig> accounts, Instant now) {
    return Verification.judge(this, EvidenceCheck.of(accounts), null, false, now, new Findings());
  }

  @Override
  public <V> void read(Topic<V> topic, @Nullable Function<V, String> keyOf, Visitor<V> visitor) {
    for (ConsumerRecord<byte[], byte[]> record : topics.getOrDefault(topic.name(), List.of())) {
      KafkaLog.show(topic, keyOf, record, visitor);
    }
  }

  @Override
  public Map<Integer, Long> begins(Topic<?> topic) {
    return Map.of();
  }

  /** The values of a topic, all of them readable. */
  public <V> List<V> values(Topic<V> topic) {
    List<V> values = new ArrayList<>();
    read(
        topic,
        null,
        new Visitor<V>() {
          @Override
          public void record(RecordCoordinates at, V value) {
            values.add(value);
          }

          @Override
          public void unreadable(RecordCoordinates at, UnreadableRecordException why) {
            throw new AssertionError(at + " can't be read", why);
          }
        });
    return values;
  }
}

package io.paidonce.reconciler.replay;

import io.paidonce.contract.Topic;
import io.paidonce.contract.Topics;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.UnaryOperator;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.record.TimestampType;
import org.jspecify.annotations.Nullable;

/** Topics of one partition each in memory, into which faults can be planted. */
public final class MemoryLog implements Log {

  private final Map<String, List<ConsumerRecord<byte[], byte[]>>> topics = new HashMap<>();
  private final Map<String, Long> begins = new HashMap<>();
  private final Map<String, String> identities = new HashMap<>();
  private final Map<String, Unshown> unshown = new HashMap<>();
  private boolean tellsProcessed = true;

  /** From which offset on a partition's records are committed, and not shown for some looks. */
  private record Unshown(long from, AtomicInteger looks) {}

  public MemoryLog() {
    Topics.all().forEach(topic -> topics.put(topic.name(), new ArrayList<>()));
  }

  private MemoryLog(MemoryLog of) {
    of.topics.forEach((name, records) -> topics.put(name, new ArrayList<>(records)));
    begins.putAll(of.begins);
  }

  /** The same, to be changed by itself. */
  public MemoryLog copy() {
    return new MemoryLog(this);
  }

  /** Appends. */
  public void add(ProducerRecord<byte[], byte[]> record, Instant appended) {
    List<ConsumerRecord<byte[], byte[]>> records = records(record.topic());
    records.add(
        consumed(
            record.topic(),
            records.isEmpty()
                ? begin(record.topic())
                : records.get(records.size() - 1).offset() + 1,
            appended.toEpochMilli(),
            record.key(),
            record.value(),
            record.headers()));
  }

  static ConsumerRecord<byte[], byte[]> consumed(
      String topic,
      long offset,
      long timestamp,
      byte @Nullable [] key,
      byte @Nullable [] value,
      Headers headers) {
    return new ConsumerRecord<>(
        topic,
        0,
        offset,
        timestamp,
        TimestampType.LOG_APPEND_TIME,
        0,
        0,
        key,
        value,
        headers,
        Optional.empty());
  }

  /** All that a topic keeps. */
  public List<ConsumerRecord<byte[], byte[]>> records(Topic<?> topic) {
    return records(topic.name());
  }

  private List<ConsumerRecord<byte[], byte[]>> records(String topic) {
    return topics.getOrDefault(topic, List.of());
  }

  /** Puts another record in the place of one. */
  void replace(Topic<?> topic, int place, UnaryOperator<ConsumerRecord<byte[], byte[]>> change) {
    List<ConsumerRecord<byte[], byte[]>> records = records(topic);
    records.set(place, change.apply(records.get(place)));
  }

  /** Leaves its offset empty, as an aborted transaction does. */
  ConsumerRecord<byte[], byte[]> remove(Topic<?> topic, int place) {
    return records(topic).remove(place);
  }

  /** Forgets what stands before an offset. */
  public void expire(Topic<?> topic, long before) {
    records(topic).removeIf(record -> record.offset() < before);
    begins.put(topic.name(), before);
  }

  /** The same name, another topic, from offset 0 on. */
  void recreate(Topic<?> topic) {
    records(topic).clear();
    begins.remove(topic.name());
  }

  /** From now on nobody tells how far streams has come. */
  void hideProcessed() {
    tellsProcessed = false;
  }

  /** A commit shows in this topic only after it was looked for so often, as markers do. */
  void showLater(Topic<?> topic, long from, int looks) {
    unshown.put(topic.name(), new Unshown(from, new AtomicInteger(looks)));
  }

  /** The next time somebody asks, the topic is another one. */
  void changeIdentity(Topic<?> topic) {
    identities.put(topic.name(), "asked once");
  }

  private long begin(String topic) {
    return begins.getOrDefault(topic, 0L);
  }

  @Override
  public int partitions(String topic) {
    return 1;
  }

  @Override
  public String identity(String topic) {
    String now = identities.getOrDefault(topic, "the only one");
    identities.replace(topic, "another one");
    return now;
  }

  @Override
  public Extent extent(TopicPartition partition) {
    List<ConsumerRecord<byte[], byte[]>> records = records(partition.topic());
    long begin = begin(partition.topic());
    Unshown later = unshown.get(partition.topic());
    if (later != null && later.looks().getAndDecrement() > 0) {
      return new Extent(begin, later.from());
    }
    return new Extent(
        begin, records.isEmpty() ? begin : records.get(records.size() - 1).offset() + 1);
  }

  @Override
  public long offsetAt(TopicPartition partition, Instant time) {
    for (ConsumerRecord<byte[], byte[]> record : records(partition.topic())) {
      if (record.timestamp() >= time.toEpochMilli()) {
        return record.offset();
      }
    }
    return Long.MAX_VALUE;
  }

  @Override
  public OptionalLong processed(TopicPartition partition) {
    return tellsProcessed ? OptionalLong.of(written(partition)) : OptionalLong.empty();
  }

  @Override
  public long written(TopicPartition partition) {
    List<ConsumerRecord<byte[], byte[]>> records = records(partition.topic());
    return records.isEmpty() ? 0 : records.get(records.size() - 1).offset() + 1;
  }

  @Override
  public List<String> holes() {
    return List.of();
  }

  private static int place(List<ConsumerRecord<byte[], byte[]>> records, long offset) {
    int low = 0;
    int high = records.size();
    while (low < high) {
      int middle = (low + high) >>> 1;
      if (records.get(middle).offset() < offset) {
        low = middle + 1;
      } else {
        high = middle;
      }
    }
    return low;
  }

  @Override
  public Feed open(Map<TopicPartition, Span> spans) {
    Map<TopicPartition, Span> left = new HashMap<>(spans);
    return new Feed() {
      private long hidden;

      @Override
      public @Nullable ConsumerRecord<byte[], byte[]> next(TopicPartition partition) {
        Span span = left.get(partition);
        if (span == null) {
          throw new AssertionError(partition + " is not read here");
        }
        List<ConsumerRecord<byte[], byte[]>> records = records(partition.topic());
        int place = place(records, span.from());
        if (place < records.size() && records.get(place).offset() < span.to()) {
          ConsumerRecord<byte[], byte[]> record = records.get(place);
          hidden += record.offset() - span.from();
          left.put(partition, new Span(record.offset() + 1, span.to()));
          return record;
        }
        left.put(partition, new Span(span.to(), span.to()));
        return null;
      }

      @Override
      public boolean extend(TopicPartition partition) {
        long end = extent(partition).end();
        Span span = left.get(partition);
        if (span == null || end <= span.to()) {
          return false;
        }
        left.put(partition, new Span(span.from(), end));
        return true;
      }

      @Override
      public long readUpTo(TopicPartition partition) {
        Span span = left.get(partition);
        return span == null ? 0 : span.from();
      }

      @Override
      public long hidden() {
        return hidden;
      }

      @Override
      public void close() {}
    };
  }

  @Override
  public void close() {}
}

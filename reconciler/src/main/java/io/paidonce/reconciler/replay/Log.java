package io.paidonce.reconciler.replay;

import io.paidonce.contract.RecordCoordinates;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;

/** The topics, as a reader who changes nothing sees them. */
public interface Log extends AutoCloseable {

  /** What a partition keeps: its first offset, and where a read_committed reader would wait. */
  record Extent(long begin, long end) {
    boolean isEmpty() {
      return begin >= end;
    }
  }

  /** From which offset to which a partition is read. */
  record Span(long from, long to) {}

  int partitions(String topic);

  /** Tells one topic of a name from a later one of the same name. */
  String identity(String topic);

  /** What is kept now. */
  Extent extent(TopicPartition partition);

  /** The first offset whose record was appended at that time or later; the end where none was. */
  long offsetAt(TopicPartition partition, Instant time);

  /** One record; empty where none is kept there. */
  default Optional<ConsumerRecord<byte[], byte[]>> record(RecordCoordinates at) {
    TopicPartition partition = new TopicPartition(at.topic(), at.partition());
    Extent kept = extent(partition);
    if (at.offset() < kept.begin() || at.offset() >= kept.end()) {
      return Optional.empty();
    }
    try (Feed feed = open(Map.of(partition, new Span(at.offset(), at.offset() + 1)))) {
      return Optional.ofNullable(feed.next(partition));
    }
  }

  /** When the first record that is kept was appended; null where there is none. */
  default @Nullable Instant firstAppended(TopicPartition partition) {
    Extent kept = extent(partition);
    if (kept.isEmpty()) {
      return null;
    }
    try (Feed feed = open(Map.of(partition, new Span(kept.begin(), kept.end())))) {
      ConsumerRecord<byte[], byte[]> first = feed.next(partition);
      return first == null ? null : Instant.ofEpochMilli(first.timestamp());
    }
  }

  /** How far streams has come; empty where nobody may tell us. */
  OptionalLong processed(TopicPartition partition);

  /** Where the partition ends, with all that transactions have written and not committed yet. */
  long written(TopicPartition partition);

  /** Stretches that were found to hold nothing at all. */
  List<String> holes();

  /** Begins to read. For one thread. */
  Feed open(Map<TopicPartition, Span> spans);

  @Override
  void close();

  /** Several partitions read side by side, each at the pace at which it is asked for. */
  interface Feed extends AutoCloseable {

    /** The next record of a partition; null at the end of its span. */
    @Nullable ConsumerRecord<byte[], byte[]> next(TopicPartition partition);

    /** Reads on to where the partition ends now; whether there is more. */
    boolean extend(TopicPartition partition);

    /** The offset up to which a partition was read and its records handed out. */
    long readUpTo(TopicPartition partition);

    /** Offsets passed so far that hold no committed record. */
    long hidden();

    @Override
    void close();
  }
}

package io.paidonce.projector;

import io.paidonce.contract.Topics;
import java.util.ArrayList;
import java.util.List;
import org.apache.kafka.clients.consumer.ConsumerRecords;

/**
 * What one PostgreSQL transaction applies.
 *
 * @param advances how far partitions move; one may move without a record
 * @param slices the records, by topic
 * @param unreadable records that are no record of their topic
 */
record Batch(List<Advance> advances, List<Slice<?>> slices, List<Refusal> unreadable) {

  static Batch of(
      List<TopicRows<?>> topics, ConsumerRecords<byte[], byte[]> records, List<Advance> advances) {
    List<Refusal> unreadable = new ArrayList<>();
    List<Slice<?>> slices = new ArrayList<>();
    for (TopicRows<?> rows : topics) {
      slices.add(Slice.read(rows, records.records(rows.topic().name()), unreadable));
    }
    return new Batch(advances, slices, unreadable);
  }

  /** Whether an order stands elsewhere after it. */
  boolean movesOrders() {
    return slices.stream()
        .anyMatch(
            slice -> !slice.isEmpty() && slice.rows().topic().equals(Topics.ORDER_TRANSITIONS));
  }
}

package io.paidonce.reconciler.diff;

import io.paidonce.contract.RecordCoordinates;
import io.paidonce.contract.Topic;
import io.paidonce.contract.Topics;
import io.paidonce.reconciler.replay.DeadRecords;
import io.paidonce.reconciler.replay.Log;
import io.paidonce.reconciler.replay.ReplayRange;
import io.paidonce.reconciler.replay.Tally;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;

/**
 * The topics as traffic: what is kept, up to where they ended when it began. What streams could not
 * take then is left out, and said. A selection by shop or order is one of inputs and commands;
 * notifications are keyed by transaction, and all of them are shown.
 */
public final class TopicTraffic implements Traffic {

  private final Log log;
  private final ReplayRange range;

  /** Of a range: what stands before it is shown too, and not compared. */
  public TopicTraffic(Log log, ReplayRange range) {
    this.log = log;
    this.range = range;
  }

  private record Part(TopicPartition of, Log.Span span, long from) {}

  @Override
  public Map<String, Long> each(Sink sink, Tally tally) {
    DeadRecords dead = DeadRecords.read(log);
    // Inputs first: each end is taken before those of the topics it follows from.
    List<Part> parts = new ArrayList<>();
    long offsets = 0;
    for (Topic<?> topic :
        List.of(Topics.ORDER_INPUTS, Topics.ORDER_COMMANDS, Topics.PAYMENT_NOTIFICATIONS)) {
      for (int i = 0; i < log.partitions(topic.name()); i++) {
        Part part = part(new TopicPartition(topic.name(), i));
        parts.add(part);
        offsets += part.span().to() - part.span().from();
      }
    }
    tally.expect(offsets);
    Map<String, Long> notes = new HashMap<>();
    for (Part part : parts) {
      try (Log.Feed feed = log.open(Map.of(part.of(), part.span()))) {
        ConsumerRecord<byte[], byte[]> record;
        while ((record = feed.next(part.of())) != null) {
          if (!takes(record)) {
            continue;
          }
          if (dead.holds(
              new RecordCoordinates(record.topic(), record.partition(), record.offset()))) {
            notes.merge("records that streams could not take, left out", 1L, Long::sum);
          } else {
            sink.record(record, record.offset() >= part.from());
          }
        }
      }
      sink.end(part.of());
    }
    return notes;
  }

  private Part part(TopicPartition of) {
    Log.Extent kept = log.extent(of);
    long to = at(of, range.to(), kept.end(), kept);
    return new Part(
        of, new Log.Span(kept.begin(), to), Math.min(to, at(of, range.from(), kept.begin(), kept)));
  }

  private long at(TopicPartition of, @Nullable Instant time, long without, Log.Extent kept) {
    return time == null
        ? without
        : Math.max(kept.begin(), Math.min(kept.end(), log.offsetAt(of, time)));
  }

  private boolean takes(ConsumerRecord<byte[], byte[]> record) {
    return record.topic().equals(Topics.PAYMENT_NOTIFICATIONS.name()) || range.takes(record.key());
  }
}

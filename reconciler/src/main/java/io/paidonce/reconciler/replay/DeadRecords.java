package io.paidonce.reconciler.replay;

import io.paidonce.contract.DeadLetter;
import io.paidonce.contract.RecordCoordinates;
import io.paidonce.contract.Topics;
import io.paidonce.contract.UnreadableRecordException;
import io.paidonce.reconciler.replay.Log.Extent;
import io.paidonce.reconciler.replay.Log.Feed;
import io.paidonce.reconciler.replay.Log.Span;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;

/**
 * Which records intake and ledger could not take: they stand in their topics and took no part. Held
 * whole, since who folds must know before the fold; a system with millions of them has other
 * troubles, and is told so.
 */
public final class DeadRecords {

  private static final int MOST = 1_000_000;

  private final Set<RecordCoordinates> sources = new HashSet<>();

  /** Reads all dead letters; one that can't be read is passed over. */
  public static DeadRecords read(Log log) {
    return read(log, new Findings());
  }

  static DeadRecords read(Log log, Findings findings) {
    DeadRecords dead = new DeadRecords();
    Map<TopicPartition, Span> spans = new LinkedHashMap<>();
    for (TopicPartition each : Plan.partitions(log, Topics.DEAD_LETTERS)) {
      Extent kept = log.extent(each);
      spans.put(each, new Span(kept.begin(), kept.end()));
    }
    try (Feed feed = log.open(spans)) {
      for (TopicPartition each : spans.keySet()) {
        ConsumerRecord<byte[], byte[]> record;
        while ((record = feed.next(each)) != null) {
          dead.add(record, findings);
        }
      }
    }
    return dead;
  }

  private void add(ConsumerRecord<byte[], byte[]> record, Findings findings) {
    DeadLetter letter;
    try {
      letter = Topics.DEAD_LETTERS.readFacts(record.headers(), record.value());
    } catch (UnreadableRecordException e) {
      findings.add(
          new Difference(
              DifferenceKind.INPUT_UNREADABLE,
              record.topic(),
              null,
              new RecordCoordinates(record.topic(), record.partition(), record.offset()),
              String.valueOf(e.getMessage())));
      return;
    }
    RecordCoordinates source = letter.source();
    if (source != null && sources.add(source) && sources.size() > MOST) {
      throw new IllegalStateException(
          "more than "
              + MOST
              + " dead letters: mend what makes them first, ./paidonce dead-letters lists them");
    }
  }

  public boolean holds(RecordCoordinates record) {
    return !sources.isEmpty() && sources.contains(record);
  }

  public int size() {
    return sources.size();
  }
}

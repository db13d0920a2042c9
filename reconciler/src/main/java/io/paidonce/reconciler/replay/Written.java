package io.paidonce.reconciler.replay;

import io.paidonce.contract.RecordCoordinates;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.function.ToLongFunction;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;

/**
 * Tells what is missing from what is not to be seen yet, in topics that streams writes meanwhile. A
 * transaction shows in each of its partitions some time after it is committed, in some later than
 * in others: neither the group's offset nor what it wrote elsewhere tells that a record can be read
 * here. But all of a transaction lies in the log before it is committed. So whoever has come, among
 * committed records, to where the log ended after the commit was noticed, has seen all of it.
 */
final class Written {

  private final Log log;
  private final Collection<TopicPartition> causes;
  private final Collection<TopicPartition> effects;
  private Map<TopicPartition, Long> covered = Map.of();
  private @Nullable Look look;

  /** How far streams had come, and where the log of its effects ended after that. */
  private record Look(Map<TopicPartition, Long> committed, Map<TopicPartition, Long> ends) {}

  /**
   * Nothing is known at first.
   *
   * @param causes partitions that streams reads
   * @param effects partitions that it writes
   */
  Written(Log log, Collection<TopicPartition> causes, Collection<TopicPartition> effects) {
    this.log = log;
    this.causes = causes;
    this.effects = effects;
  }

  /**
   * Notes how far the reader has come, and where he must come to.
   *
   * @param readUpTo the offset up to which a partition was read, among committed records
   * @param proven the offset before which what was read elsewhere proves a partition processed
   * @return whether he is where he had to come to; what follows must be noticed anew
   */
  boolean notice(ToLongFunction<TopicPartition> readUpTo, ToLongFunction<TopicPartition> proven) {
    if (look == null) {
      look = look(proven);
    }
    boolean isThere =
        look.ends.entrySet().stream()
            .allMatch(end -> readUpTo.applyAsLong(end.getKey()) >= end.getValue());
    if (isThere) {
      covered = look.committed;
      look = null;
    }
    return isThere;
  }

  // In this order: what is committed lies before the end that is looked up afterwards.
  private Look look(ToLongFunction<TopicPartition> proven) {
    Map<TopicPartition, Long> committed = new HashMap<>();
    for (TopicPartition each : causes) {
      committed.put(each, Math.max(log.processed(each).orElse(0), proven.applyAsLong(each)));
    }
    Map<TopicPartition, Long> ends = new HashMap<>();
    for (TopicPartition each : effects) {
      ends.put(each, log.written(each));
    }
    return new Look(committed, ends);
  }

  /** Whether all that follows from a record was there to be read: what was not read, is not. */
  boolean covers(RecordCoordinates cause) {
    return covers(new TopicPartition(cause.topic(), cause.partition()), cause.offset());
  }

  boolean covers(TopicPartition cause, long offset) {
    return covered.getOrDefault(cause, 0L) > offset;
  }
}

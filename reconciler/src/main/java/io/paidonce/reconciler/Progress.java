package io.paidonce.reconciler;

import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeSet;
import org.apache.kafka.common.TopicPartition;

/**
 * How far each partition is done: up to the first record whose answer is not stored. What stands
 * behind it may be stored already and is carried out again after a crash; nothing is left out.
 */
final class Progress {

  private static final class Partition {
    private final TreeSet<Long> open = new TreeSet<>();
    private long next;
    private long committed;

    Partition(long committed) {
      this.committed = committed;
    }

    long done() {
      return open.isEmpty() ? next : open.first();
    }
  }

  private final Map<TopicPartition, Partition> partitions = new HashMap<>();

  /** A record was read; the first of a partition stands where the group has committed. */
  void read(TopicPartition partition, long offset) {
    Partition known = partitions.computeIfAbsent(partition, p -> new Partition(offset));
    known.open.add(offset);
    known.next = offset + 1;
  }

  /**
   * The answer of a record is stored; of a partition that is not ours any more, nothing happens.
   */
  void done(TopicPartition partition, long offset) {
    Partition known = partitions.get(partition);
    if (known != null) {
      known.open.remove(offset);
    }
  }

  /**
   * Of these partitions, those that are further than they are said to be committed, and from now on
   * are.
   */
  Map<TopicPartition, Long> commit(Collection<TopicPartition> of) {
    Map<TopicPartition, Long> offsets = new HashMap<>();
    for (TopicPartition partition : of) {
      Partition known = partitions.get(partition);
      if (known != null && known.done() > known.committed) {
        known.committed = known.done();
        offsets.put(partition, known.done());
      }
    }
    return offsets;
  }

  /** A commit failed; the next one says it all again. */
  void notCommitted() {
    partitions.values().forEach(known -> known.committed = -1);
  }

  void lost(TopicPartition partition) {
    partitions.remove(partition);
  }
}

package io.paidonce.reconciler;

import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeSet;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;

/**
 * How far each partition is done: up to the first record whose answer is not stored. Nothing is
 * left out; what is done behind it is remembered in the {@link Mark}.
 */
final class Progress {

  private static final class Partition {
    private final TreeSet<Long> open = new TreeSet<>();
    private final Mark resumed;
    private long next;
    private @Nullable Mark committed;

    Partition(Mark resumed) {
      this.resumed = resumed;
      this.next = resumed.offset();
      this.committed = resumed;
    }
  }

  private final Map<TopicPartition, Partition> partitions = new HashMap<>();

  /** A partition is ours; this is how far it was done. */
  void resume(TopicPartition partition, Mark mark) {
    partitions.put(partition, new Partition(mark));
  }

  /** A record was read; whether it is open still. */
  boolean read(TopicPartition partition, long offset) {
    Partition known =
        partitions.computeIfAbsent(partition, p -> new Partition(Mark.parse(offset, null)));
    known.next = offset + 1;
    return !known.resumed.isDone(offset) && known.open.add(offset);
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

  /** Of these partitions, those that are further than what was taken here before. */
  Map<TopicPartition, Mark> take(Collection<TopicPartition> of) {
    Map<TopicPartition, Mark> marks = new HashMap<>();
    for (TopicPartition partition : of) {
      Partition known = partitions.get(partition);
      if (known != null) {
        Mark mark = mark(known);
        if (!mark.equals(known.committed)) {
          known.committed = mark;
          marks.put(partition, mark);
        }
      }
    }
    return marks;
  }

  /** What was taken was not committed; it is taken again. */
  void notCommitted() {
    partitions.values().forEach(known -> known.committed = null);
  }

  void lost(TopicPartition partition) {
    partitions.remove(partition);
  }

  // What was done when we came, and was not read again yet, is done still.
  private static Mark mark(Partition known) {
    Mark resumed = known.resumed;
    if (known.next >= resumed.end()) {
      return Mark.of(known.open, known.next);
    }
    TreeSet<Long> open = new TreeSet<>(known.open);
    open.addAll(resumed.open().tailSet(known.next));
    if (known.next <= resumed.offset()) {
      open.add(resumed.offset());
    }
    return Mark.of(open, resumed.end());
  }
}

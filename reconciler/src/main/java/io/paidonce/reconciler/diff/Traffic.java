package io.paidonce.reconciler.diff;

import io.paidonce.reconciler.replay.Tally;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;

/** Records to be folded: those of a partition in their order, one partition after the other. */
public interface Traffic {

  /** Takes them. */
  interface Sink {

    /**
     * The next record of its partition.
     *
     * @param isCompared whether what becomes of it is asked for, or only needed for what follows
     */
    void record(ConsumerRecord<byte[], byte[]> record, boolean isCompared);

    /** Nothing more comes of a partition. */
    void end(TopicPartition partition);
  }

  /**
   * Shows all of it.
   *
   * @param tally is told how much there will be
   * @return what else is worth saying, with counts
   */
  Map<String, Long> each(Sink sink, Tally tally);
}

package io.paidonce.reconciler.replay;

import io.paidonce.contract.RecordCoordinates;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.common.TopicPartition;

/**
 * Whether a source is newer than what is said to be made of it: then its topic was deleted and
 * created anew, and its offsets mean other records now. Asked only of what does not fit.
 */
final class SourceAge {

  // Each is a question to a broker; who finds so many forged inputs need not be told more.
  private static final int MOST_LOOKS = 1_000;

  private final Log log;
  private final Set<TopicPartition> recreated = new HashSet<>();
  private final Map<TopicPartition, Integer> looks = new HashMap<>();

  SourceAge(Log log) {
    this.log = log;
  }

  boolean isNewer(RecordCoordinates source, long appendedMs) {
    TopicPartition partition = new TopicPartition(source.topic(), source.partition());
    if (recreated.contains(partition)) {
      return true;
    }
    if (source.partition() >= log.partitions(source.topic())
        || source.offset() >= log.extent(partition).end()
        || looks.merge(partition, 1, Integer::sum) > MOST_LOOKS) {
      return false;
    }
    Instant after = Instant.ofEpochMilli(appendedMs).plus(Plan.CLOCKS);
    boolean isNewer = source.offset() >= log.offsetAt(partition, after);
    if (isNewer) {
      recreated.add(partition);
    }
    return isNewer;
  }
}

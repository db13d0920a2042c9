package io.paidonce.streams;

import java.util.concurrent.atomic.LongAdder;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.streams.processor.StateRestoreListener;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Says when a store is rebuilt from its topic, and when that is done: until then its payments wait,
 * and an operator wants to know for how long.
 */
final class RestoreLog implements StateRestoreListener {

  private static final Logger log = LoggerFactory.getLogger(RestoreLog.class);

  private final LongAdder restored = new LongAdder();

  /** Records of all stores that are rebuilt, since the start. */
  long records() {
    return restored.sum();
  }

  @Override
  public void onRestoreStart(TopicPartition changelog, String store, long from, long to) {
    // One offset is the marker of the last commit, which every orderly start reads.
    if (to - from > 1) {
      log.info("restoring {} from {}: offsets {} to {}", store, changelog, from, to);
    }
  }

  @Override
  public void onBatchRestored(TopicPartition changelog, String store, long upTo, long records) {}

  @Override
  public void onRestoreEnd(TopicPartition changelog, String store, long records) {
    restored.add(records);
    if (records > 0) {
      log.info("restored {} from {}: {} records", store, changelog, records);
    }
  }

  @Override
  public void onRestoreSuspended(TopicPartition changelog, String store, long records) {
    log.info("restoring {} from {} was given up after {} records", store, changelog, records);
  }
}

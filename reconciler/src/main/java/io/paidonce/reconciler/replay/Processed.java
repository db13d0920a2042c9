package io.paidonce.reconciler.replay;

import io.paidonce.contract.RecordCoordinates;
import org.apache.kafka.common.TopicPartition;

/** Whether streams can have said anything about a record yet. */
final class Processed {

  private Processed() {}

  /** Whether streams has not come to a record, or nobody may say how far it has come. */
  static boolean isBehind(Log log, RecordCoordinates at) {
    return log.processed(new TopicPartition(at.topic(), at.partition())).orElse(0) <= at.offset();
  }
}

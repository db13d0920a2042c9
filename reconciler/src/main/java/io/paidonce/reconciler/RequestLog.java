package io.paidonce.reconciler;

import io.paidonce.contract.Topics;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRebalanceListener;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The requests as they are read, and how far they are done. For one thread. */
final class RequestLog implements AutoCloseable {

  private static final Logger log = LoggerFactory.getLogger(RequestLog.class);
  private static final Duration LAST_COMMIT = Duration.ofSeconds(5);

  private final org.apache.kafka.clients.consumer.Consumer<byte[], byte[]> consumer;
  private final Progress progress = new Progress();
  private boolean failing;

  /**
   * Joins the group.
   *
   * @param health told when the group has given us our share of the partitions
   * @param onLost told of each partition that another instance has now
   */
  RequestLog(
      org.apache.kafka.clients.consumer.Consumer<byte[], byte[]> consumer,
      Health health,
      Consumer<TopicPartition> onLost) {
    this.consumer = consumer;
    consumer.subscribe(
        List.of(Topics.PROVIDER_REQUESTS.name()),
        new ConsumerRebalanceListener() {
          @Override
          public void onPartitionsAssigned(Collection<TopicPartition> partitions) {
            resume(partitions);
            health.joined();
          }

          @Override
          public void onPartitionsRevoked(Collection<TopicPartition> partitions) {
            commitAndWait(partitions);
            onPartitionsLost(partitions);
          }

          @Override
          public void onPartitionsLost(Collection<TopicPartition> partitions) {
            for (TopicPartition partition : partitions) {
              progress.lost(partition);
              onLost.accept(partition);
            }
          }
        });
  }

  private void resume(Collection<TopicPartition> partitions) {
    consumer
        .committed(Set.copyOf(partitions))
        .forEach(
            (partition, committed) -> {
              if (committed != null) {
                progress.resume(partition, Mark.parse(committed.offset(), committed.metadata()));
              }
            });
  }

  /** Waits for records at most so long; none while paused, and none that is done. */
  List<ConsumerRecord<byte[], byte[]>> poll(Duration atMost, boolean paused) {
    // Each time: partitions that came meanwhile are not paused yet.
    if (paused) {
      consumer.pause(consumer.assignment());
    } else if (!consumer.paused().isEmpty()) {
      consumer.resume(consumer.paused());
    }
    List<ConsumerRecord<byte[], byte[]>> open = new ArrayList<>();
    for (ConsumerRecord<byte[], byte[]> record : consumer.poll(atMost)) {
      if (progress.read(partition(record), record.offset())) {
        open.add(record);
      }
    }
    return open;
  }

  static TopicPartition partition(ConsumerRecord<?, ?> record) {
    return new TopicPartition(record.topic(), record.partition());
  }

  /** The answer of a record is stored. */
  void done(TopicPartition partition, long offset) {
    progress.done(partition, offset);
  }

  /** Commits what is done, without waiting for it. */
  void commit() {
    Map<TopicPartition, OffsetAndMetadata> offsets = offsets(consumer.assignment());
    if (!offsets.isEmpty()) {
      consumer.commitAsync(offsets, (committed, failure) -> committed(failure));
    }
  }

  // One line for each change, not for each attempt.
  private void committed(@Nullable Exception failure) {
    if (failure != null) {
      progress.notCommitted();
      if (!failing) {
        log.warn("offsets are not committed, and will be: {}", failure.toString());
      }
    }
    failing = failure != null;
  }

  // Whoever carries on repeats what was not committed, which is only work.
  private void commitAndWait(Collection<TopicPartition> partitions) {
    Map<TopicPartition, OffsetAndMetadata> offsets = offsets(partitions);
    if (offsets.isEmpty()) {
      return;
    }
    try {
      consumer.commitSync(offsets, LAST_COMMIT);
    } catch (KafkaException e) {
      log.warn("offsets were not committed; some requests are carried out again: {}", e.toString());
      progress.notCommitted();
    }
  }

  private Map<TopicPartition, OffsetAndMetadata> offsets(Collection<TopicPartition> partitions) {
    Map<TopicPartition, OffsetAndMetadata> offsets = new HashMap<>();
    progress
        .take(partitions)
        .forEach(
            (partition, mark) ->
                offsets.put(partition, new OffsetAndMetadata(mark.offset(), mark.text())));
    return offsets;
  }

  /** Commits what is done and leaves the group. */
  @Override
  public void close() {
    try {
      commitAndWait(consumer.assignment());
    } finally {
      consumer.close();
    }
  }
}

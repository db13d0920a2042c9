package io.paidonce.projector;

import java.time.Duration;
import java.util.Collection;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.function.LongSupplier;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ListOffsetsOptions;
import org.apache.kafka.clients.admin.ListOffsetsResult.ListOffsetsResultInfo;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.common.IsolationLevel;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;

/**
 * Asks for the ends of the logs now and then, without waiting for the answer. The ends are those of
 * an uncommitted reader: the committed one stands still at a hanging transaction, and a stuck
 * projection would look as if it had caught up.
 */
final class LogEnds {

  private static final Duration EVERY = Duration.ofSeconds(2);
  private static final int TIMEOUT_MS = 10_000;

  private final Admin admin;
  private final ProjectorMetrics metrics;
  private final Health health;
  private final LongSupplier nanoTime;
  private long askedAt;
  private @Nullable KafkaFuture<Map<TopicPartition, ListOffsetsResultInfo>> asked;

  LogEnds(Admin admin, ProjectorMetrics metrics, Health health, LongSupplier nanoTime) {
    this.admin = admin;
    this.metrics = metrics;
    this.health = health;
    this.nanoTime = nanoTime;
    this.askedAt = nanoTime.getAsLong() - EVERY.toNanos();
  }

  void askIfDue(Collection<TopicPartition> partitions) {
    hear();
    long now = nanoTime.getAsLong();
    if (asked != null || partitions.isEmpty() || now - askedAt < EVERY.toNanos()) {
      return;
    }
    askedAt = now;
    asked =
        admin
            .listOffsets(
                partitions.stream().collect(Collectors.toMap(p -> p, p -> OffsetSpec.latest())),
                new ListOffsetsOptions(IsolationLevel.READ_UNCOMMITTED).timeoutMs(TIMEOUT_MS))
            .all();
  }

  private void hear() {
    KafkaFuture<Map<TopicPartition, ListOffsetsResultInfo>> answer = asked;
    if (answer == null || !answer.isDone()) {
      return;
    }
    asked = null;
    try {
      answer.get().forEach((partition, end) -> metrics.endsAt(partition, end.offset()));
      health.kafkaUp();
    } catch (ExecutionException e) {
      health.kafkaDown(String.valueOf(e.getCause()));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}

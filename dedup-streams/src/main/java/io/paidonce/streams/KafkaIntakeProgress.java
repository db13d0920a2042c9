package io.paidonce.streams;

import io.paidonce.contract.Topics;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.function.Supplier;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.admin.ListOffsetsOptions;
import org.apache.kafka.clients.admin.ListOffsetsResult.ListOffsetsResultInfo;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.IsolationLevel;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.TopicPartition;

/** Asked of the brokers. */
final class KafkaIntakeProgress implements IntakeProgress, AutoCloseable {

  // The high watermark. The last stable offset stays behind it while anybody's transaction is open,
  // a redrive's for instance, and what was acknowledged meanwhile would not be waited for.
  private static final ListOffsetsOptions ACKNOWLEDGED =
      new ListOffsetsOptions(IsolationLevel.READ_UNCOMMITTED);

  private final Admin admin;
  private final String group;

  KafkaIntakeProgress(String bootstrapServers, String group) {
    this.group = group;
    this.admin =
        Admin.create(
            Map.of(
                AdminClientConfig.BOOTSTRAP_SERVERS_CONFIG,
                bootstrapServers,
                AdminClientConfig.CLIENT_ID_CONFIG,
                group + "-lag-guard",
                AdminClientConfig.REQUEST_TIMEOUT_MS_CONFIG,
                5_000,
                AdminClientConfig.DEFAULT_API_TIMEOUT_MS_CONFIG,
                10_000));
  }

  @Override
  public Map<Integer, Long> ends() {
    Map<TopicPartition, Long> ends = offsets(OffsetSpec::latest);
    Map<TopicPartition, Long> beginnings = offsets(OffsetSpec::earliest);
    Map<Integer, Long> withRecords = new HashMap<>();
    ends.forEach(
        (partition, end) -> {
          if (end > beginnings.getOrDefault(partition, 0L)) {
            withRecords.put(partition.partition(), end);
          }
        });
    return withRecords;
  }

  @Override
  public Map<Integer, Long> committed() {
    Map<Integer, Long> committed = new HashMap<>();
    Map<TopicPartition, OffsetAndMetadata> all =
        answer(admin.listConsumerGroupOffsets(group).partitionsToOffsetAndMetadata());
    all.forEach(
        (partition, offset) -> {
          if (partition.topic().equals(Topics.PAYMENT_NOTIFICATIONS.name()) && offset != null) {
            committed.put(partition.partition(), offset.offset());
          }
        });
    return committed;
  }

  private Map<TopicPartition, Long> offsets(Supplier<OffsetSpec> which) {
    Map<TopicPartition, OffsetSpec> asked = new HashMap<>();
    for (int i = 0; i < Topics.PAYMENT_NOTIFICATIONS.partitions(); i++) {
      asked.put(new TopicPartition(Topics.PAYMENT_NOTIFICATIONS.name(), i), which.get());
    }
    Map<TopicPartition, Long> offsets = new HashMap<>();
    Map<TopicPartition, ListOffsetsResultInfo> found =
        answer(admin.listOffsets(asked, ACKNOWLEDGED).all());
    found.forEach((partition, info) -> offsets.put(partition, info.offset()));
    return offsets;
  }

  private static <T> T answer(KafkaFuture<T> future) {
    try {
      return future.get();
    } catch (ExecutionException e) {
      throw new KafkaException(String.valueOf(e.getMessage()), e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new KafkaException("interrupted while waiting for the cluster", e);
    }
  }

  @Override
  public void close() {
    admin.close();
  }
}

package io.paidonce.launcher.faults;

import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ListOffsetsOptions;
import org.apache.kafka.clients.admin.ListOffsetsResult.ListOffsetsResultInfo;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.IsolationLevel;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/**
 * A store's write that stands in its changelog, in a transaction that is neither committed nor
 * aborted.
 *
 * @param offset of the transaction's first write
 */
record OpenTransaction(TopicPartition changelog, long offset) {

  private static final String STORE = FaultStack.APPLICATION + "-received-changelog";
  private static final Duration STRUCK_WITHIN = Duration.ofSeconds(30);

  /** The changelogs of intake's memory that one instance writes. */
  static List<TopicPartition> changelogs(FaultStack stack, String instance) {
    return new Group(stack, FaultStack.APPLICATION)
        .partitions(instance).stream()
            .filter(source -> source.topic().equals("payment-notifications"))
            .map(source -> new TopicPartition(STORE, source.partition()))
            .toList();
  }

  /**
   * Kills an instance amid a transaction. Between a write and its commit are milliseconds, too few
   * to see one and strike: so it is frozen, looked at, and goes on unless it was caught.
   */
  static OpenTransaction killWithin(
      FaultStack stack, RoleProcess instance, List<TopicPartition> changelogs) {
    long deadline = System.nanoTime() + STRUCK_WITHIN.toNanos();
    try (Admin admin = stack.admin()) {
      while (System.nanoTime() < deadline) {
        instance.freeze();
        // What it sent last may be on its way to the broker, its commit included.
        find(admin, changelogs);
        Optional<OpenTransaction> found = find(admin, changelogs);
        if (found.isPresent()) {
          instance.kill();
          return found.get();
        }
        instance.thaw();
        Await.moment(System.nanoTime() + Duration.ofMillis(7).toNanos());
      }
    }
    throw new AssertionError("no transaction was caught open within " + STRUCK_WITHIN);
  }

  private static Optional<OpenTransaction> find(Admin admin, List<TopicPartition> changelogs) {
    Map<TopicPartition, Long> stable = ends(admin, changelogs, IsolationLevel.READ_COMMITTED);
    Map<TopicPartition, Long> written = ends(admin, changelogs, IsolationLevel.READ_UNCOMMITTED);
    return changelogs.stream()
        .filter(changelog -> stable.get(changelog) < written.get(changelog))
        .map(changelog -> new OpenTransaction(changelog, stable.get(changelog)))
        .findFirst();
  }

  private static Map<TopicPartition, Long> ends(
      Admin admin, List<TopicPartition> partitions, IsolationLevel level) {
    Map<TopicPartition, OffsetSpec> latest = new HashMap<>();
    partitions.forEach(partition -> latest.put(partition, OffsetSpec.latest()));
    try {
      Map<TopicPartition, Long> ends = new HashMap<>();
      Map<TopicPartition, ListOffsetsResultInfo> found =
          admin.listOffsets(latest, new ListOffsetsOptions(level)).all().get(30, TimeUnit.SECONDS);
      found.forEach((partition, info) -> ends.put(partition, info.offset()));
      return ends;
    } catch (ExecutionException | TimeoutException e) {
      throw new IllegalStateException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  /** To be asked when all is at rest. */
  boolean wasAborted(FaultStack stack) {
    try (KafkaConsumer<byte[], byte[]> committed =
        new KafkaConsumer<>(
            Map.of(
                "bootstrap.servers", stack.bootstrapServers(),
                "isolation.level", "read_committed",
                "auto.offset.reset", "earliest"),
            new ByteArrayDeserializer(),
            new ByteArrayDeserializer())) {
      committed.assign(List.of(changelog));
      long end = committed.endOffsets(List.of(changelog)).get(changelog);
      committed.seek(changelog, offset);
      while (committed.position(changelog) < end) {
        for (ConsumerRecord<byte[], byte[]> record : committed.poll(Duration.ofMillis(100))) {
          return record.offset() != offset;
        }
      }
      return true;
    }
  }
}

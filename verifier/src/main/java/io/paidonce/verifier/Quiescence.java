package io.paidonce.verifier;

import io.paidonce.contract.Topic;
import io.paidonce.contract.Topics;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.LockSupport;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.admin.ListOffsetsOptions;
import org.apache.kafka.clients.admin.ListOffsetsResult.ListOffsetsResultInfo;
import org.apache.kafka.clients.admin.ListTransactionsOptions;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.admin.TransactionListing;
import org.apache.kafka.clients.admin.TransactionState;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.IsolationLevel;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;

/**
 * Waits until everything written is processed: no open transaction, nothing hidden behind one, and
 * neither dedup-streams nor the projector behind. A system that does not come to rest in time is at
 * fault itself.
 */
final class Quiescence {

  private static final Duration BETWEEN_LOOKS = Duration.ofMillis(100);
  private static final long ANSWER_SECONDS = 30;
  private static final List<Topic<?>> SOURCES =
      List.of(Topics.PAYMENT_NOTIFICATIONS, Topics.ORDER_COMMANDS, Topics.ORDER_INPUTS);
  private static final List<Topic<?>> PROJECTED =
      List.of(
          Topics.ORDER_TRANSITIONS,
          Topics.ORDER_PAID,
          Topics.ORDER_CANCELLED,
          Topics.ORDER_REFUNDED,
          Topics.NOTIFICATION_RECEIPTS,
          Topics.PAYMENT_EXCEPTIONS);

  private final VerifierConfig config;
  private final Admin admin;
  private final KafkaLog log;

  private Quiescence(VerifierConfig config, Admin admin, KafkaLog log) {
    this.config = config;
    this.admin = admin;
    this.log = log;
  }

  /** Returns when the system is at rest, or, with findings, when the time is over. */
  static void await(VerifierConfig config, KafkaLog log, Findings findings) {
    Map<String, Object> settings =
        Map.of(
            AdminClientConfig.BOOTSTRAP_SERVERS_CONFIG,
            config.bootstrapServers(),
            AdminClientConfig.CLIENT_ID_CONFIG,
            "paidonce-verifier");
    try (Admin admin = Admin.create(settings)) {
      Quiescence quiescence = new Quiescence(config, admin, log);
      long deadline = System.nanoTime() + config.quiesceTimeout().toNanos();
      List<String> unrest = quiescence.unrest();
      while (!unrest.isEmpty() && System.nanoTime() < deadline) {
        LockSupport.parkNanos(BETWEEN_LOOKS.toNanos());
        unrest = quiescence.unrest();
      }
      unrest.forEach(why -> findings.add(Fault.NOT_QUIESCED, why));
    }
  }

  /** Why the system is not at rest; empty where it is. */
  private List<String> unrest() {
    List<String> why = new ArrayList<>(openTransactions());
    List<TopicPartition> partitions = partitions(Topics.all());
    Map<TopicPartition, Long> visible = ends(partitions, IsolationLevel.READ_COMMITTED);
    Map<TopicPartition, Long> written = ends(partitions, IsolationLevel.READ_UNCOMMITTED);
    for (TopicPartition partition : partitions) {
      long hidden = at(written, partition) - at(visible, partition);
      if (hidden > 0) {
        why.add(partition + " has " + hidden + " offsets that no transaction has ended");
      }
    }
    // Not worth asking who is behind while the ends move.
    if (why.isEmpty()) {
      why.addAll(behind("group " + config.streamsGroup(), committed(), SOURCES, visible));
      if (config.readStore() != null) {
        why.addAll(behind("the projector", projected(config.readStore()), PROJECTED, visible));
      }
    }
    return why;
  }

  private List<String> openTransactions() {
    Collection<TransactionListing> open =
        await(
            admin
                .listTransactions(
                    new ListTransactionsOptions()
                        .filterStates(
                            List.of(
                                TransactionState.ONGOING,
                                TransactionState.PREPARE_COMMIT,
                                TransactionState.PREPARE_ABORT)))
                .all());
    return open.stream()
        .map(t -> "transaction " + t.transactionalId() + " is " + t.state())
        .toList();
  }

  private List<String> behind(
      String who,
      Map<TopicPartition, Long> reached,
      List<Topic<?>> topics,
      Map<TopicPartition, Long> ends) {
    List<String> behind = new ArrayList<>();
    for (TopicPartition partition : partitions(topics)) {
      long next = at(reached, partition);
      long end = at(ends, partition);
      // The ends of transactions take offsets too, and a reader need not stand behind the last.
      if (next < end && log.holdsRecords(partition, next, end)) {
        behind.add(who + " is at offset " + next + " of " + partition + ", which ends at " + end);
      }
    }
    return behind;
  }

  private Map<TopicPartition, Long> committed() {
    Map<TopicPartition, @Nullable OffsetAndMetadata> committed =
        await(
            admin.listConsumerGroupOffsets(config.streamsGroup()).partitionsToOffsetAndMetadata());
    Map<TopicPartition, Long> offsets = new HashMap<>();
    committed.forEach(
        (partition, offset) -> {
          if (offset != null) {
            offsets.put(partition, offset.offset());
          }
        });
    return offsets;
  }

  private static Map<TopicPartition, Long> projected(VerifierConfig.ReadStoreLogin login) {
    try (ReadStore store = ReadStore.open(login)) {
      return store.offsets();
    }
  }

  private static List<TopicPartition> partitions(List<Topic<?>> topics) {
    List<TopicPartition> partitions = new ArrayList<>();
    for (Topic<?> topic : topics) {
      for (int i = 0; i < topic.partitions(); i++) {
        partitions.add(new TopicPartition(topic.name(), i));
      }
    }
    return partitions;
  }

  private Map<TopicPartition, Long> ends(List<TopicPartition> partitions, IsolationLevel level) {
    Map<TopicPartition, OffsetSpec> latest = new HashMap<>();
    partitions.forEach(partition -> latest.put(partition, OffsetSpec.latest()));
    Map<TopicPartition, ListOffsetsResultInfo> found =
        await(admin.listOffsets(latest, new ListOffsetsOptions(level)).all());
    Map<TopicPartition, Long> ends = new HashMap<>();
    found.forEach((partition, info) -> ends.put(partition, info.offset()));
    return ends;
  }

  private static long at(Map<TopicPartition, Long> offsets, TopicPartition partition) {
    return offsets.getOrDefault(partition, 0L);
  }

  private static <T> T await(KafkaFuture<T> future) {
    try {
      return future.get(ANSWER_SECONDS, TimeUnit.SECONDS);
    } catch (ExecutionException e) {
      throw new IllegalStateException("the cluster refused: " + e.getMessage(), e);
    } catch (TimeoutException e) {
      throw new IllegalStateException(
          "the cluster did not answer within " + ANSWER_SECONDS + " s", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while waiting for the cluster", e);
    }
  }
}

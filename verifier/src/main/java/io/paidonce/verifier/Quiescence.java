package io.paidonce.verifier;

import io.paidonce.contract.Topic;
import io.paidonce.contract.Topics;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import org.apache.kafka.common.IsolationLevel;
import org.apache.kafka.common.TopicPartition;

/**
 * Waits until everything written is processed: no open transaction, nothing hidden behind one, and
 * neither dedup-streams nor the projector behind. A system that does not come to rest in time is at
 * fault itself. A broker that is away is waited for: while one is, nothing can be said.
 */
final class Quiescence {

  private static final Duration BETWEEN_LOOKS = Duration.ofMillis(100);
  private static final Duration ANSWER_WITHIN = Duration.ofSeconds(5);
  private static final List<Topic<?>> SOURCES =
      List.of(Topics.PAYMENT_NOTIFICATIONS, Topics.ORDER_COMMANDS, Topics.ORDER_INPUTS);
  private static final List<Topic<?>> PROJECTED =
      List.of(
          Topics.ORDER_TRANSITIONS,
          Topics.ORDER_PAID,
          Topics.ORDER_CANCELLED,
          Topics.ORDER_REFUNDED,
          Topics.NOTIFICATION_RECEIPTS,
          Topics.PAYMENT_EXCEPTIONS,
          Topics.ORDER_COMMANDS,
          Topics.COMMAND_OUTCOMES,
          Topics.PAYMENT_NOTIFICATIONS,
          Topics.PROVIDER_REQUESTS,
          Topics.DEAD_LETTERS,
          Topics.DEAD_LETTER_REDRIVES,
          Topics.REJECTIONS);

  private final VerifierConfig config;
  private final Cluster cluster;
  private final KafkaLog log;
  private final Waiting waiting;
  private final long deadline;

  private Quiescence(VerifierConfig config, Cluster cluster, KafkaLog log, Consumer<String> says) {
    this.config = config;
    this.cluster = cluster;
    this.log = log;
    this.waiting = new Waiting(says);
    this.deadline = System.nanoTime() + config.quiesceTimeout().toNanos();
  }

  /**
   * Returns when the system is at rest, or, with findings, when the time is over.
   *
   * @param says is told on what is waited
   * @throws IllegalStateException if a broker is away when the time is over
   */
  static void await(VerifierConfig config, KafkaLog log, Findings findings, Consumer<String> says) {
    try (Cluster cluster = new Cluster(config.bootstrapServers(), ANSWER_WITHIN)) {
      new Quiescence(config, cluster, log, says)
          .untilRest()
          .forEach(why -> findings.add(Fault.NOT_QUIESCED, why));
    }
  }

  private List<String> untilRest() {
    while (true) {
      try {
        List<String> unrest = unrest();
        if (unrest.isEmpty() || isOver()) {
          return unrest;
        }
        waiting.on(Waiting.For.REST, unrest, left());
      } catch (KafkaAwayException e) {
        if (isOver()) {
          throw stillAway(e);
        }
        waiting.on(Waiting.For.KAFKA, List.of(String.valueOf(e.getMessage())), left());
      }
      LockSupport.parkNanos(BETWEEN_LOOKS.toNanos());
    }
  }

  private boolean isOver() {
    return left().toNanos() <= 0;
  }

  private Duration left() {
    return Duration.ofNanos(deadline - System.nanoTime());
  }

  private IllegalStateException stillAway(KafkaAwayException e) {
    return new IllegalStateException(
        "Kafka at "
            + config.bootstrapServers()
            + " did not answer for "
            + config.quiesceTimeout().toSeconds()
            + " s, so nothing was verified: "
            + e.getMessage()
            + ". Start the broker that is away (each knows its own part of the open transactions),"
            + " or correct bootstrapServers, and verify again; a longer --timeout waits longer",
        e);
  }

  /** Why the system is not at rest; empty where it is. */
  private List<String> unrest() {
    List<String> why = new ArrayList<>(openTransactions());
    List<TopicPartition> partitions = partitions(Topics.all());
    Map<TopicPartition, Long> visible = cluster.ends(partitions, IsolationLevel.READ_COMMITTED);
    Map<TopicPartition, Long> written = cluster.ends(partitions, IsolationLevel.READ_UNCOMMITTED);
    for (TopicPartition partition : partitions) {
      long hidden = at(written, partition) - at(visible, partition);
      if (hidden > 0) {
        why.add(partition + " has " + hidden + " offsets that no transaction has ended");
      }
    }
    // Not worth asking who is behind while the ends move.
    if (why.isEmpty()) {
      String group = config.streamsGroup();
      why.addAll(behind("group " + group, cluster.committed(group), SOURCES, visible));
      if (config.readStore() != null) {
        why.addAll(behind("the projector", projected(config.readStore()), PROJECTED, visible));
      }
    }
    return why;
  }

  private List<String> openTransactions() {
    return cluster.unfinishedTransactions().stream()
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
      if (next < end && log.holdsRecords(partition, next, end, ANSWER_WITHIN)) {
        behind.add(who + " is at offset " + next + " of " + partition + ", which ends at " + end);
      }
    }
    return behind;
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

  private static long at(Map<TopicPartition, Long> offsets, TopicPartition partition) {
    return offsets.getOrDefault(partition, 0L);
  }
}

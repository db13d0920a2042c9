package io.paidonce.streams;

import io.paidonce.contract.Topic;
import io.paidonce.contract.Topics;
import io.paidonce.ledger.TimeToPay;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Supplier;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.streams.AutoOffsetReset;
import org.apache.kafka.streams.Topology;
import org.apache.kafka.streams.TopologyConfig;

/**
 * The topology, read from top to bottom. Two sub-topologies that meet in {@code order-inputs}:
 * intake lets each fact and command pass once, the ledger folds them, and the deadlines that it
 * says are over. Records are bytes until a processor reads them, so that no record can stop a
 * thread before we see it.
 */
final class DedupTopology {

  static final String INTAKE = "intake";
  static final String LEDGER = "ledger";

  /** What the topology reads and writes. */
  static final Set<Topic<?>> TOPICS =
      Set.of(
          Topics.PAYMENT_NOTIFICATIONS,
          Topics.ORDER_COMMANDS,
          Topics.ORDER_INPUTS,
          Topics.ORDER_TRANSITIONS,
          Topics.ORDER_PAID,
          Topics.ORDER_CANCELLED,
          Topics.ORDER_REFUNDED,
          Topics.NOTIFICATION_RECEIPTS,
          Topics.PAYMENT_EXCEPTIONS,
          Topics.COMMAND_OUTCOMES,
          Topics.PROVIDER_REQUESTS,
          Topics.DEAD_LETTERS);

  private final Topology topology;
  private final Function<String, TimeToPay> timeToPay;
  private final Supplier<Instant> allInBefore;
  private final StreamsMetrics metrics;

  private DedupTopology(
      Topology topology,
      Function<String, TimeToPay> timeToPay,
      Supplier<Instant> allInBefore,
      StreamsMetrics metrics) {
    this.topology = topology;
    this.timeToPay = timeToPay;
    this.allInBefore = allInBefore;
    this.metrics = metrics;
  }

  /**
   * Builds it.
   *
   * @param timeToPay of the orders of a shop that do not say it themselves
   * @param allInBefore all that was received before this time is in order-inputs; {@link
   *     Instant#MIN} while that is not known
   */
  static Topology build(
      TopologyConfig config,
      Function<String, TimeToPay> timeToPay,
      Supplier<Instant> allInBefore,
      StreamsMetrics metrics) {
    DedupTopology it = new DedupTopology(new Topology(config), timeToPay, allInBefore, metrics);
    it.readNotifications();
    it.readCommands();
    it.rememberWhatWasReceived();
    it.sendFrom(
        INTAKE,
        List.of(IntakeNotifications.NAME, IntakeCommands.NAME),
        Topics.ORDER_INPUTS,
        Topics.PAYMENT_EXCEPTIONS,
        Topics.DEAD_LETTERS);
    it.sendFrom(
        INTAKE,
        List.of(IntakeNotifications.NAME),
        Topics.NOTIFICATION_RECEIPTS,
        Topics.PROVIDER_REQUESTS);
    it.sendFrom(INTAKE, List.of(IntakeCommands.NAME), Topics.COMMAND_OUTCOMES);
    it.foldInputs();
    it.sendFrom(
        LEDGER,
        List.of(LedgerProcessor.NAME),
        Topics.ORDER_INPUTS,
        Topics.ORDER_TRANSITIONS,
        Topics.ORDER_PAID,
        Topics.ORDER_CANCELLED,
        Topics.ORDER_REFUNDED,
        Topics.PAYMENT_EXCEPTIONS,
        Topics.COMMAND_OUTCOMES,
        Topics.PROVIDER_REQUESTS,
        Topics.DEAD_LETTERS);
    return it.topology;
  }

  private void readNotifications() {
    read("notifications", Topics.PAYMENT_NOTIFICATIONS);
    topology.addProcessor(
        IntakeNotifications.NAME, () -> new IntakeNotifications(metrics), "notifications");
  }

  private void readCommands() {
    read("commands", Topics.ORDER_COMMANDS);
    topology.addProcessor(
        IntakeCommands.NAME, () -> new IntakeCommands(timeToPay, metrics), "commands");
  }

  private void rememberWhatWasReceived() {
    topology.addStateStore(Received.store(), IntakeNotifications.NAME, IntakeCommands.NAME);
  }

  private void foldInputs() {
    read("inputs", Topics.ORDER_INPUTS);
    Turns turns = new Turns();
    topology.addProcessor(
        LedgerProcessor.NAME, () -> new LedgerProcessor(allInBefore, metrics, turns), "inputs");
    topology.addStateStore(LedgerProcessor.store(), LedgerProcessor.NAME);
  }

  private void read(String name, Topic<?> topic) {
    topology.addSource(
        AutoOffsetReset.earliest(),
        name,
        new ByteArrayDeserializer(),
        new ByteArrayDeserializer(),
        topic.name());
  }

  private void sendFrom(String owner, List<String> processors, Topic<?>... topics) {
    for (Topic<?> topic : topics) {
      topology.addSink(
          Outbox.sink(owner, topic),
          topic.name(),
          new ByteArraySerializer(),
          new ByteArraySerializer(),
          processors.toArray(String[]::new));
    }
  }
}

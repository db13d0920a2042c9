package io.paidonce.launcher.orders;

import io.paidonce.contract.EventHead;
import io.paidonce.contract.OrderCommand;
import io.paidonce.contract.Topics;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.jspecify.annotations.Nullable;

/** Writes commands to {@code order-commands}, stored by all in-sync replicas or not at all. */
public final class KafkaOrderCommands implements OrderCommands {

  private static final String SOURCE = "/paidonce/launcher";

  private final Producer<byte[], byte[]> producer;
  private final AtomicReference<@Nullable Exception> failure = new AtomicReference<>();

  private KafkaOrderCommands(Producer<byte[], byte[]> producer) {
    this.producer = producer;
  }

  public static KafkaOrderCommands at(String bootstrapServers) {
    return new KafkaOrderCommands(
        new KafkaProducer<>(
            Map.of(
                ProducerConfig.BOOTSTRAP_SERVERS_CONFIG,
                bootstrapServers,
                ProducerConfig.CLIENT_ID_CONFIG,
                "paidonce-orders",
                ProducerConfig.ACKS_CONFIG,
                "all",
                // Keeps the lines of a file in their order within a partition, whatever is retried.
                ProducerConfig.ENABLE_IDEMPOTENCE_CONFIG,
                true,
                // A million lines go out in full batches rather than one request each.
                ProducerConfig.LINGER_MS_CONFIG,
                10,
                ProducerConfig.BATCH_SIZE_CONFIG,
                1 << 17,
                // A person waits: a cluster that does not answer is said to be silent after 30 s.
                ProducerConfig.MAX_BLOCK_MS_CONFIG,
                30_000,
                ProducerConfig.DELIVERY_TIMEOUT_MS_CONFIG,
                30_000,
                ProducerConfig.REQUEST_TIMEOUT_MS_CONFIG,
                10_000),
            new ByteArraySerializer(),
            new ByteArraySerializer()));
  }

  @Override
  @SuppressWarnings("FutureReturnValueIgnored") // its callback hears the same
  public void send(OrderCommand command) {
    requireNoFailure();
    EventHead head = new EventHead(command.commandId(), SOURCE, command.issuedAt(), null);
    producer.send(
        Topics.ORDER_COMMANDS.record(command.order().toString(), command, head),
        (stored, refused) -> {
          if (refused != null) {
            failure.compareAndSet(null, refused);
          }
        });
  }

  @Override
  public void awaitStored() {
    producer.flush();
    requireNoFailure();
  }

  @Override
  public void close() {
    producer.close();
  }

  private void requireNoFailure() {
    Exception refused = failure.get();
    if (refused != null) {
      throw new IllegalStateException(
          "Kafka did not store an order command: " + refused.getMessage(), refused);
    }
  }
}

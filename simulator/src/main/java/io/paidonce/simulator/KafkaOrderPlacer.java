package io.paidonce.simulator;

import io.paidonce.contract.EventHead;
import io.paidonce.contract.OrderCommand;
import io.paidonce.contract.Topics;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Future;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/** Writes commands to {@code order-commands}, as an order service would. */
public final class KafkaOrderPlacer implements OrderPlacer, AutoCloseable {

  private static final String SOURCE = "/paidonce/simulator";

  private final Producer<byte[], byte[]> producer;

  private KafkaOrderPlacer(Producer<byte[], byte[]> producer) {
    this.producer = producer;
  }

  public static KafkaOrderPlacer connect(String bootstrapServers) {
    Map<String, Object> config = new HashMap<>();
    config.put(ProducerConfig.BOOTSTRAP_SERVERS_CONFIG, bootstrapServers);
    config.put(ProducerConfig.CLIENT_ID_CONFIG, "paidonce-simulator");
    // A command that is confirmed must not be lost, and order-commands keeps an order's sequence.
    config.put(ProducerConfig.ACKS_CONFIG, "all");
    config.put(ProducerConfig.ENABLE_IDEMPOTENCE_CONFIG, true);
    // One request at a time: if a partition that was just created has no leader for the first and
    // has one for the second, the broker takes that as the producer's first sequence, and refuses
    // the first for as long as it is repeated.
    config.put(ProducerConfig.MAX_IN_FLIGHT_REQUESTS_PER_CONNECTION, 1);
    // Many small commands at once: a few milliseconds make them one request.
    config.put(ProducerConfig.LINGER_MS_CONFIG, 5);
    return new KafkaOrderPlacer(
        new KafkaProducer<>(config, new ByteArraySerializer(), new ByteArraySerializer()));
  }

  @Override
  public CompletionStage<?> submit(OrderCommand command) {
    CompletableFuture<Void> stored = new CompletableFuture<>();
    EventHead head = new EventHead(command.commandId(), SOURCE, command.issuedAt(), null);
    Future<RecordMetadata> unused =
        producer.send(
            Topics.ORDER_COMMANDS.record(command.order().toString(), command, head),
            (metadata, failure) -> {
              if (failure == null) {
                stored.complete(null);
              } else {
                stored.completeExceptionally(failure);
              }
            });
    return stored;
  }

  @Override
  public void close() {
    producer.close();
  }
}

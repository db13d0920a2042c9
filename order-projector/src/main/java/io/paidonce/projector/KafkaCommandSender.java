package io.paidonce.projector;

import io.paidonce.contract.EventHead;
import io.paidonce.contract.OrderCommand;
import io.paidonce.contract.Topics;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Sends commands to {@code order-commands} and waits until all in-sync replicas have them. */
final class KafkaCommandSender implements CommandSender, AutoCloseable {

  private static final Logger log = LoggerFactory.getLogger(KafkaCommandSender.class);
  private static final String SOURCE = "/paidonce/order-projector";
  private static final Duration LONGEST = Duration.ofMillis(3_600);

  private final Producer<byte[], byte[]> producer;

  private KafkaCommandSender(Producer<byte[], byte[]> producer) {
    this.producer = producer;
  }

  static KafkaCommandSender open(String bootstrapServers) {
    Map<String, Object> settings = new HashMap<>();
    settings.put(ProducerConfig.BOOTSTRAP_SERVERS_CONFIG, bootstrapServers);
    settings.put(ProducerConfig.CLIENT_ID_CONFIG, "paidonce-operators");
    // 202 is answered on the ack: it must mean that every in-sync replica has the record.
    settings.put(ProducerConfig.ACKS_CONFIG, "all");
    // A retry inside the client writes no second copy.
    settings.put(ProducerConfig.ENABLE_IDEMPOTENCE_CONFIG, true);
    // A person waits: all of these end before the 4.5 s after which we answer.
    settings.put(ProducerConfig.MAX_BLOCK_MS_CONFIG, 500);
    settings.put(ProducerConfig.REQUEST_TIMEOUT_MS_CONFIG, 1_500);
    settings.put(ProducerConfig.DELIVERY_TIMEOUT_MS_CONFIG, 3_000);
    // A broker that comes back is found within a second.
    settings.put(ProducerConfig.RECONNECT_BACKOFF_MAX_MS_CONFIG, 500L);
    return new KafkaCommandSender(
        new KafkaProducer<>(settings, new ByteArraySerializer(), new ByteArraySerializer()));
  }

  @Override
  public void store(OrderCommand command) {
    EventHead head = new EventHead(command.commandId(), SOURCE, command.issuedAt(), null);
    try {
      producer
          .send(Topics.ORDER_COMMANDS.record(command.order().toString(), command, head))
          .get(LONGEST.toMillis(), TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw notStored(e);
    } catch (ExecutionException | TimeoutException | KafkaException e) {
      throw notStored(e);
    }
  }

  private static BadQuestionException notStored(Exception why) {
    log.warn("Kafka did not confirm a command of an operator", why);
    return new BadQuestionException(Problem.notStored());
  }

  @Override
  public void close() {
    producer.close(LONGEST);
  }
}

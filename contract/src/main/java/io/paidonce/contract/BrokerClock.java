package io.paidonce.contract;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.UUID;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/**
 * The brokers' clock. No request of Kafka's tells the time, but a broker stamps what it appends:
 * one empty record, in a transaction that is aborted, so that no reader gets it. For one thread.
 */
public final class BrokerClock implements AutoCloseable {

  /** Its records live 30 days, and nobody acts on them. */
  static final Topic<?> TOPIC = Topics.REJECTIONS;

  private final Producer<byte[], byte[]> producer;

  /**
   * Opens it.
   *
   * @throws KafkaSilentException if the cluster does not answer
   * @throws IllegalStateException if it refuses
   */
  public BrokerClock(String bootstrapServers) {
    producer = producer(bootstrapServers);
    try {
      producer.initTransactions();
    } catch (KafkaException e) {
      producer.close(Duration.ZERO);
      throw Answers.failure(e);
    }
  }

  /**
   * What a broker's clock says; after a failure it must be opened anew.
   *
   * @throws KafkaSilentException if the cluster does not answer
   * @throws IllegalStateException if it refuses
   */
  public Instant now() {
    try {
      producer.beginTransaction();
      Instant stamped =
          Instant.ofEpochMilli(
              Answers.await(producer.send(new ProducerRecord<>(TOPIC.name(), new byte[0])))
                  .timestamp());
      producer.abortTransaction();
      return stamped;
    } catch (KafkaException e) {
      throw Answers.failure(e);
    }
  }

  /**
   * How far it is from ours: positive where the brokers are ahead; zero where the stamp lies
   * between our two looks.
   *
   * @throws KafkaSilentException if the cluster does not answer
   * @throws IllegalStateException if it refuses
   */
  public static Duration offset(String bootstrapServers, Clock clock) {
    try (BrokerClock brokers = new BrokerClock(bootstrapServers)) {
      Instant before = clock.instant();
      Instant stamped = brokers.now();
      Instant after = clock.instant();
      return stamped.isAfter(after)
          ? Duration.between(after, stamped)
          : stamped.plusMillis(1).isBefore(before)
              ? Duration.between(before, stamped)
              : Duration.ZERO;
    }
  }

  private static Producer<byte[], byte[]> producer(String bootstrapServers) {
    return new KafkaProducer<>(
        Map.of(
            ProducerConfig.BOOTSTRAP_SERVERS_CONFIG,
            bootstrapServers,
            // Its own: instances that start at once must not fence each other.
            ProducerConfig.TRANSACTIONAL_ID_CONFIG,
            "paidonce-clock-" + UUID.randomUUID(),
            // Killed amid it, we hold nobody up for long.
            ProducerConfig.TRANSACTION_TIMEOUT_CONFIG,
            10_000,
            ProducerConfig.MAX_BLOCK_MS_CONFIG,
            10_000,
            ProducerConfig.REQUEST_TIMEOUT_MS_CONFIG,
            5_000,
            ProducerConfig.DELIVERY_TIMEOUT_MS_CONFIG,
            10_000),
        new ByteArraySerializer(),
        new ByteArraySerializer());
  }

  @Override
  public void close() {
    producer.close(Duration.ofSeconds(5));
  }
}

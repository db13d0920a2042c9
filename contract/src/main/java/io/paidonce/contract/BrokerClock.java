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
 * How far the brokers' clock is from ours. No request of Kafka's tells the time, but a broker
 * stamps what it appends: one empty record, in a transaction that is aborted, so that no reader
 * gets it.
 */
final class BrokerClock {

  /** Its records live 30 days, and nobody acts on them. */
  static final Topic<?> TOPIC = Topics.REJECTIONS;

  private BrokerClock() {}

  /**
   * Positive where the brokers are ahead; zero where the stamp lies between our two looks.
   *
   * @throws KafkaSilentException if the cluster does not answer
   * @throws IllegalStateException if it refuses
   */
  static Duration offset(String bootstrapServers, Clock clock) {
    try (Producer<byte[], byte[]> producer = producer(bootstrapServers)) {
      producer.initTransactions();
      producer.beginTransaction();
      Instant before = clock.instant();
      Instant stamped =
          Instant.ofEpochMilli(
              Answers.await(producer.send(new ProducerRecord<>(TOPIC.name(), new byte[0])))
                  .timestamp());
      Instant after = clock.instant();
      producer.abortTransaction();
      return stamped.isAfter(after)
          ? Duration.between(after, stamped)
          : stamped.plusMillis(1).isBefore(before)
              ? Duration.between(before, stamped)
              : Duration.ZERO;
    } catch (KafkaException e) {
      throw Answers.failure(e);
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
}

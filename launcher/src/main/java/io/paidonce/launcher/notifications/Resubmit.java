package io.paidonce.launcher.notifications;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.paidonce.contract.EventHead;
import io.paidonce.contract.PaymentNotification;
import io.paidonce.contract.RecordCoordinates;
import io.paidonce.contract.Resubmission;
import io.paidonce.contract.Topics;
import java.time.Instant;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/**
 * Writes a notification into its topic again: the same evidence of the same fact, with who did it
 * and why. From there it is a record like any other, and whoever knows the fact changes nothing.
 */
public final class Resubmit implements AutoCloseable {

  private static final String SOURCE = "/paidonce/launcher";
  private static final int ANSWER_WITHIN_MS = 30_000;

  private final Producer<byte[], byte[]> producer;

  private Resubmit(Producer<byte[], byte[]> producer) {
    this.producer = producer;
  }

  /** Ready to write. */
  public static Resubmit at(String bootstrapServers) {
    return new Resubmit(
        new KafkaProducer<>(
            Map.of(
                ProducerConfig.BOOTSTRAP_SERVERS_CONFIG,
                bootstrapServers,
                ProducerConfig.CLIENT_ID_CONFIG,
                "paidonce-resubmit",
                ProducerConfig.ACKS_CONFIG,
                "all",
                ProducerConfig.ENABLE_IDEMPOTENCE_CONFIG,
                true,
                ProducerConfig.MAX_BLOCK_MS_CONFIG,
                ANSWER_WITHIN_MS,
                ProducerConfig.DELIVERY_TIMEOUT_MS_CONFIG,
                ANSWER_WITHIN_MS,
                ProducerConfig.REQUEST_TIMEOUT_MS_CONFIG,
                10_000),
            new ByteArraySerializer(),
            new ByteArraySerializer()));
  }

  /**
   * The record to be written. It goes to the partition where the first one stands, whatever its
   * key: what is known of its identity is there.
   *
   * @throws IllegalArgumentException if who or why can't be recorded
   */
  static ProducerRecord<byte[], byte[]> record(
      StoredNotification stored, String actor, String why, Instant now) {
    PaymentNotification again = stored.value().again(new Resubmission(stored.at(), actor, why));
    ProducerRecord<byte[], byte[]> record =
        Topics.PAYMENT_NOTIFICATIONS.record(
            again.key(),
            again,
            new EventHead("resubmit/" + stored.at() + "/" + UUID.randomUUID(), SOURCE, now, null));
    return new ProducerRecord<>(
        record.topic(),
        stored.at().partition(),
        null,
        again.key().getBytes(UTF_8),
        record.value(),
        record.headers());
  }

  /**
   * Writes it and waits until it is stored.
   *
   * @return where it stands now
   * @throws IllegalArgumentException if who or why can't be recorded
   * @throws IllegalStateException if Kafka does not store it
   */
  public RecordCoordinates run(StoredNotification stored, String actor, String why, Instant now) {
    ProducerRecord<byte[], byte[]> record = record(stored, actor, why, now);
    try {
      RecordMetadata kept = producer.send(record).get(ANSWER_WITHIN_MS, TimeUnit.MILLISECONDS);
      return new RecordCoordinates(kept.topic(), kept.partition(), kept.offset());
    } catch (ExecutionException | TimeoutException | KafkaException e) {
      throw new IllegalStateException(
          "Kafka did not say that it stored the notification: "
              + e.getMessage()
              + "; paidonce notification show tells whether it did, and once more does no harm",
          e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while Kafka stored the notification", e);
    }
  }

  @Override
  public void close() {
    producer.close();
  }
}

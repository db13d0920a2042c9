package io.paidonce.benchmarks.topology;

import io.paidonce.benchmarks.Bench;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.utils.Utils;
import org.jspecify.annotations.Nullable;

/**
 * The topic that intake's memory is restored from, filled with more than a run could receive: ten
 * million payments would take the topology a quarter of an hour, and their topics some 50 GB. To be
 * filled while no topology runs.
 */
final class ReceivedChangelog {

  private static final Duration POLL = Duration.ofMillis(100);
  private static final long FOUND_WITHIN_NANOS = 60_000_000_000L;
  // Payments are the newest there: the commands of their orders came before.
  private static final int NEWEST = 1_000;
  private static final int SAY_EACH = 1_000_000;
  private static final int BATCH_BYTES = 512 << 10;
  private static final int LINGER_MS = 50;

  private final String kafka;
  private final String topic;

  ReceivedChangelog(String kafka, String topic) {
    this.kafka = kafka;
    this.topic = topic;
  }

  /** One of the payments that the topology remembers. */
  RememberedPayment anyPayment() {
    Map<String, Object> settings =
        Map.of(
            ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG,
            kafka,
            ConsumerConfig.ISOLATION_LEVEL_CONFIG,
            "read_committed");
    try (KafkaConsumer<byte[], byte[]> consumer =
        new KafkaConsumer<>(settings, new ByteArrayDeserializer(), new ByteArrayDeserializer())) {
      List<TopicPartition> partitions =
          consumer.partitionsFor(topic).stream()
              .map(p -> new TopicPartition(p.topic(), p.partition()))
              .toList();
      consumer.assign(partitions);
      consumer
          .endOffsets(partitions)
          .forEach((partition, end) -> consumer.seek(partition, Math.max(0, end - NEWEST)));
      long deadline = System.nanoTime() + FOUND_WITHIN_NANOS;
      while (System.nanoTime() - deadline < 0) {
        for (ConsumerRecord<byte[], byte[]> record : consumer.poll(POLL)) {
          if (record.value() != null && RememberedPayment.is(record.key())) {
            return checked(record, partitions.size());
          }
        }
      }
    }
    throw new IllegalStateException(topic + " has no payment");
  }

  /**
   * Adds the memory of payments that never were; returns once Kafka has all of it.
   *
   * @param transactionIds by numbers from {@code first} on
   */
  void fill(
      RememberedPayment like,
      TransactionIds transactionIds,
      long first,
      int count,
      Bench.Console console) {
    AtomicReference<@Nullable Exception> failed = new AtomicReference<>();
    Map<String, Object> settings =
        Map.of(
            ProducerConfig.BOOTSTRAP_SERVERS_CONFIG,
            kafka,
            ProducerConfig.CLIENT_ID_CONFIG,
            "paidonce-bench-remember",
            ProducerConfig.ENABLE_IDEMPOTENCE_CONFIG,
            true,
            ProducerConfig.LINGER_MS_CONFIG,
            LINGER_MS,
            ProducerConfig.BATCH_SIZE_CONFIG,
            BATCH_BYTES,
            // As the topology does.
            ProducerConfig.COMPRESSION_TYPE_CONFIG,
            "lz4");
    try (KafkaProducer<byte[], byte[]> producer =
        new KafkaProducer<>(settings, new ByteArraySerializer(), new ByteArraySerializer())) {
      int partitions = producer.partitionsFor(topic).size();
      // What the producer has not sent yet is bounded by its buffer: it blocks.
      for (int i = 0; i < count && failed.get() == null; i++) {
        Future<RecordMetadata> unused =
            producer.send(
                remembered(like, transactionIds.of(first + i), partitions),
                (stored, failure) -> failed.compareAndSet(null, failure));
        if ((i + 1) % SAY_EACH == 0) {
          console.say("  " + (i + 1) / SAY_EACH + " million");
        }
      }
    }
    Exception failure = failed.get();
    if (failure != null) {
      throw new IllegalStateException(topic + " can't be filled", failure);
    }
  }

  // An entry elsewhere than intake looks would be restored and never asked for.
  private static RememberedPayment checked(ConsumerRecord<byte[], byte[]> record, int partitions) {
    RememberedPayment payment = RememberedPayment.of(record.key(), record.value());
    int expected = partition(payment, payment.transactionId(), partitions);
    if (record.partition() != expected) {
      throw new IllegalStateException(
          "the topology remembers in partition " + record.partition() + ", not in " + expected);
    }
    return payment;
  }

  // That of its notification: its task has the memory which intake asks.
  private static int partition(RememberedPayment like, String transactionId, int partitions) {
    return Utils.toPositive(Utils.murmur2(like.notificationKeyOf(transactionId))) % partitions;
  }

  private ProducerRecord<byte[], byte[]> remembered(
      RememberedPayment like, String transactionId, int partitions) {
    return new ProducerRecord<>(
        topic,
        partition(like, transactionId, partitions),
        like.identityOf(transactionId),
        like.entryOf(transactionId));
  }
}

package io.paidonce.benchmarks.readstore;

import java.util.Map;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.jspecify.annotations.Nullable;

/** Sends records to where they belong; closing it waits until Kafka has all of them. */
final class TopicFill implements AutoCloseable {

  private final AtomicReference<@Nullable Exception> failed = new AtomicReference<>();
  private final KafkaProducer<byte[], byte[]> producer;

  /**
   * Connects.
   *
   * @param lingerMs how long a record may wait for others
   */
  TopicFill(String kafka, int lingerMs) {
    producer =
        new KafkaProducer<>(
            Map.of(
                ProducerConfig.BOOTSTRAP_SERVERS_CONFIG,
                kafka,
                ProducerConfig.CLIENT_ID_CONFIG,
                "paidonce-bench-fill",
                ProducerConfig.LINGER_MS_CONFIG,
                lingerMs,
                ProducerConfig.BATCH_SIZE_CONFIG,
                64 << 10,
                // Partitions that were made a moment ago may not be ready; one after the other,
                // what is refused can't get behind what comes after it.
                ProducerConfig.MAX_IN_FLIGHT_REQUESTS_PER_CONNECTION,
                1,
                // As the services do: readers decompress.
                ProducerConfig.COMPRESSION_TYPE_CONFIG,
                "lz4"),
            new ByteArraySerializer(),
            new ByteArraySerializer());
  }

  void send(ProducerRecord<byte[], byte[]> record) {
    Future<RecordMetadata> unused =
        producer.send(record, (stored, failure) -> failed.compareAndSet(null, failure));
  }

  @Override
  public void close() {
    producer.close();
    Exception failure = failed.get();
    if (failure != null) {
      throw new IllegalStateException("the topics can't be filled", failure);
    }
  }
}

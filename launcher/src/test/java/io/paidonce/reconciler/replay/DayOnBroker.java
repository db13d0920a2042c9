package io.paidonce.reconciler.replay;

import io.paidonce.contract.Topic;
import io.paidonce.contract.Topics;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.jspecify.annotations.Nullable;

/**
 * Writes what the topology in virtual time was told and wrote to new topics of a real broker. All
 * of it goes into the first partitions, so that offsets are those that the records speak of.
 */
final class DayOnBroker implements AutoCloseable {

  private final AtomicReference<@Nullable Exception> failed = new AtomicReference<>();
  private final Producer<byte[], byte[]> producer;

  DayOnBroker(String kafka) {
    producer =
        new KafkaProducer<>(
            Map.of(
                "bootstrap.servers",
                kafka,
                "acks",
                "all",
                "enable.idempotence",
                true,
                "linger.ms",
                20,
                "compression.type",
                "lz4"),
            new ByteArraySerializer(),
            new ByteArraySerializer());
  }

  /** Writes one, with the time at which a broker would have taken it. */
  void write(ProducerRecord<byte[], byte[]> record, Instant at) {
    Future<RecordMetadata> unused =
        producer.send(
            new ProducerRecord<>(
                record.topic(),
                0,
                at.toEpochMilli(),
                record.key(),
                record.value(),
                record.headers()),
            (stored, failure) -> failed.compareAndSet(null, failure));
  }

  /** All that a log keeps, topic by topic. Where it has lost records, the others move up. */
  void write(MemoryLog log) {
    for (Topic<?> topic : Topics.all()) {
      log.records(topic)
          .forEach(
              record ->
                  write(MemoryLogEdits.produced(record), Instant.ofEpochMilli(record.timestamp())));
    }
  }

  @Override
  public void close() {
    producer.close();
    Exception failure = failed.get();
    if (failure != null) {
      throw new AssertionError("the day can't be written", failure);
    }
  }
}

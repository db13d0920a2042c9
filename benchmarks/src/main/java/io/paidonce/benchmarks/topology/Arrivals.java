package io.paidonce.benchmarks.topology;

import io.paidonce.benchmarks.load.Phase;
import io.paidonce.contract.Topic;
import java.time.Duration;
import java.util.BitSet;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/** Counts committed records of a topic, each order once. */
final class Arrivals implements AutoCloseable {

  private static final Duration POLL = Duration.ofMillis(100);
  private static final long STALLED_NANOS = 60_000_000_000L;

  private final KafkaConsumer<byte[], byte[]> consumer;
  private final Topic<?> topic;
  private final Phase phase;
  private final BitSet seen = new BitSet();
  private int count;
  private int repeated;

  Arrivals(String kafka, Topic<?> topic, Phase phase) {
    this.topic = topic;
    this.phase = phase;
    consumer =
        new KafkaConsumer<>(
            Map.of(
                ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG,
                kafka,
                ConsumerConfig.ISOLATION_LEVEL_CONFIG,
                "read_committed",
                ConsumerConfig.MAX_POLL_RECORDS_CONFIG,
                5_000),
            new ByteArrayDeserializer(),
            new ByteArrayDeserializer());
    List<TopicPartition> partitions =
        consumer.partitionsFor(topic.name()).stream()
            .map(p -> new TopicPartition(p.topic(), p.partition()))
            .toList();
    consumer.assign(partitions);
    consumer.seekToBeginning(partitions);
  }

  /** Returns once that many orders have one. */
  void await(int wanted) {
    long grewAt = System.nanoTime();
    while (count < wanted) {
      int before = count;
      for (ConsumerRecord<byte[], byte[]> record : consumer.poll(POLL)) {
        note(phase.numberOf(record.key()));
      }
      long now = System.nanoTime();
      grewAt = count > before ? now : grewAt;
      if (now - grewAt > STALLED_NANOS) {
        throw new IllegalStateException(
            topic.name() + " has " + count + " of " + wanted + " orders, and no more for 60 s");
      }
    }
  }

  private void note(int number) {
    if (number < 0) {
      return; // another phase's
    }
    if (seen.get(number)) {
      repeated++;
    } else {
      seen.set(number);
      count++;
    }
  }

  int count() {
    return count;
  }

  /** Records beyond one an order. */
  int repeated() {
    return repeated;
  }

  @Override
  public void close() {
    consumer.close();
  }
}

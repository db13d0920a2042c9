package io.paidonce.benchmarks.load;

import io.paidonce.contract.Topics;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicLongArray;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/**
 * Notes when each order's {@code order-paid} can be read, as a downstream service would: committed
 * records only. It runs in the generator, so that one clock sees both ends.
 */
public final class PaidWatch implements AutoCloseable {

  /** Where an order has none yet. */
  public static final long NOT_PAID = 0;

  private final KafkaConsumer<byte[], byte[]> consumer;
  private final Thread thread = new Thread(this::watch, "paid-watch");
  private volatile Watched watched = new Watched(Phase.WARM_UP, 0);
  private volatile boolean closed;

  /** The orders of one phase. */
  public static final class Watched {

    private final Phase phase;
    private final AtomicLongArray paidNanos;
    private final AtomicLong count = new AtomicLong();
    private final AtomicLong twice = new AtomicLong();

    Watched(Phase phase, int count) {
      this.phase = phase;
      this.paidNanos = new AtomicLongArray(count);
    }

    private void seen(byte[] key, long nowNanos) {
      int number = phase.numberOf(key);
      if (number < 0) {
        return;
      }
      if (paidNanos.compareAndSet(number, NOT_PAID, nowNanos)) {
        count.incrementAndGet();
      } else {
        twice.incrementAndGet();
      }
    }

    public long count() {
      return count.get();
    }

    long twice() {
      return twice.get();
    }

    /** When it could be read first, or NOT_PAID. */
    public long paidNanos(int number) {
      return paidNanos.get(number);
    }
  }

  public PaidWatch(String bootstrapServers) {
    consumer =
        new KafkaConsumer<>(
            Map.of(
                ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG,
                bootstrapServers,
                ConsumerConfig.ISOLATION_LEVEL_CONFIG,
                "read_committed",
                ConsumerConfig.AUTO_OFFSET_RESET_CONFIG,
                "earliest",
                ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG,
                false,
                ConsumerConfig.MAX_POLL_RECORDS_CONFIG,
                5_000),
            new ByteArrayDeserializer(),
            new ByteArrayDeserializer());
    List<TopicPartition> partitions =
        consumer.partitionsFor(Topics.ORDER_PAID.name()).stream()
            .map(p -> new TopicPartition(p.topic(), p.partition()))
            .toList();
    consumer.assign(partitions);
    consumer.seekToBeginning(partitions);
    thread.setDaemon(true);
    thread.start();
  }

  /** Turns to the orders of a phase; what comes late of the one before is not noted any more. */
  public Watched turnTo(Phase phase, int count) {
    Watched turned = new Watched(phase, count);
    watched = turned;
    return turned;
  }

  private void watch() {
    while (!closed) {
      var records = consumer.poll(Duration.ofMillis(100));
      long now = System.nanoTime();
      Watched current = watched;
      for (ConsumerRecord<byte[], byte[]> record : records) {
        current.seen(record.key(), now);
      }
    }
    consumer.close();
  }

  @Override
  public void close() {
    closed = true;
    try {
      thread.join();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}

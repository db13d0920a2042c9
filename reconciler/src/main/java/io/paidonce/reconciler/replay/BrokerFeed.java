package io.paidonce.reconciler.replay;

import io.paidonce.reconciler.replay.Log.Feed;
import io.paidonce.reconciler.replay.Log.Span;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.OffsetOutOfRangeException;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;

/**
 * Several partitions through one consumer, each asked for by itself: what comes for another one
 * waits, and a partition of which enough waits is paused.
 */
final class BrokerFeed implements Feed {

  private static final int ENOUGH = 4_000;
  private static final Duration POLL = Duration.ofMillis(200);
  private static final Duration STALLED = Duration.ofSeconds(60);
  // A transaction leaves an offset or two without a record; a piece of a log is longer.
  private static final long SUSPICIOUS = 1_000;

  private final BrokerLog log;
  private final Consumer<byte[], byte[]> consumer;
  private final Map<TopicPartition, Queue> queues = new HashMap<>();
  private long hidden;

  private static final class Queue {
    private final ArrayDeque<ConsumerRecord<byte[], byte[]>> waiting = new ArrayDeque<>();
    private long end;
    private long next;

    Queue(Span span) {
      this.next = span.from();
      this.end = span.to();
    }
  }

  BrokerFeed(BrokerLog log, Consumer<byte[], byte[]> consumer, Map<TopicPartition, Span> spans) {
    this.log = log;
    this.consumer = consumer;
    consumer.assign(spans.keySet());
    spans.forEach(
        (partition, span) -> {
          queues.put(partition, new Queue(span));
          consumer.seek(partition, span.from());
        });
  }

  @Override
  public @Nullable ConsumerRecord<byte[], byte[]> next(TopicPartition partition) {
    Queue queue = queue(partition);
    ConsumerRecord<byte[], byte[]> record = queue.waiting.poll();
    long stalled = 0;
    while (record == null && queue.next < queue.end) {
      long before = System.nanoTime();
      poll();
      record = queue.waiting.poll();
      if (record == null && queue.next < queue.end) {
        stalled += System.nanoTime() - before;
        if (stalled > STALLED.toNanos()) {
          throw new UntellableException(
              partition + " delivers nothing behind offset " + queue.next, null);
        }
      }
    }
    return record;
  }

  private Queue queue(TopicPartition partition) {
    Queue queue = queues.get(partition);
    if (queue == null) {
      throw new IllegalStateException(partition + " is not read here");
    }
    return queue;
  }

  private void poll() {
    List<TopicPartition> full = new ArrayList<>();
    List<TopicPartition> hungry = new ArrayList<>();
    queues.forEach(
        (partition, queue) ->
            (queue.waiting.size() >= ENOUGH || queue.next >= queue.end ? full : hungry)
                .add(partition));
    consumer.pause(full);
    consumer.resume(hungry);
    ConsumerRecords<byte[], byte[]> polled;
    try {
      polled = consumer.poll(POLL);
    } catch (OffsetOutOfRangeException e) {
      throw new UntellableException(
          "what was to be read is no longer kept: " + e.offsetOutOfRangePartitions(), e);
    } catch (KafkaException e) {
      throw new UntellableException("Kafka can't be read: " + e.getMessage(), e);
    }
    for (TopicPartition partition : polled.partitions()) {
      Queue queue = queue(partition);
      for (ConsumerRecord<byte[], byte[]> record : polled.records(partition)) {
        pass(partition, queue, record.offset());
        if (record.offset() < queue.end) {
          queue.waiting.add(record);
        }
        queue.next = record.offset() + 1;
      }
    }
    for (TopicPartition partition : hungry) {
      // Behind the last record there may be markers only.
      Queue queue = queue(partition);
      queue.next = Math.max(queue.next, consumer.position(partition));
    }
  }

  private void pass(TopicPartition partition, Queue queue, long offset) {
    long skipped = offset - queue.next;
    hidden += skipped;
    if (skipped >= SUSPICIOUS) {
      log.look(partition, queue.next, offset);
    }
  }

  @Override
  public boolean extend(TopicPartition partition) {
    Queue queue = queue(partition);
    long end = log.extent(partition).end();
    if (end <= queue.end) {
      return false;
    }
    if (queue.next > queue.end) {
      // Records behind the old end were left out.
      queue.next = queue.end;
      consumer.seek(partition, queue.end);
    }
    queue.end = end;
    return true;
  }

  @Override
  public long readUpTo(TopicPartition partition) {
    Queue queue = queue(partition);
    ConsumerRecord<byte[], byte[]> first = queue.waiting.peek();
    return first == null ? Math.min(queue.next, queue.end) : first.offset();
  }

  @Override
  public long hidden() {
    return hidden;
  }

  @Override
  public void close() {
    log.giveBack(consumer);
  }
}

package io.paidonce.gateway;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Future;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.function.BooleanSupplier;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.utils.Utils;
import org.jspecify.annotations.Nullable;

/**
 * Sends through one Kafka producer from a thread of its own, since {@code send} can hang on missing
 * metadata or a full buffer. While that thread hangs, callbacks wait in a bounded queue, and those
 * whose time has passed leave it unsent.
 */
final class KafkaNotificationPublisher implements NotificationPublisher, AutoCloseable {

  // Far above what the limit of bytes in flight lets through; a bound all the same.
  private static final int LONGEST_QUEUE = 32_768;
  // The delivery time, and a little for the last answers.
  private static final Duration LAST_DELIVERIES = Duration.ofMillis(3_500);

  private record Task(
      List<ProducerRecord<byte[], byte[]>> records,
      BooleanSupplier abandoned,
      CompletableFuture<Void> stored) {}

  private final List<Producer<byte[], byte[]>> producers;
  private final List<String> topics;
  private final BlockingQueue<Task> queue = new LinkedBlockingQueue<>(LONGEST_QUEUE);
  private final Thread thread = new Thread(this::sendAll, "paidonce-publisher");
  private volatile boolean topicsKnown;
  private volatile boolean closed;

  KafkaNotificationPublisher(List<Producer<byte[], byte[]>> producers, List<String> topics) {
    this.producers = List.copyOf(producers);
    this.topics = List.copyOf(topics);
    thread.start();
  }

  /**
   * Has the producer look the topics up, at most half a second each. To be called again and again
   * off the event loops: it also keeps an idle producer from forgetting them.
   *
   * @throws KafkaException if the producer can't
   */
  void learnTopics() {
    for (Producer<byte[], byte[]> producer : producers) {
      topics.forEach(producer::partitionsFor);
    }
    topicsKnown = true;
  }

  @Override
  public CompletionStage<Void> publish(
      List<ProducerRecord<byte[], byte[]>> records, BooleanSupplier abandoned) {
    if (closed) {
      return notStored("the gateway is stopping");
    }
    if (!topicsKnown) {
      return notStored("Kafka has not been reached since the start");
    }
    Task task = new Task(records, abandoned, new CompletableFuture<>());
    if (!queue.offer(task)) {
      return notStored("the publisher's queue is full");
    }
    if (closed && queue.remove(task)) {
      return notStored("the gateway is stopping");
    }
    return task.stored();
  }

  private void sendAll() {
    try {
      while (!closed) {
        send(queue.take());
      }
    } catch (InterruptedException e) {
      // Only close() interrupts; what is still queued is let go there.
      Thread.currentThread().interrupt();
    }
  }

  private void send(Task task) {
    if (task.abandoned().getAsBoolean()) {
      fail(task, "its time had passed before it could be sent");
      return;
    }
    CompletableFuture<?>[] acks =
        task.records().stream().map(this::send).toArray(CompletableFuture<?>[]::new);
    CompletableFuture<Void> unused =
        CompletableFuture.allOf(acks)
            .whenComplete(
                (all, failure) -> {
                  if (failure == null) {
                    task.stored().complete(null);
                  } else {
                    fail(task, Causes.sentence(failure));
                  }
                });
  }

  private CompletableFuture<Void> send(ProducerRecord<byte[], byte[]> outgoing) {
    CompletableFuture<Void> ack = new CompletableFuture<>();
    try {
      Future<RecordMetadata> unused =
          producerOf(outgoing)
              .send(
                  outgoing,
                  (stored, failure) -> {
                    if (failure == null) {
                      ack.complete(null);
                    } else {
                      ack.completeExceptionally(failure);
                    }
                  });
    } catch (KafkaException | IllegalStateException e) {
      ack.completeExceptionally(e);
    }
    return ack;
  }

  // A key always goes through the same producer, which keeps the order of its partition. Their
  // number divides that of the partitions, so each producer has partitions of its own.
  private Producer<byte[], byte[]> producerOf(ProducerRecord<byte[], byte[]> outgoing) {
    byte @Nullable [] key = outgoing.key();
    return producers.get(key == null ? 0 : Utils.toPositive(Utils.murmur2(key)) % producers.size());
  }

  private static void fail(Task task, String sentence) {
    task.stored().completeExceptionally(new NotStoredException(sentence));
  }

  private static CompletionStage<Void> notStored(String sentence) {
    return CompletableFuture.failedStage(new NotStoredException(sentence));
  }

  /** Waits for what was sent, at most 3.5 s, and lets go of the rest as not stored. */
  @Override
  public void close() {
    closed = true;
    thread.interrupt();
    long end = System.nanoTime() + LAST_DELIVERIES.toNanos();
    for (Producer<byte[], byte[]> producer : producers) {
      producer.close(Duration.ofNanos(Math.max(0, end - System.nanoTime())));
    }
    Task left = queue.poll();
    while (left != null) {
      fail(left, "the gateway is stopping");
      left = queue.poll();
    }
  }
}

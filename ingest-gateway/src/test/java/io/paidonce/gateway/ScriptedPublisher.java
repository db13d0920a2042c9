package io.paidonce.gateway;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.BooleanSupplier;
import org.apache.kafka.clients.producer.ProducerRecord;

/** Remembers what it was given, and acknowledges at once, later, or never. */
final class ScriptedPublisher implements NotificationPublisher {

  /** One hand-over. */
  record Published(
      List<ProducerRecord<byte[], byte[]>> records,
      BooleanSupplier abandoned,
      CompletableFuture<Void> stored) {}

  private final List<Published> published = new ArrayList<>();
  private boolean holding;

  synchronized void hold() {
    holding = true;
  }

  synchronized List<Published> published() {
    return List.copyOf(published);
  }

  synchronized List<Published> publishedTo(String topic) {
    return published.stream().filter(p -> p.records().get(0).topic().equals(topic)).toList();
  }

  @Override
  public synchronized CompletionStage<Void> publish(
      List<ProducerRecord<byte[], byte[]>> records, BooleanSupplier abandoned) {
    Published one = new Published(records, abandoned, new CompletableFuture<>());
    published.add(one);
    if (!holding) {
      one.stored().complete(null);
    }
    return one.stored();
  }
}

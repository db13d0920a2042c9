package io.paidonce.reconciler;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;

/** Stores records, and says so when every in-sync replica has them. Called by one thread. */
final class Publisher implements AutoCloseable {

  private final Producer<byte[], byte[]> producer;
  private final Consumer<Event> inbox;
  private int underWay;

  /**
   * @param inbox where events go, from the producer's own thread
   */
  Publisher(Producer<byte[], byte[]> producer, Consumer<Event> inbox) {
    this.producer = producer;
    this.inbox = inbox;
  }

  /** Begins with what comes first; see {@link Event.Prepared}. */
  void begin(Outgoing outgoing) {
    underWay++;
    if (outgoing.first().isEmpty()) {
      finish(outgoing);
    } else {
      send(outgoing.first(), new Event.Prepared(outgoing));
    }
  }

  /** And ends with the last; see {@link Event.Stored}. */
  void finish(Outgoing outgoing) {
    send(List.of(outgoing.last()), new Event.Stored(outgoing.ticket()));
  }

  /** To be said when {@link Event.Stored} was read. */
  void ended() {
    underWay--;
  }

  /** How many are neither stored nor refused. */
  int underWay() {
    return underWay;
  }

  // Its callback says all that the future would.
  private void send(List<ProducerRecord<byte[], byte[]>> records, Event whenAllAreStored) {
    AtomicInteger left = new AtomicInteger(records.size());
    for (ProducerRecord<byte[], byte[]> record : records) {
      Future<RecordMetadata> unused =
          producer.send(
              record,
              (stored, failure) -> {
                if (failure != null) {
                  inbox.accept(new Event.NotStored(failure));
                } else if (left.decrementAndGet() == 0) {
                  inbox.accept(whenAllAreStored);
                }
              });
    }
  }

  @Override
  public void close() {
    producer.close(Duration.ofSeconds(5));
  }
}

package io.paidonce.gateway;

import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.function.BooleanSupplier;
import org.apache.kafka.clients.producer.ProducerRecord;

/** Stores what callbacks say. */
interface NotificationPublisher {

  /**
   * Hands records over without ever blocking the caller.
   *
   * @param records of one callback
   * @param abandoned asked once before sending: true when nobody waits for the outcome any more
   * @return completes when all of them are stored; exceptionally when for even one of them that is
   *     unknown or untrue, and then only after nothing more happens to any of them
   */
  CompletionStage<Void> publish(
      List<ProducerRecord<byte[], byte[]>> records, BooleanSupplier abandoned);
}

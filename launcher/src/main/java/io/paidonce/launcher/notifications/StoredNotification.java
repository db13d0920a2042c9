package io.paidonce.launcher.notifications;

import io.paidonce.contract.PaymentNotification;
import io.paidonce.contract.RecordCoordinates;
import io.paidonce.contract.Topics;
import io.paidonce.contract.UnreadableRecordException;
import java.time.Instant;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/**
 * A notification as the log keeps it.
 *
 * @param appended brokers' clock when the log took it
 */
public record StoredNotification(
    RecordCoordinates at, Instant appended, PaymentNotification value) {

  /**
   * Reads one.
   *
   * @throws IllegalStateException if this build can't
   */
  public static StoredNotification of(ConsumerRecord<byte[], byte[]> record) {
    RecordCoordinates at =
        new RecordCoordinates(record.topic(), record.partition(), record.offset());
    try {
      return new StoredNotification(
          at,
          Instant.ofEpochMilli(record.timestamp()),
          Topics.PAYMENT_NOTIFICATIONS.read(record.headers(), record.value()));
    } catch (UnreadableRecordException e) {
      throw new IllegalStateException(at + " can't be read by this build: " + e.getMessage(), e);
    }
  }
}

package io.paidonce.contract.downstream;

import io.paidonce.contract.OrderEvent;
import io.paidonce.contract.Topic;
import io.paidonce.contract.UnreadableRecordException;
import java.sql.Connection;
import java.sql.SQLException;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/** What is done about the events of one topic. */
record Subscription<V extends OrderEvent>(
    Topic<V> topic, boolean unlessOvertaken, EventHandler<V> handler) {

  /** An event with its handler. */
  record Event<V extends OrderEvent>(Subscription<V> subscription, V value) {

    void handle(Connection connection) throws SQLException {
      subscription.handler().apply(connection, value);
    }
  }

  /**
   * @throws IllegalStateException if it can't be read: to skip it would be to lose an order
   */
  Event<V> read(ConsumerRecord<byte[], byte[]> record) {
    try {
      return new Event<>(this, topic.read(record.headers(), record.value()));
    } catch (UnreadableRecordException e) {
      throw new IllegalStateException(
          record.topic()
              + "-"
              + record.partition()
              + "@"
              + record.offset()
              + " can't be read ("
              + e.reason()
              + ": "
              + e.getMessage()
              + ") and is not skipped; a newer schema needs a newer io.paidonce:contract",
          e);
    }
  }
}

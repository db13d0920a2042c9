package io.paidonce.projector;

import io.paidonce.contract.EventHead;
import io.paidonce.contract.Topic;
import io.paidonce.contract.Topics;
import java.util.Map;
import java.util.UUID;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/** Stands in for dedup-streams: writes in transactions, as it does. */
final class Ledger implements AutoCloseable {

  private final KafkaProducer<byte[], byte[]> producer;

  Ledger(String bootstrapServers) {
    producer =
        new KafkaProducer<>(
            Map.of(
                "bootstrap.servers",
                bootstrapServers,
                "transactional.id",
                UUID.randomUUID().toString(),
                "acks",
                "all"),
            new ByteArraySerializer(),
            new ByteArraySerializer());
    producer.initTransactions();
  }

  void begin() {
    producer.beginTransaction();
  }

  void commit() {
    producer.commitTransaction();
  }

  void abort() {
    producer.flush();
    producer.abortTransaction();
  }

  <V> void write(Topic<V> topic, String key, V value) {
    write(topic.record(key, value, new EventHead("id", "/test", Story.NOW, null)));
  }

  void write(ProducerRecord<byte[], byte[]> record) {
    var unused = producer.send(record);
  }

  /** Everything that a double payment writes, duplicates included. */
  void writeAll(Story story) {
    write(Topics.ORDER_TRANSITIONS, story.key(), story.placed());
    write(Topics.ORDER_TRANSITIONS, story.key(), story.paid());
    write(Topics.ORDER_PAID, story.key(), story.paidEvent());
    write(Topics.NOTIFICATION_RECEIPTS, story.receipt(1).identity(), story.receipt(1));
    write(Topics.NOTIFICATION_RECEIPTS, story.receipt(2).identity(), story.receipt(2));
    write(Topics.ORDER_TRANSITIONS, story.key(), story.paidTwice());
    write(Topics.ORDER_TRANSITIONS, story.key(), story.placed());
    write(Topics.ORDER_PAID, story.key(), story.paidEvent());
    write(Topics.PAYMENT_EXCEPTIONS, story.key(), story.exception(2));
    write(Topics.PAYMENT_EXCEPTIONS, story.key(), story.exception(1));
  }

  /** What the refunds of a double payment write after that, duplicates included. */
  void writeRefunds(Story story) {
    write(Topics.ORDER_TRANSITIONS, story.key(), story.refundedInPart());
    write(Topics.ORDER_TRANSITIONS, story.key(), story.refunded());
    write(Topics.ORDER_REFUNDED, story.key(), story.refundedEvent());
    write(Topics.ORDER_TRANSITIONS, story.key(), story.refundedInPart());
    write(Topics.ORDER_REFUNDED, story.key(), story.refundedEvent());
  }

  void commitAll(Story story) {
    begin();
    writeAll(story);
    commit();
  }

  @Override
  public void close() {
    producer.close();
  }
}

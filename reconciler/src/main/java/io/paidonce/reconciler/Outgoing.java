package io.paidonce.reconciler;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.paidonce.contract.DeadLetter;
import io.paidonce.contract.EventHead;
import io.paidonce.contract.EventHeaders;
import io.paidonce.contract.PaymentNotification;
import io.paidonce.contract.RawBytes;
import io.paidonce.contract.RecordCoordinates;
import io.paidonce.contract.Topics;
import io.paidonce.contract.UnreadableRecordException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.Header;
import org.jspecify.annotations.Nullable;

/**
 * The records that one request ends in.
 *
 * @param first to be stored before the last
 */
record Outgoing(
    long ticket, List<ProducerRecord<byte[], byte[]>> first, ProducerRecord<byte[], byte[]> last) {

  private static final String SOURCE = "/paidonce/reconciler";
  // Nothing that we write into a header is longer, in bytes.
  private static final int LONGEST_HEADER = 1_024;

  /**
   * Of a request that was carried out.
   *
   * @param traceparent the request's
   */
  static Outgoing of(Report report, @Nullable String traceparent) {
    List<ProducerRecord<byte[], byte[]>> facts = new ArrayList<>();
    for (PaymentNotification fact : report.facts()) {
      facts.add(record(fact, facts.size(), traceparent));
    }
    return new Outgoing(
        report.ticket(), facts, record(report.observation(), facts.size(), traceparent));
  }

  /** Of a record that is no request. */
  static Outgoing deadLetter(
      long ticket,
      ConsumerRecord<byte[], byte[]> record,
      UnreadableRecordException why,
      Instant now) {
    RecordCoordinates source =
        new RecordCoordinates(record.topic(), record.partition(), record.offset());
    byte @Nullable [] key = record.key();
    byte @Nullable [] value = record.value();
    DeadLetter letter =
        new DeadLetter(
            DeadLetter.SCHEMA,
            why.reason(),
            String.valueOf(why.getMessage()),
            source,
            record.topic(),
            key == null ? null : RawBytes.of(key),
            ours(record),
            value == null ? null : RawBytes.of(value),
            now);
    EventHead head =
        new EventHead(
            Topics.DEAD_LETTERS.name() + "/" + source,
            SOURCE,
            now,
            EventHeaders.text(record.headers(), EventHeaders.TRACEPARENT));
    byte[] payload = Topics.DEAD_LETTERS.json().write(letter);
    return new Outgoing(
        ticket,
        List.of(),
        new ProducerRecord<>(
            Topics.DEAD_LETTERS.name(),
            null,
            null,
            key,
            payload,
            EventHeaders.of(Topics.DEAD_LETTERS, payload, head)));
  }

  private static ProducerRecord<byte[], byte[]> record(
      PaymentNotification notification, int index, @Nullable String traceparent) {
    return Topics.PAYMENT_NOTIFICATIONS.record(
        notification.key(),
        notification,
        new EventHead(
            notification.deliveryId() + "/" + index,
            SOURCE,
            notification.receivedAt(),
            traceparent));
  }

  // Of a topic that only we write, whatever is ours by its name.
  private static Map<String, String> ours(ConsumerRecord<byte[], byte[]> record) {
    Map<String, String> kept = new TreeMap<>();
    for (Header header : record.headers()) {
      boolean ours =
          header.key().startsWith("ce_")
              || header.key().startsWith("paidonce_")
              || header.key().equals(EventHeaders.TRACEPARENT);
      if (ours && header.value() != null && header.value().length <= LONGEST_HEADER) {
        kept.put(header.key(), new String(header.value(), UTF_8));
      }
    }
    return kept;
  }
}

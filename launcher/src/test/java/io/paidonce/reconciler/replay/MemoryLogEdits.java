package io.paidonce.reconciler.replay;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.paidonce.contract.DeadLetter;
import io.paidonce.contract.DeadLetterReason;
import io.paidonce.contract.EventHead;
import io.paidonce.contract.EventHeaders;
import io.paidonce.contract.OrderTransition;
import io.paidonce.contract.RawBytes;
import io.paidonce.contract.RecordCoordinates;
import io.paidonce.contract.Topics;
import io.paidonce.contract.UnreadableRecordException;
import java.time.Instant;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;

/** What a hand can do to a record. It knows the hash that a reader checks. */
final class MemoryLogEdits {

  private MemoryLogEdits() {}

  static UnaryOperator<ConsumerRecord<byte[], byte[]>> text(String was, String is) {
    return record -> {
      String text = new String(record.value(), UTF_8);
      if (!text.contains(was)) {
        throw new AssertionError("it does not say " + was + ": " + text);
      }
      return with(record, text.replace(was, is).getBytes(UTF_8));
    };
  }

  static UnaryOperator<ConsumerRecord<byte[], byte[]>> wrongHash() {
    return record -> {
      Headers headers = new RecordHeaders(record.headers().toArray());
      headers.remove(EventHeaders.PAYLOAD_SHA256);
      headers.add(EventHeaders.PAYLOAD_SHA256, "00".getBytes(UTF_8));
      return MemoryLog.consumed(
          record.topic(),
          record.offset(),
          record.timestamp(),
          record.key(),
          record.value(),
          headers);
    };
  }

  static UnaryOperator<ConsumerRecord<byte[], byte[]>> raisedVersion(int by) {
    return record -> {
      try {
        OrderTransition t = Topics.ORDER_TRANSITIONS.read(record.headers(), record.value());
        OrderTransition raised =
            new OrderTransition(
                t.schema(),
                t.shop(),
                t.orderNo(),
                t.version() + by,
                t.from(),
                t.to(),
                t.inputId(),
                t.cause(),
                t.at(),
                t.source(),
                t.after());
        ConsumerRecord<byte[], byte[]> changed =
            with(record, Topics.ORDER_TRANSITIONS.json().write(raised));
        changed.headers().remove(EventHeaders.ID);
        changed.headers().add(EventHeaders.ID, raised.eventId().getBytes(UTF_8));
        return changed;
      } catch (UnreadableRecordException e) {
        throw new AssertionError(e);
      }
    };
  }

  private static ConsumerRecord<byte[], byte[]> with(
      ConsumerRecord<byte[], byte[]> record, byte[] value) {
    Headers headers = new RecordHeaders(record.headers().toArray());
    headers.remove(EventHeaders.PAYLOAD_SHA256);
    headers.add(EventHeaders.PAYLOAD_SHA256, EventHeaders.sha256Hex(value).getBytes(UTF_8));
    return MemoryLog.consumed(
        record.topic(), record.offset(), record.timestamp(), record.key(), value, headers);
  }

  /** What streams writes of an input that the ledger can't take. */
  static ProducerRecord<byte[], byte[]> deadLetter(ConsumerRecord<byte[], byte[]> input) {
    RecordCoordinates source = Matcher.at(input);
    Instant at = Instant.ofEpochMilli(input.timestamp());
    return Topics.DEAD_LETTERS.record(
        String.valueOf(Matcher.key(input)),
        new DeadLetter(
            DeadLetter.SCHEMA,
            DeadLetterReason.PROCESSING_FAILED,
            "in a test",
            source,
            source.topic(),
            RawBytes.of(input.key()),
            Map.of(),
            RawBytes.of(input.value()),
            at),
        new EventHead("dead-letters/" + source, "/test", at, null));
  }

  /** The same, to be written again. */
  static ProducerRecord<byte[], byte[]> produced(ConsumerRecord<byte[], byte[]> record) {
    return new ProducerRecord<>(
        record.topic(), null, null, record.key(), record.value(), record.headers());
  }

  static ProducerRecord<byte[], byte[]> produced(
      ConsumerRecord<byte[], byte[]> record, String key, String eventId) {
    Headers headers = new RecordHeaders(record.headers().toArray());
    headers.remove(EventHeaders.ID);
    headers.add(EventHeaders.ID, eventId.getBytes(UTF_8));
    return new ProducerRecord<>(
        record.topic(), null, null, key.getBytes(UTF_8), record.value(), headers);
  }
}

package io.paidonce.streams;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.paidonce.contract.DeadLetter;
import io.paidonce.contract.DeadLetterReason;
import io.paidonce.contract.EventHead;
import io.paidonce.contract.EventHeaders;
import io.paidonce.contract.RawBytes;
import io.paidonce.contract.RecordCoordinates;
import io.paidonce.contract.Topic;
import io.paidonce.contract.Topics;
import java.time.Instant;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.jspecify.annotations.Nullable;

/**
 * Forwards typed records to the sinks of one sub-topology. What is sent while one input is
 * processed becomes visible with that input's offset or not at all.
 */
final class Outbox {

  private final ProcessorContext<byte[], byte[]> context;
  private final String owner;

  /**
   * @param owner the sub-topology, as its sinks are named
   */
  Outbox(ProcessorContext<byte[], byte[]> context, String owner) {
    this.context = context;
    this.owner = owner;
  }

  /** The sink of a topic in a sub-topology: two sub-topologies must not share one. */
  static String sink(String owner, Topic<?> topic) {
    return owner + "-to-" + topic.name();
  }

  <V> void send(
      Topic<V> topic, String key, V value, String eventId, Instant time, Record<?, ?> cause) {
    send(topic, key.getBytes(UTF_8), topic.json().write(value), eventId, time, cause);
  }

  /** Sends what is written already, where its size had to be known first. */
  void send(
      Topic<?> topic,
      byte @Nullable [] key,
      byte[] payload,
      String eventId,
      Instant time,
      Record<?, ?> cause) {
    String traceparent = EventHeaders.text(cause.headers(), EventHeaders.TRACEPARENT);
    EventHead head = new EventHead(eventId, "/paidonce/dedup-streams", time, traceparent);
    context.forward(
        new Record<>(key, payload, cause.timestamp(), EventHeaders.of(topic, payload, head)),
        sink(owner, topic));
  }

  /** Keeps a record that can't be processed, with its original bytes. */
  void deadLetter(
      Record<byte[], byte[]> record,
      RecordCoordinates source,
      DeadLetterReason reason,
      String detail) {
    byte @Nullable [] key = record.key();
    byte @Nullable [] value = record.value();
    DeadLetter letter =
        new DeadLetter(
            DeadLetter.SCHEMA,
            reason,
            detail,
            source,
            source.topic(),
            key == null ? null : RawBytes.of(key),
            KeptHeaders.of(record.headers()),
            value == null ? null : RawBytes.of(value),
            Instant.ofEpochMilli(record.timestamp()));
    send(
        Topics.DEAD_LETTERS,
        key,
        Topics.DEAD_LETTERS.json().write(letter),
        Topics.DEAD_LETTERS.name() + "/" + source,
        letter.at(),
        record);
  }
}

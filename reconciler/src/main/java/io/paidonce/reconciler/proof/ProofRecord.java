package io.paidonce.reconciler.proof;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.paidonce.contract.JsonSerde;
import io.paidonce.contract.RawBytes;
import io.paidonce.contract.RecordCoordinates;
import io.paidonce.contract.UnreadableRecordException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.jspecify.annotations.Nullable;

/** One record as Kafka keeps it: where it stands, when it came there, and its bytes. */
record ProofRecord(Head head, RawBytes value) {

  private static final JsonSerde<Head> JSON = JsonSerde.of(Head.class);

  /**
   * All but the value.
   *
   * @param appendedMs brokers' clock, milliseconds since 1970
   * @param headers those that PaidOnce writes or reads, in their order; other people's are left out
   */
  record Head(
      RecordCoordinates at,
      @JsonProperty(required = true) long appendedMs,
      String key,
      List<Mark> headers) {
    Head {
      requireNonNull(at, "at");
      requireNonNull(key, "key");
      headers = List.copyOf(requireNonNull(headers, "headers"));
    }
  }

  /** One header. */
  record Mark(String name, String value) {
    Mark {
      requireNonNull(name, "name");
      requireNonNull(value, "value");
    }
  }

  /**
   * Of a record that was read.
   *
   * @throws IllegalStateException if it has no value, or its key is no text: none of ours
   */
  static ProofRecord of(ConsumerRecord<byte[], byte[]> record) {
    RecordCoordinates at =
        new RecordCoordinates(record.topic(), record.partition(), record.offset());
    String key = text(record.key()).orElseThrow(() -> noRecord(at, "its key is no text"));
    byte[] value = record.value();
    if (value == null) {
      throw noRecord(at, "it has no value");
    }
    List<Mark> marks = new ArrayList<>();
    for (Header header : record.headers()) {
      if (isOurs(header.key())) {
        text(header.value()).ifPresent(text -> marks.add(new Mark(header.key(), text)));
      }
    }
    return new ProofRecord(new Head(at, record.timestamp(), key, marks), RawBytes.of(value));
  }

  private static IllegalStateException noRecord(RecordCoordinates at, String why) {
    return new IllegalStateException(at + " can't be put into a bundle: " + why);
  }

  private static boolean isOurs(String header) {
    return header.startsWith("ce_")
        || header.startsWith("paidonce_")
        || header.equals("content-type")
        || header.equals("traceparent");
  }

  private static Optional<String> text(byte @Nullable [] bytes) {
    if (bytes == null) {
      return Optional.empty();
    }
    try {
      return Optional.of(UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString());
    } catch (CharacterCodingException e) {
      return Optional.empty();
    }
  }

  RecordCoordinates at() {
    return head.at();
  }

  /** As a reader of the topic is given them. */
  Headers kafkaHeaders() {
    Headers headers = new RecordHeaders();
    head.headers().forEach(mark -> headers.add(mark.name(), mark.value().getBytes(UTF_8)));
    return headers;
  }

  byte[] headBytes() {
    return JSON.write(head);
  }

  static Head head(Entry entry) throws BadBundleException {
    try {
      return JSON.read(entry.bytes());
    } catch (UnreadableRecordException e) {
      throw new BadBundleException(entry.name() + " can't be read: " + e.getMessage());
    }
  }
}

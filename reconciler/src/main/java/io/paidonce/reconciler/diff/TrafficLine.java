package io.paidonce.reconciler.diff;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.io.JsonStringEncoder;
import io.paidonce.contract.Topic;
import io.paidonce.contract.Topics;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.record.TimestampType;
import org.jspecify.annotations.Nullable;

/**
 * One line of traffic: a record of a topic that intake or the ledger reads, or the word that
 * something may be forgotten. The same in a kept file and between two builds. Headers are left out:
 * they decide nothing but whether a record is damaged.
 *
 * @param record to be folded; absent where something is forgotten
 * @param forgotten which partition
 * @param key of which key of it; absent where all of the partition is forgotten
 */
record TrafficLine(
    @Nullable ConsumerRecord<byte[], byte[]> record,
    @Nullable TopicPartition forgotten,
    @Nullable String key) {

  /** What can be folded. */
  static final List<Topic<?>> TOPICS =
      List.of(Topics.PAYMENT_NOTIFICATIONS, Topics.ORDER_COMMANDS, Topics.ORDER_INPUTS);

  private static final JsonFactory JSON =
      JsonFactory.builder()
          .streamReadConstraints(
              StreamReadConstraints.builder()
                  .maxDocumentLength(Lines.LONGEST)
                  .maxStringLength(Lines.LONGEST)
                  .maxNestingDepth(4)
                  .build())
          .build();

  /** Reads one. */
  static TrafficLine parse(byte[] line) throws IOException {
    String topic = null;
    int partition = -1;
    long offset = -1;
    long timestamp = -1;
    byte[] key = null;
    byte[] value = null;
    boolean forgets = false;
    try (JsonParser json = JSON.createParser(line)) {
      require(json.nextToken() == JsonToken.START_OBJECT, "a line of traffic is a JSON object");
      while (json.nextToken() == JsonToken.FIELD_NAME) {
        String name = json.currentName();
        json.nextToken();
        switch (name) {
          case "topic" -> topic = json.getValueAsString();
          case "partition" -> partition = json.getIntValue();
          case "offset" -> offset = json.getLongValue();
          case "timestamp" -> timestamp = json.getLongValue();
          case "key" -> key = text(json);
          case "keyBytes" -> key = json.getBinaryValue();
          case "value" -> value = text(json);
          case "valueBytes" -> value = json.getBinaryValue();
          case "forget" -> forgets = json.getBooleanValue();
          default -> json.skipChildren();
        }
      }
      require(json.currentToken() == JsonToken.END_OBJECT, "it ends amid the object");
    } catch (JsonProcessingException e) {
      throw new IOException("no line of traffic: " + e.getOriginalMessage(), e);
    }
    require(topic != null && partition >= 0, "topic and partition are missing");
    TopicPartition of = new TopicPartition(topic, partition);
    if (forgets) {
      return new TrafficLine(null, of, key == null ? null : new String(key, UTF_8));
    }
    require(offset >= 0 && timestamp >= 0, "offset and timestamp are missing");
    return new TrafficLine(record(of, offset, timestamp, key, value), null, null);
  }

  static ConsumerRecord<byte[], byte[]> record(
      TopicPartition of,
      long offset,
      long timestamp,
      byte @Nullable [] key,
      byte @Nullable [] value) {
    return new ConsumerRecord<>(
        of.topic(),
        of.partition(),
        offset,
        timestamp,
        TimestampType.LOG_APPEND_TIME,
        key == null ? -1 : key.length,
        value == null ? -1 : value.length,
        key,
        value,
        new RecordHeaders(),
        Optional.empty());
  }

  private static byte @Nullable [] text(JsonParser json) throws IOException {
    String text = json.getValueAsString();
    return text == null ? null : text.getBytes(UTF_8);
  }

  private static void require(boolean holds, String otherwise) throws IOException {
    if (!holds) {
      throw new IOException("no line of traffic: " + otherwise);
    }
  }

  /** Writes a record's line, with its end. */
  static byte[] of(ConsumerRecord<byte[], byte[]> record) {
    ByteArrayOutputStream line =
        new ByteArrayOutputStream(
            128 + (record.value() == null ? 0 : record.value().length * 5 / 4));
    begin(line, new TopicPartition(record.topic(), record.partition()));
    put(line, ",\"offset\":" + record.offset() + ",\"timestamp\":" + record.timestamp());
    bytes(line, "key", record.key());
    bytes(line, "value", record.value());
    put(line, "}\n");
    return line.toByteArray();
  }

  /** Writes that a partition, or a key of it, may be forgotten. */
  static byte[] forget(TopicPartition of, @Nullable String key) {
    ByteArrayOutputStream line = new ByteArrayOutputStream(128);
    begin(line, of);
    if (key != null) {
      bytes(line, "key", key.getBytes(UTF_8));
    }
    put(line, ",\"forget\":true}\n");
    return line.toByteArray();
  }

  private static void begin(ByteArrayOutputStream line, TopicPartition of) {
    put(line, "{\"topic\":\"" + of.topic() + "\",\"partition\":" + of.partition());
  }

  private static void bytes(ByteArrayOutputStream line, String name, byte @Nullable [] bytes) {
    if (bytes == null) {
      return;
    }
    String text = new String(bytes, UTF_8);
    boolean isText = Arrays.equals(text.getBytes(UTF_8), bytes);
    put(line, ",\"" + name + (isText ? "\":\"" : "Bytes\":\""));
    put(line, isText ? quoted(text) : Base64.getEncoder().encode(bytes));
    put(line, "\"");
  }

  /** As it stands between the quotes of a JSON text. */
  static byte[] quoted(String text) {
    return JsonStringEncoder.getInstance().quoteAsUTF8(text);
  }

  static void put(ByteArrayOutputStream to, String ascii) {
    put(to, ascii.getBytes(UTF_8));
  }

  static void put(ByteArrayOutputStream to, byte[] bytes) {
    try {
      to.write(bytes);
    } catch (IOException e) {
      throw new UncheckedIOException("writing to memory failed", e);
    }
  }
}

package io.paidonce.contract;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.Headers;
import org.jspecify.annotations.Nullable;

/**
 * One topic with its type and its settings. Nothing else in the project spells a topic's name.
 *
 * @param name the topic's name
 * @param json how its values are written and read
 * @param schema newest layout version of its values
 * @param key what its key is, for people
 * @param partitions never changed later: another count would send the same key elsewhere
 * @param kept how its records end
 * @param flush whether each append is forced to disk before it is acknowledged
 * @param maxMessageBytes largest record the topic takes
 * @param writers whether only our own services write it
 * @param about one sentence
 */
public record Topic<V>(
    String name,
    JsonSerde<V> json,
    int schema,
    String key,
    int partitions,
    Kept kept,
    Flush flush,
    int maxMessageBytes,
    Writers writers,
    String about) {

  /** Largest record, bytes: a callback's body at its limit in Base64, with its facts. */
  public static final int MAX_MESSAGE_BYTES = 262_144;

  /** Largest dead letter, bytes: any record of ours in Base64, with its reason. */
  public static final int MAX_DEAD_LETTER_BYTES = 2 * MAX_MESSAGE_BYTES;

  /** How the records of a topic end. */
  public enum Kept {
    /** Longer than any dispute: the three logs that are folded together are kept equally long. */
    DAYS_400(Duration.ofDays(400), false),
    DAYS_90(Duration.ofDays(90), false),
    DAYS_30(Duration.ofDays(30), false),
    FOR_EVER(Duration.ofMillis(-1), false),
    /** The newest of each key. */
    COMPACTED(Duration.ofMillis(-1), true);

    private final Duration retention;
    private final boolean compacted;

    Kept(Duration retention, boolean compacted) {
      this.retention = retention;
      this.compacted = compacted;
    }
  }

  /** When an append reaches the disk. */
  public enum Flush {
    /**
     * Before it is acknowledged. {@code acks=all} alone is a promise of memory: a power cut of all
     * brokers loses every record the kernel had not written back.
     */
    EACH_APPEND,
    /** When the kernel writes it back. */
    KERNEL
  }

  /** Who may write. */
  public enum Writers {
    /** Only our services: topic and hash headers are required. */
    OURS,
    /** Anybody's: those headers are checked where present. */
    ANYONE
  }

  public Topic {
    requireNonNull(name, "name");
    requireNonNull(json, "json");
    requireNonNull(key, "key");
    requireNonNull(kept, "kept");
    requireNonNull(flush, "flush");
    requireNonNull(writers, "writers");
    requireNonNull(about, "about");
  }

  /** The CloudEvents type of its records. */
  public String eventType() {
    return "io.paidonce." + name + ".v" + schema;
  }

  /** The settings of this topic, as Kafka names them. */
  public Map<String, String> settings(int minInsyncReplicas) {
    Map<String, String> settings = new LinkedHashMap<>();
    settings.put("cleanup.policy", kept.compacted ? "compact" : "delete");
    settings.put("retention.ms", Long.toString(kept.retention.toMillis()));
    settings.put("retention.bytes", "-1");
    settings.put("min.insync.replicas", Integer.toString(minInsyncReplicas));
    settings.put("max.message.bytes", Integer.toString(maxMessageBytes));
    settings.put("unclean.leader.election.enable", "false");
    settings.put(
        "flush.messages", flush == Flush.EACH_APPEND ? "1" : Long.toString(Long.MAX_VALUE));
    if (flush == Flush.EACH_APPEND) {
      // Forcing an append forces its two index files too, which costs most where they have changed.
      // By default they change every 4 KiB; a reader that starts anywhere reads 64 KiB more at
      // most.
      settings.put("index.interval.bytes", "65536");
    }
    // Never a provider's clock: one date in the future would make every broker refuse the record.
    settings.put("message.timestamp.type", kept == Kept.COMPACTED ? "CreateTime" : "LogAppendTime");
    return settings;
  }

  /** A record ready to send. */
  public ProducerRecord<byte[], byte[]> record(String recordKey, V value, EventHead head) {
    byte[] payload = json.write(value);
    return new ProducerRecord<>(
        name, null, null, recordKey.getBytes(UTF_8), payload, EventHeaders.of(this, payload, head));
  }

  /**
   * Reads one record of this topic, after checking that it is one.
   *
   * @throws UnreadableRecordException naming the header or field, never the content
   */
  public V read(Headers headers, byte @Nullable [] payload) throws UnreadableRecordException {
    return json.read(checked(headers, payload));
  }

  /**
   * The same for a reader who decides by the facts: {@link RawBytes} are not decoded, and asking
   * for them is refused.
   *
   * @throws UnreadableRecordException naming the header or field, never the content
   */
  public V readFacts(Headers headers, byte @Nullable [] payload) throws UnreadableRecordException {
    return json.readFacts(checked(headers, payload));
  }

  private byte[] checked(Headers headers, byte @Nullable [] payload)
      throws UnreadableRecordException {
    if (payload == null) {
      throw new UnreadableRecordException(
          DeadLetterReason.UNREADABLE_RECORD, "the record has no value");
    }
    EventHeaders.check(this, headers, payload);
    return payload;
  }
}

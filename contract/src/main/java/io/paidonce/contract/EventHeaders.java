package io.paidonce.contract;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.jspecify.annotations.Nullable;

/**
 * The headers of every record: CloudEvents 1.0 in Kafka's binary binding, W3C trace context, and
 * two of our own that name the topic and hash the payload. Those two exist because a client bug
 * (KAFKA-19012) has put records on the wrong topic, which the log's checksum does not cover.
 */
public final class EventHeaders {

  public static final String ID = "ce_id";
  public static final String TYPE = "ce_type";
  public static final String SOURCE = "ce_source";
  public static final String TIME = "ce_time";
  public static final String SPEC_VERSION = "ce_specversion";
  public static final String CONTENT_TYPE = "content-type";
  public static final String TRACEPARENT = "traceparent";
  public static final String TOPIC = "paidonce_topic";
  public static final String PAYLOAD_SHA256 = "paidonce_sha256";

  private static final byte[] ONE_ZERO = "1.0".getBytes(UTF_8);
  private static final byte[] JSON = "application/json".getBytes(UTF_8);

  // Looking a provider up costs as much as hashing a small record.
  private static final ThreadLocal<MessageDigest> SHA_256 =
      ThreadLocal.withInitial(EventHeaders::sha256);

  // The same few texts in every record.
  private static final Map<String, byte[]> ENCODED_TYPES = new ConcurrentHashMap<>();
  private static final Map<String, byte[]> ENCODED_TOPICS = new ConcurrentHashMap<>();

  private EventHeaders() {}

  /** The headers for a payload that goes to a topic. */
  public static Headers of(Topic<?> topic, byte[] payload, EventHead head) {
    Headers headers = new RecordHeaders();
    headers.add(SPEC_VERSION, ONE_ZERO);
    headers.add(ID, head.id().getBytes(UTF_8));
    headers.add(
        TYPE,
        ENCODED_TYPES.computeIfAbsent(topic.name(), name -> topic.eventType().getBytes(UTF_8)));
    headers.add(SOURCE, head.source().getBytes(UTF_8));
    headers.add(TIME, InstantText.of(head.time()).getBytes(UTF_8));
    headers.add(CONTENT_TYPE, JSON);
    headers.add(TOPIC, ENCODED_TOPICS.computeIfAbsent(topic.name(), name -> name.getBytes(UTF_8)));
    headers.add(PAYLOAD_SHA256, sha256Hex(payload).getBytes(UTF_8));
    if (head.traceparent() != null) {
      headers.add(TRACEPARENT, head.traceparent().getBytes(UTF_8));
    }
    return headers;
  }

  /** The text of a header, or null where it is absent. */
  public static @Nullable String text(Headers headers, String name) {
    Header header = headers.lastHeader(name);
    return header == null || header.value() == null ? null : new String(header.value(), UTF_8);
  }

  /** Hex SHA-256 of bytes. */
  public static String sha256Hex(byte[] bytes) {
    return HexFormat.of().formatHex(SHA_256.get().digest(bytes));
  }

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }

  static void check(Topic<?> topic, Headers headers, byte[] payload)
      throws UnreadableRecordException {
    String named = text(headers, TOPIC);
    String hash = text(headers, PAYLOAD_SHA256);
    if (named == null || hash == null) {
      if (topic.writers() == Topic.Writers.OURS) {
        throw new UnreadableRecordException(
            DeadLetterReason.UNREADABLE_RECORD,
            "header " + (named == null ? TOPIC : PAYLOAD_SHA256) + " is missing");
      }
    }
    if (named != null && !named.equals(topic.name())) {
      throw new UnreadableRecordException(
          DeadLetterReason.WRONG_TOPIC, "header " + TOPIC + " names another topic");
    }
    if (hash != null && !hash.equals(sha256Hex(payload))) {
      throw new UnreadableRecordException(
          DeadLetterReason.PAYLOAD_HASH_MISMATCH, "the payload is not what was written");
    }
  }
}

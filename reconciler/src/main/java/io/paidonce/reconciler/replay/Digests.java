package io.paidonce.reconciler.replay;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.paidonce.contract.EventHeaders;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/** Eight bytes that stand for many: two of ten million differ but for one chance in 300,000. */
public final class Digests {

  private static final ThreadLocal<MessageDigest> SHA_256 = ThreadLocal.withInitial(Digests::sha);

  private Digests() {}

  public static long of(byte[] bytes) {
    return ByteBuffer.wrap(SHA_256.get().digest(bytes)).getLong();
  }

  public static long of(String text) {
    return of(text.getBytes(UTF_8));
  }

  /** The same of a record's value as {@link #of(byte[])}, from the header that states its hash. */
  static long ofPayload(ConsumerRecord<byte[], byte[]> record) {
    String hash = EventHeaders.text(record.headers(), EventHeaders.PAYLOAD_SHA256);
    if (hash == null) {
      throw new IllegalStateException(Matcher.at(record) + " was read without its hash");
    }
    return Long.parseUnsignedLong(hash, 0, 2 * Long.BYTES, 16);
  }

  private static MessageDigest sha() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }
}

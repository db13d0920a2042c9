package io.paidonce.projector;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.time.Instant;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Values as PostgreSQL's binary protocol has them, each behind its length, in a buffer that grows.
 * Sent so, the server neither parses numbers nor reads dates.
 */
final class Binary {

  private static final int NULL = -1;
  private static final byte[] JSONB_FORMAT = {1};
  private static final long EPOCH_SECOND = Instant.parse("2000-01-01T00:00:00Z").getEpochSecond();
  private static final long MICROS = 1_000_000;

  // Beyond every time that PostgreSQL has, and short of the two that it takes for infinity: so it
  // says itself that such a time is out of its range.
  private static final long TOO_LATE = Long.MAX_VALUE - 1;
  private static final long TOO_EARLY = Long.MIN_VALUE + 2;
  private static final long MOST_SECONDS = Long.MAX_VALUE / MICROS - 1;

  private byte[] bytes;
  private int size;

  Binary(int expectedBytes) {
    bytes = new byte[Math.max(16, expectedBytes)];
  }

  byte[] bytes() {
    return bytes;
  }

  int size() {
    return size;
  }

  byte[] copy() {
    return Arrays.copyOf(bytes, size);
  }

  Binary raw(byte[] value) {
    room(value.length);
    System.arraycopy(value, 0, bytes, size, value.length);
    size += value.length;
    return this;
  }

  Binary int2(int value) {
    room(2);
    bytes[size++] = (byte) (value >>> 8);
    bytes[size++] = (byte) value;
    return this;
  }

  Binary int4(int value) {
    room(4);
    for (int shift = 24; shift >= 0; shift -= 8) {
      bytes[size++] = (byte) (value >>> shift);
    }
    return this;
  }

  private void int8(long value) {
    room(8);
    for (int shift = 56; shift >= 0; shift -= 8) {
      bytes[size++] = (byte) (value >>> shift);
    }
  }

  void text(@Nullable String value) {
    if (value == null) {
      int4(NULL);
      return;
    }
    byte[] utf8 = value.getBytes(UTF_8);
    int4(utf8.length).raw(utf8);
  }

  void json(@Nullable String value) {
    if (value == null) {
      int4(NULL);
      return;
    }
    byte[] utf8 = value.getBytes(UTF_8);
    int4(1 + utf8.length).raw(JSONB_FORMAT).raw(utf8);
  }

  void bigint(@Nullable Long value) {
    if (value == null) {
      int4(NULL);
      return;
    }
    int4(8).int8(value);
  }

  void integer(@Nullable Integer value) {
    if (value == null) {
      int4(NULL);
      return;
    }
    int4(4).int4(value);
  }

  void instant(@Nullable Instant value) {
    if (value == null) {
      int4(NULL);
      return;
    }
    int4(8).int8(micros(value));
  }

  // PostgreSQL keeps microseconds and would round a tie either way; cutting off is the same
  // everywhere, so that a comparison of topic and table never turns on half a microsecond.
  private static long micros(Instant instant) {
    long seconds = instant.getEpochSecond();
    if (seconds > MOST_SECONDS) {
      return TOO_LATE;
    }
    if (seconds < -MOST_SECONDS + EPOCH_SECOND) {
      return TOO_EARLY;
    }
    return (seconds - EPOCH_SECOND) * MICROS + instant.getNano() / 1_000;
  }

  private void room(int more) {
    if (bytes.length - size < more) {
      bytes = Arrays.copyOf(bytes, Math.max(size + more, 2 * bytes.length));
    }
  }
}

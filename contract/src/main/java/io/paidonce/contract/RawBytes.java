package io.paidonce.contract;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Bytes exactly as they came, Base64 in JSON. Compares by content and shows only its length: what
 * it holds may be personal data and must not reach a log by way of a record's text.
 */
public final class RawBytes {

  private final byte[] bytes;

  private RawBytes(byte[] bytes) {
    this.bytes = requireNonNull(bytes, "bytes");
  }

  /** Wraps without copying: the caller hands the array over. */
  @JsonCreator
  public static RawBytes of(byte[] bytes) {
    return new RawBytes(bytes);
  }

  /** The bytes themselves, not a copy: the caller must not change them. */
  @JsonValue
  public byte[] bytes() {
    return bytes;
  }

  public int length() {
    return bytes.length;
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof RawBytes that && Arrays.equals(bytes, that.bytes);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(bytes);
  }

  @Override
  public String toString() {
    return bytes.length + " bytes";
  }
}

package io.paidonce.contract;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.annotation.JsonValue;
import com.fasterxml.jackson.core.JsonParseException;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.annotation.JsonDeserialize;
import com.fasterxml.jackson.databind.deser.std.StdScalarDeserializer;
import java.io.IOException;
import java.io.Serial;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Bytes exactly as they came, Base64 in JSON. Compares by content and shows only its length: what
 * it holds may be personal data and must not reach a log by way of a record's text.
 */
@JsonDeserialize(using = RawBytes.Reader.class)
public final class RawBytes {

  /** Present in a reader's attributes where only the facts are wanted. */
  static final Object LEFT_OUT = "bytes are left out";

  private static final RawBytes NOT_READ = new RawBytes(new byte[0], false);

  private final byte[] bytes;
  private final boolean read;

  private RawBytes(byte[] bytes, boolean read) {
    this.bytes = requireNonNull(bytes, "bytes");
    this.read = read;
  }

  /** Wraps without copying: the caller hands the array over. */
  public static RawBytes of(byte[] bytes) {
    return new RawBytes(bytes, true);
  }

  /**
   * The bytes themselves, not a copy: the caller must not change them.
   *
   * @throws IllegalStateException if they were left out in reading
   */
  @JsonValue
  public byte[] bytes() {
    if (!read) {
      throw new IllegalStateException("read as facts only: the bytes were left out");
    }
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

  /** Decodes, or only sees that there is a text to decode. */
  static final class Reader extends StdScalarDeserializer<RawBytes> {
    @Serial private static final long serialVersionUID = 1L;

    Reader() {
      super(RawBytes.class);
    }

    @Override
    public RawBytes deserialize(JsonParser in, DeserializationContext context) throws IOException {
      if (!in.hasToken(JsonToken.VALUE_STRING)) {
        return (RawBytes) context.handleUnexpectedToken(RawBytes.class, in);
      }
      if (context.getAttribute(LEFT_OUT) != null) {
        return NOT_READ;
      }
      try {
        return RawBytes.of(in.getBinaryValue(context.getBase64Variant()));
      } catch (JsonParseException e) {
        return (RawBytes) context.handleWeirdStringValue(RawBytes.class, "", "not Base64");
      }
    }
  }
}

package io.paidonce.providers;

import java.util.Base64;
import java.util.Optional;

/**
 * Base64 in its one canonical spelling. The JDK's decoder also takes missing padding and stray bits
 * in the last character, so that one signature would have many texts.
 */
public final class StrictBase64 {

  private StrictBase64() {}

  /** The bytes; empty where the text is not canonical Base64 of the standard alphabet. */
  public static Optional<byte[]> decode(String text) {
    try {
      byte[] bytes = Base64.getDecoder().decode(text);
      return Base64.getEncoder().encodeToString(bytes).equals(text)
          ? Optional.of(bytes)
          : Optional.empty();
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }
}

package io.paidonce.providers;

import java.util.Arrays;
import java.util.Optional;

/**
 * Percent-encoding of forms and queries, undone to bytes: which charset they are in comes later.
 */
public final class PercentText {

  private PercentText() {}

  /** The bytes that a part of a form means; empty where a '%' has no two hex digits after it. */
  public static Optional<byte[]> decoded(byte[] form, int start, int end) {
    byte[] decoded = new byte[end - start];
    int length = 0;
    for (int i = start; i < end; i++) {
      if (form[i] == '%') {
        int high = i + 2 < end ? Character.digit(form[i + 1], 16) : -1;
        int low = i + 2 < end ? Character.digit(form[i + 2], 16) : -1;
        if (high < 0 || low < 0) {
          return Optional.empty();
        }
        decoded[length++] = (byte) (high << 4 | low);
        i += 2;
      } else {
        decoded[length++] = form[i] == '+' ? (byte) ' ' : form[i];
      }
    }
    return Optional.of(Arrays.copyOf(decoded, length));
  }
}

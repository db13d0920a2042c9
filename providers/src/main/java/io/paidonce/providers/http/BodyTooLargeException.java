package io.paidonce.providers.http;

import java.io.IOException;

/** An answer that was cut off because it went over its limit. */
final class BodyTooLargeException extends IOException {
  private static final long serialVersionUID = 1L;

  BodyTooLargeException(int maxBytes) {
    super("more than " + maxBytes + " bytes");
  }
}

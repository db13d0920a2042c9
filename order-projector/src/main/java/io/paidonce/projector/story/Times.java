package io.paidonce.projector.story;

import java.time.DateTimeException;
import java.time.Instant;

/** Times as an order's rows have them. */
final class Times {

  private Times() {}

  /** What can't be read is older than all: it is shown, and first. */
  static Instant parse(String text) {
    try {
      return Instant.parse(text);
    } catch (DateTimeException e) {
      return Instant.MIN;
    }
  }
}

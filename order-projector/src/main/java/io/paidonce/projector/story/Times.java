package io.paidonce.projector.story;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;

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

  /** As the read store writes it: microseconds at most, and no zeros at the end of a fraction. */
  static String text(Instant instant) {
    String text = instant.truncatedTo(ChronoUnit.MICROS).toString();
    return text.indexOf('.') < 0 ? text : text.replaceAll("0+Z$", "Z");
  }
}

package io.paidonce.contract;

import org.jspecify.annotations.Nullable;

/**
 * Bounds of the texts in records. Ids are copied into keys, headers and event ids; without a bound
 * one long id would make a record that no topic takes and that stops its partition.
 */
final class Text {

  private Text() {}

  static String required(@Nullable String value, String field, int longest) {
    if (value == null) {
      throw new NullPointerException(field);
    }
    if (value.isBlank()) {
      throw new IllegalArgumentException(field + " must not be blank");
    }
    return bounded(value, field, longest);
  }

  // Control characters break log lines and terminals, and PostgreSQL can't store NUL.
  static String bounded(String value, String field, int longest) {
    for (int i = 0; i < value.length(); i++) {
      if (Character.isISOControl(value.charAt(i))) {
        throw new IllegalArgumentException(field + " must not hold control characters");
      }
    }
    if (value.length() > longest) {
      throw new IllegalArgumentException(
          field + " has " + value.length() + " characters, at most " + longest + " are allowed");
    }
    return value;
  }
}

package io.paidonce.launcher.doctor;

import static java.util.Objects.requireNonNull;

import java.util.Locale;

/**
 * What one look found.
 *
 * @param about what was looked at, such as {@code kafka}
 * @param sentence what is so and, unless it is well, what to mend; never a secret
 */
public record Finding(Grade grade, String about, String sentence) {

  /** How bad. */
  public enum Grade {
    OK,
    /** It works, but should be looked at. */
    WARNING,
    /** Callbacks are lost or refused, or will be, until it is mended. */
    MEND;

    /** As it is printed. */
    public String word() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  public Finding {
    requireNonNull(grade, "grade");
    requireNonNull(about, "about");
    requireNonNull(sentence, "sentence");
  }

  static Finding ok(String about, String sentence) {
    return new Finding(Grade.OK, about, sentence);
  }

  static Finding warning(String about, String sentence) {
    return new Finding(Grade.WARNING, about, sentence);
  }

  static Finding mend(String about, String sentence) {
    return new Finding(Grade.MEND, about, sentence);
  }
}

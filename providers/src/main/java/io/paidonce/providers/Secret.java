package io.paidonce.providers;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.annotation.JsonCreator;

/** A text that must not be seen: its own text is stars, and it can't be written as JSON. */
public final class Secret {

  private final String text;

  private Secret(String text) {
    this.text = requireNonNull(text, "text");
  }

  @JsonCreator
  public static Secret of(String text) {
    return new Secret(text);
  }

  /** The text itself, for the one place that needs it. */
  public String reveal() {
    return text;
  }

  /** The text as UTF-8 bytes, for the one place that needs them. */
  public byte[] revealBytes() {
    return text.getBytes(UTF_8);
  }

  @Override
  public String toString() {
    return "********";
  }
}

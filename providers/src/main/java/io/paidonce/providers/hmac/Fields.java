package io.paidonce.providers.hmac;

import com.fasterxml.jackson.core.JsonPointer;
import com.fasterxml.jackson.databind.JsonNode;
import io.paidonce.contract.Money;
import io.paidonce.providers.UnreadableContentException;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Locale;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The one way to read a field of an authentic body. Messages name the field, never the content. */
record Fields(JsonNode tree) {

  private static final Pattern WHOLE = Pattern.compile("[0-9]{1,18}");
  private static final Pattern SECONDS = Pattern.compile("[0-9]{1,11}");

  /** A text, or a whole number as a text. */
  String text(JsonPointer at) throws UnreadableContentException {
    String text = optionalText(at);
    if (text == null) {
      throw new UnreadableContentException(at + " is missing or blank");
    }
    return text;
  }

  @Nullable String optionalText(JsonPointer at) throws UnreadableContentException {
    JsonNode node = tree.at(at);
    if (node.isMissingNode() || node.isNull()) {
      return null;
    }
    if (!node.isTextual() && !node.isIntegralNumber() && !node.isBoolean()) {
      throw new UnreadableContentException(at + " is not a text, a whole number, true or false");
    }
    return node.asText().isBlank() ? null : node.asText();
  }

  /** An ISO 4217 code in either case. */
  String currency(JsonPointer at) throws UnreadableContentException {
    String code = text(at).toUpperCase(Locale.ROOT);
    try {
      return Money.of(0, code).currency();
    } catch (IllegalArgumentException e) {
      throw new UnreadableContentException(at + " is not an ISO 4217 code with a minor unit");
    }
  }

  /** Minor units above zero; a number or a text of digits. */
  long amount(JsonPointer at, boolean major, String currency) throws UnreadableContentException {
    JsonNode node = tree.at(at);
    // A number with an exponent or with decimals is written by asText as it came, see StrictJson.
    String text = node.isTextual() || node.isNumber() ? node.asText() : "";
    try {
      long minor =
          major
              ? Money.parseMajor(text, currency).amountMinor()
              : WHOLE.matcher(text).matches() ? Long.parseLong(text) : 0;
      if (minor > 0 && minor <= Money.MAX_AMOUNT_MINOR) {
        return minor;
      }
    } catch (IllegalArgumentException e) {
      // Said below; its message quotes the amount.
    }
    throw new UnreadableContentException(
        at
            + " is not an amount of "
            + currency
            + " in "
            + (major ? "major" : "minor")
            + " units, above 0 and at most "
            + Money.MAX_AMOUNT_MINOR
            + " minor units");
  }

  /** Seconds since 1970 or an RFC 3339 time. */
  @Nullable Instant optionalTime(JsonPointer at) throws UnreadableContentException {
    String text = optionalText(at);
    if (text == null) {
      return null;
    }
    try {
      if (SECONDS.matcher(text).matches()) {
        return Instant.ofEpochSecond(Long.parseLong(text));
      }
      // RFC 3339 has years of four digits; the JDK's parser knows signed and longer ones.
      if (text.indexOf('-') == 4) {
        return OffsetDateTime.parse(text).toInstant();
      }
    } catch (DateTimeException e) {
      // Said below.
    }
    throw new UnreadableContentException(
        at + " is neither seconds since 1970 nor an RFC 3339 time with an offset");
  }
}

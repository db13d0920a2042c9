package io.paidonce.projector.story;

import com.fasterxml.jackson.databind.JsonNode;
import java.math.BigDecimal;
import java.util.Currency;

/** Money for people. */
final class Amount {

  private static final int USUAL_DIGITS = 2;

  private Amount() {}

  /** Such as {@code 12.00 CNY}. */
  static String of(long minor, String currency) {
    return BigDecimal.valueOf(minor, digits(currency)).toPlainString() + " " + currency;
  }

  /** The amount in one field of a row, with its currency. */
  static String of(JsonNode row, String field) {
    return row.has(field)
        ? of(row.path(field).asLong(), row.path("currency").asText())
        : "an amount not stated";
  }

  private static int digits(String currency) {
    try {
      return Math.max(0, Currency.getInstance(currency).getDefaultFractionDigits());
    } catch (IllegalArgumentException e) {
      return USUAL_DIGITS;
    }
  }
}

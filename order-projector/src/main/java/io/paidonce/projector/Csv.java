package io.paidonce.projector;

import com.fasterxml.jackson.databind.JsonNode;

/** Cells of RFC 4180. */
final class Csv {

  private static final String BEGINS_A_FORMULA = "=+-@\t\r";

  private Csv() {}

  /**
   * One cell. A text that a spreadsheet would run as a formula has an apostrophe before it: order
   * numbers and reasons are written by others.
   */
  static String cell(JsonNode value) {
    if (value.isMissingNode() || value.isNull()) {
      return "";
    }
    if (value.isNumber() || value.isBoolean()) {
      return value.asText();
    }
    String text = value.isTextual() ? value.asText() : value.toString();
    if (!text.isEmpty() && BEGINS_A_FORMULA.indexOf(text.charAt(0)) >= 0) {
      text = "'" + text;
    }
    return text.chars().anyMatch(c -> c == '"' || c == ',' || c == '\n' || c == '\r')
        ? "\"" + text.replace("\"", "\"\"") + "\""
        : text;
  }
}

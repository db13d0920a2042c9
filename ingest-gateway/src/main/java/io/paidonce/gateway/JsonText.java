package io.paidonce.gateway;

/**
 * Rewrites JSON as text, byte for byte outside of what it changes. A parser would not do: what it
 * writes has lost the order, the escapes and the numbers that a signature covers.
 */
final class JsonText {

  private JsonText() {}

  /** Without white space outside of strings. */
  static String compact(String json) {
    StringBuilder compact = new StringBuilder(json.length());
    boolean inString = false;
    boolean escaped = false;
    for (int i = 0; i < json.length(); i++) {
      char c = json.charAt(i);
      if (inString || !isWhiteSpace(c)) {
        compact.append(c);
      }
      if (c == '"' && !escaped) {
        inString = !inString;
      }
      escaped = inString && c == '\\' && !escaped;
    }
    return compact.toString();
  }

  /** With each slash escaped that is not already. */
  static String withEscapedSlashes(String json) {
    return json.replace("\\/", "/").replace("/", "\\/");
  }

  private static boolean isWhiteSpace(char c) {
    return c == ' ' || c == '\t' || c == '\n' || c == '\r';
  }
}

package io.paidonce.providers.hmac;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;

import io.paidonce.contract.Rejection;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * The text that a signature covers, as a template. One signed text must be one message: where it
 * could be cut into other fields under the same signature, the template or the request is refused.
 */
final class SignedText {

  private static final Pattern PIECE = Pattern.compile("\\{([A-Za-z]*)}|[^{}]+");
  private static final Pattern LITERAL = Pattern.compile("[\\x20-\\x7E\\n]{1,256}");
  // What an id may be made of; a text between two fields needs something else.
  private static final Pattern PART_OF_A_FIELD = Pattern.compile("[A-Za-z0-9_-]*");
  private static final Pattern LONE_SURROGATE = Pattern.compile("\\p{Cs}");
  private static final String UNRESERVED = "-._~";

  private final List<Piece> pieces;
  private final Set<Field> fields;

  private SignedText(List<Piece> pieces) {
    this.pieces = List.copyOf(pieces);
    this.fields =
        pieces.stream()
            .map(Piece::field)
            .filter(field -> field != Field.LITERAL)
            .collect(Collectors.toCollection(() -> EnumSet.noneOf(Field.class)));
  }

  /** What a template can name. */
  enum Field {
    LITERAL(""),
    BODY("body"),
    PARAMETERS("parameters"),
    ENCODED_PARAMETERS("encodedParameters"),
    TIMESTAMP("timestamp"),
    ID("id"),
    QUERY("query");

    private final String placeholder;

    Field(String placeholder) {
      this.placeholder = placeholder;
    }
  }

  private record Piece(Field field, String literal) {}

  /**
   * The text of a template.
   *
   * @throws IllegalArgumentException saying what is wrong with it
   */
  static SignedText of(String template) {
    List<Piece> pieces = new ArrayList<>();
    Matcher matcher = PIECE.matcher(template);
    int end = 0;
    while (matcher.find() && matcher.start() == end) {
      String name = matcher.group(1);
      pieces.add(name == null ? literal(matcher.group()) : new Piece(field(name), ""));
      end = matcher.end();
    }
    if (end != template.length()) {
      throw new IllegalArgumentException("holds a brace that is no {placeholder}.");
    }
    SignedText text = new SignedText(pieces);
    text.requireOneReading();
    text.requireQueryApart();
    return text;
  }

  boolean covers(Field field) {
    return fields.contains(field);
  }

  boolean coversParameters() {
    return covers(Field.PARAMETERS) || covers(Field.ENCODED_PARAMETERS);
  }

  /**
   * The bytes that are signed, in pieces, so that the body is not copied.
   *
   * @param values of the fields but the body's own
   * @param parameters what the body's parameters are, those that take no part taken out
   */
  List<byte[]> bytes(byte[] body, Map<Field, String> values, SortedMap<String, String> parameters)
      throws RefusedRequestException {
    List<byte[]> bytes = new ArrayList<>();
    for (Piece piece : pieces) {
      bytes.add(
          switch (piece.field()) {
            case LITERAL -> piece.literal().getBytes(US_ASCII);
            case BODY -> body;
            case PARAMETERS -> joined(parameters).getBytes(UTF_8);
            case ENCODED_PARAMETERS -> encoded(parameters).getBytes(US_ASCII);
            case TIMESTAMP, ID, QUERY -> values.getOrDefault(piece.field(), "").getBytes(US_ASCII);
          });
    }
    return bytes;
  }

  // Names hold neither '&' nor '=', so a value's '=' is no boundary; its '&' would be one.
  private static String joined(SortedMap<String, String> parameters)
      throws RefusedRequestException {
    for (Map.Entry<String, String> parameter : parameters.entrySet()) {
      requireWritable(parameter);
      if (parameter.getValue().indexOf('&') >= 0) {
        throw new RefusedRequestException(
            Rejection.MALFORMED_REQUEST,
            "the value of "
                + parameter.getKey()
                + " holds '&', so that the signed text could be cut into other parameters"
                + " (a source that may send it should sign {encodedParameters})");
      }
    }
    return parameters.entrySet().stream()
        .map(parameter -> parameter.getKey() + "=" + parameter.getValue())
        .collect(Collectors.joining("&"));
  }

  private static String encoded(SortedMap<String, String> parameters)
      throws RefusedRequestException {
    StringBuilder text = new StringBuilder();
    for (Map.Entry<String, String> parameter : parameters.entrySet()) {
      requireWritable(parameter);
      text.append(text.length() == 0 ? "" : "&")
          .append(percentEncoded(parameter.getKey()))
          .append('=')
          .append(percentEncoded(parameter.getValue()));
    }
    return text.toString();
  }

  // Half a character becomes '?' as bytes: two texts would have one signature.
  private static void requireWritable(Map.Entry<String, String> parameter)
      throws RefusedRequestException {
    if (LONE_SURROGATE.matcher(parameter.getValue()).find()) {
      throw new RefusedRequestException(
          Rejection.MALFORMED_REQUEST,
          "the value of " + parameter.getKey() + " is no Unicode text");
    }
  }

  // RFC 3986.
  private static String percentEncoded(String text) {
    StringBuilder encoded = new StringBuilder(text.length());
    for (byte b : text.getBytes(UTF_8)) {
      char c = (char) (b & 0xFF);
      boolean plain =
          (c >= 'A' && c <= 'Z')
              || (c >= 'a' && c <= 'z')
              || (c >= '0' && c <= '9')
              || UNRESERVED.indexOf(c) >= 0;
      if (plain) {
        encoded.append(c);
      } else {
        encoded
            .append('%')
            .append(Character.toUpperCase(Character.forDigit(c >> 4, 16)))
            .append(Character.toUpperCase(Character.forDigit(c & 15, 16)));
      }
    }
    return encoded.toString();
  }

  private static Piece literal(String text) {
    if (!LITERAL.matcher(text).matches()) {
      throw new IllegalArgumentException("holds other than ASCII between its placeholders.");
    }
    return new Piece(Field.LITERAL, text);
  }

  private static Field field(String name) {
    for (Field field : Field.values()) {
      if (field != Field.LITERAL && field.placeholder.equals(name)) {
        return field;
      }
    }
    throw new IllegalArgumentException(
        "holds {"
            + name
            + "}; known are {body}, {parameters}, {encodedParameters}, {timestamp}, {id}, {method},"
            + " {path}, {query}.");
  }

  private void requireOneReading() {
    if (fields.size() != pieces.stream().filter(p -> p.field() != Field.LITERAL).count()) {
      throw new IllegalArgumentException("names a placeholder twice.");
    }
    long contents =
        pieces.stream().filter(p -> p.field() == Field.BODY || isParameters(p.field())).count();
    if (contents != 1) {
      throw new IllegalArgumentException(
          "must hold {body}, {parameters} or {encodedParameters} once, or the content would not be"
              + " signed.");
    }
    for (int i = 1; i < pieces.size(); i++) {
      boolean field = pieces.get(i - 1).field() != Field.LITERAL;
      if (field && pieces.get(i).field() != Field.LITERAL) {
        throw new IllegalArgumentException(
            "has two placeholders side by side: one signed text would be several messages.");
      }
      if (field
          && i + 1 < pieces.size()
          && PART_OF_A_FIELD.matcher(pieces.get(i).literal()).matches()) {
        throw new IllegalArgumentException(
            "needs a character other than letters, digits, '_', '-' between two placeholders: one"
                + " signed text would be several messages.");
      }
    }
  }

  // A query may hold almost anything else, so that only these two can't be moved into it or out.
  private void requireQueryApart() {
    for (int i = 0; i + 2 < pieces.size(); i++) {
      boolean beside =
          pieces.get(i).field() == Field.QUERY || pieces.get(i + 2).field() == Field.QUERY;
      String between = pieces.get(i + 1).literal();
      if (beside && between.indexOf(' ') < 0 && between.indexOf('\n') < 0) {
        throw new IllegalArgumentException(
            "needs a blank or a line feed between {query} and another placeholder, which no query"
                + " holds: else one signed text would be several messages.");
      }
    }
  }

  private static boolean isParameters(Field field) {
    return field == Field.PARAMETERS || field == Field.ENCODED_PARAMETERS;
  }
}

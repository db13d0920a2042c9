package io.paidonce.providers.hmac;

import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Where one value of a request stands. */
record Place(Kind kind, String name) {

  private static final Pattern TEXT =
      Pattern.compile("(header|query|body|signature):([A-Za-z0-9_.-]{1,64})");

  enum Kind {
    HEADER,
    QUERY,
    BODY,
    /** A pair beside the signature, in its own header. */
    SIGNATURE
  }

  static Optional<Place> parse(String text) {
    Matcher matcher = TEXT.matcher(text);
    if (!matcher.matches()) {
      return Optional.empty();
    }
    Kind kind = Kind.valueOf(matcher.group(1).toUpperCase(Locale.ROOT));
    String name = matcher.group(2);
    // Names of headers have no case; requests hold them in lower case.
    return Optional.of(new Place(kind, kind == Kind.HEADER ? name.toLowerCase(Locale.ROOT) : name));
  }

  @Override
  public String toString() {
    return kind.name().toLowerCase(Locale.ROOT) + ":" + name;
  }
}

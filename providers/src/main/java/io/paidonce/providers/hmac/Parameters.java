package io.paidonce.providers.hmac;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.paidonce.contract.Rejection;
import io.paidonce.providers.AccountChecks;
import io.paidonce.providers.PercentText;
import io.paidonce.providers.StrictJson;
import io.paidonce.providers.UnreadableContentException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.CodingErrorAction;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Pattern;

/** Names and values as a form, a query or a flat JSON object carry them. Each name once. */
final class Parameters {

  private static final int MOST = 200;
  // A name with '=' or '&' in it would let one signed text be cut into other parameters.
  private static final Pattern NAME = Pattern.compile("[A-Za-z0-9_.-]{1,64}");

  private Parameters() {}

  /** Of a form or a query, decoded as UTF-8; an empty one has none. */
  static SortedMap<String, String> ofForm(byte[] form) throws RefusedRequestException {
    SortedMap<String, String> parameters = new TreeMap<>();
    int start = 0;
    while (form.length > 0 && start <= form.length) {
      int end = indexOf(form, '&', start, form.length);
      int equals = indexOf(form, '=', start, end);
      if (equals == end) {
        throw malformed("parameter " + (parameters.size() + 1) + " has no '='");
      }
      String name = decoded(form, start, equals, "a name");
      requireName(name);
      if (parameters.put(name, decoded(form, equals + 1, end, "the value of " + name)) != null) {
        throw new RefusedRequestException(
            Rejection.REPEATED_SIGNATURE_FIELD, "the parameter " + name + " occurs more than once");
      }
      requireFew(parameters);
      start = end + 1;
    }
    return parameters;
  }

  /**
   * Of a JSON object without a second level: numbers as they are written, {@code true} and {@code
   * false}, no nulls.
   */
  static SortedMap<String, String> ofJson(byte[] json) throws RefusedRequestException {
    SortedMap<String, String> parameters;
    try {
      parameters = StrictJson.flat(json, "the body");
    } catch (UnreadableContentException e) {
      throw malformed(e.detail());
    }
    for (String name : parameters.keySet()) {
      requireName(name);
    }
    requireFew(parameters);
    return parameters;
  }

  private static String decoded(byte[] bytes, int start, int end, String what)
      throws RefusedRequestException {
    byte[] decoded =
        PercentText.decoded(bytes, start, end)
            .orElseThrow(() -> malformed(what + " has '%' without two hex digits after it"));
    try {
      return UTF_8
          .newDecoder()
          .onMalformedInput(CodingErrorAction.REPORT)
          .onUnmappableCharacter(CodingErrorAction.REPORT)
          .decode(ByteBuffer.wrap(decoded))
          .toString();
    } catch (CharacterCodingException e) {
      throw malformed(what + " is not text in UTF-8");
    }
  }

  private static void requireName(String name) throws RefusedRequestException {
    if (!NAME.matcher(name).matches()) {
      throw malformed(
          "a parameter's name is not 1 to 64 letters, digits, '_', '.', '-': "
              + AccountChecks.shown(name));
    }
  }

  private static void requireFew(Map<String, String> parameters) throws RefusedRequestException {
    if (parameters.size() > MOST) {
      throw malformed("there are more than " + MOST + " parameters");
    }
  }

  private static RefusedRequestException malformed(String explanation) {
    return new RefusedRequestException(Rejection.MALFORMED_REQUEST, explanation);
  }

  private static int indexOf(byte[] bytes, char wanted, int start, int end) {
    for (int i = start; i < end; i++) {
      if (bytes[i] == wanted) {
        return i;
      }
    }
    return end;
  }
}

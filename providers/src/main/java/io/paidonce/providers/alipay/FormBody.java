package io.paidonce.providers.alipay;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import io.paidonce.contract.RawBytes;
import io.paidonce.contract.Rejection;
import io.paidonce.providers.AccountChecks;
import io.paidonce.providers.PercentText;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.charset.CodingErrorAction;
import java.util.Locale;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A form, decoded once and by hand: percent-encoding to bytes, then those bytes by the charset that
 * the form itself names. A server's own decoding would already have destroyed one of the two.
 */
final class FormBody {

  private static final int MAX_PARAMETERS = 200;
  // A name with '=' or '&' in it would let one signed text be cut into other parameters.
  private static final Pattern NAME = Pattern.compile("[A-Za-z0-9_.-]{1,64}");
  private static final Charset GB18030 = Charset.forName("GB18030");

  private final SortedMap<String, Parameter> parameters;

  private FormBody(SortedMap<String, Parameter> parameters) {
    this.parameters = parameters;
  }

  /**
   * A parameter's value.
   *
   * @param bytes what the signature covers
   * @param text what the bytes mean
   */
  record Parameter(RawBytes bytes, String text) {

    boolean isBlank() {
      return text.isBlank();
    }
  }

  static FormBody parse(byte[] body) throws MalformedFormException {
    SortedMap<String, byte[]> raw = new TreeMap<>();
    int start = 0;
    while (body.length > 0 && start <= body.length) {
      int end = indexOf(body, '&', start, body.length);
      addPair(body, start, end, raw);
      start = end + 1;
    }
    Charset charset = charset(raw.get("charset"));
    SortedMap<String, Parameter> parameters = new TreeMap<>();
    for (var entry : raw.entrySet()) {
      String text = decode(entry.getKey(), entry.getValue(), charset);
      parameters.put(entry.getKey(), new Parameter(RawBytes.of(entry.getValue()), text));
    }
    return new FormBody(parameters);
  }

  /** By name, in the order of the names. */
  SortedMap<String, Parameter> parameters() {
    return parameters;
  }

  /** A value with more than white space in it; null where there is none. */
  @Nullable String text(String name) {
    Parameter parameter = parameters.get(name);
    return parameter == null || parameter.isBlank() ? null : parameter.text();
  }

  private static void addPair(byte[] body, int start, int end, SortedMap<String, byte[]> raw)
      throws MalformedFormException {
    int equals = indexOf(body, '=', start, end);
    if (equals == end) {
      throw new MalformedFormException("parameter " + (raw.size() + 1) + " of the form has no '='");
    }
    String name = new String(percentDecoded(body, start, equals), ISO_8859_1);
    if (!NAME.matcher(name).matches()) {
      throw new MalformedFormException(
          "a parameter's name is not 1 to 64 letters, digits, '_', '.', '-': "
              + AccountChecks.shown(name));
    }
    if (raw.put(name, percentDecoded(body, equals + 1, end)) != null) {
      throw new MalformedFormException(
          Rejection.REPEATED_SIGNATURE_FIELD, "the parameter " + name + " occurs more than once");
    }
    if (raw.size() > MAX_PARAMETERS) {
      throw new MalformedFormException("the form has more than " + MAX_PARAMETERS + " parameters");
    }
  }

  private static byte[] percentDecoded(byte[] body, int start, int end)
      throws MalformedFormException {
    return PercentText.decoded(body, start, end)
        .orElseThrow(
            () ->
                new MalformedFormException(
                    "between bytes "
                        + start
                        + " and "
                        + end
                        + " '%' has no two hex digits after it"));
  }

  private static int indexOf(byte[] body, char wanted, int start, int end) {
    for (int i = start; i < end; i++) {
      if (body[i] == wanted) {
        return i;
      }
    }
    return end;
  }

  private static Charset charset(byte @Nullable [] value) throws MalformedFormException {
    String name = value == null ? "" : new String(value, ISO_8859_1);
    return switch (name.toLowerCase(Locale.ROOT)) {
      case "", "utf-8" -> UTF_8;
      // GB18030 holds both.
      case "gbk", "gb2312" -> GB18030;
      default ->
          throw new MalformedFormException(
              "charset is " + AccountChecks.shown(name) + "; accepted: utf-8, gbk, gb2312");
    };
  }

  private static String decode(String name, byte[] value, Charset charset)
      throws MalformedFormException {
    try {
      return charset
          .newDecoder()
          .onMalformedInput(CodingErrorAction.REPORT)
          .onUnmappableCharacter(CodingErrorAction.REPORT)
          .decode(ByteBuffer.wrap(value))
          .toString();
    } catch (CharacterCodingException e) {
      throw new MalformedFormException("the value of " + name + " is not text in " + charset);
    }
  }
}

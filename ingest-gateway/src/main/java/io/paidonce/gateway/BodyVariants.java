package io.paidonce.gateway;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import io.paidonce.contract.RawBytes;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.charset.CodingErrorAction;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * What a body may have been before something on its way rewrote it: one change each, as proxies,
 * frameworks and captures make them. If a signature fits one of these, it is known what to mend.
 */
final class BodyVariants {

  private static final Charset GBK = Charset.forName("GBK");

  /**
   * One of them.
   *
   * @param wasDone what must have been done to it, continuing "the signature holds for the body …"
   */
  record Variant(String wasDone, RawBytes body) {}

  private BodyVariants() {}

  /** Those that differ from the body as received. */
  static List<Variant> of(byte[] received) {
    List<Variant> variants = new ArrayList<>();
    add(variants, received, "without the line end behind it", withoutLineEnd(received));
    add(variants, received, "with a line feed behind it, which was cut off", with(received, "\n"));
    add(variants, received, "with CR LF behind it, which was cut off", with(received, "\r\n"));
    String bytes = new String(received, ISO_8859_1);
    String unix = bytes.replace("\r\n", "\n");
    add(variants, received, "before its line ends became CR LF", latin(unix));
    add(
        variants,
        received,
        "before its line ends, CR LF, became LF",
        latin(unix.replace("\n", "\r\n")));
    if (bytes.startsWith("\u00ef\u00bb\u00bf")) {
      add(
          variants,
          received,
          "without the byte order mark before it",
          latin(bytes.substring("\u00ef\u00bb\u00bf".length())));
    }
    recoded(received, UTF_8, GBK)
        .ifPresent(
            body -> add(variants, received, "in GBK, before it was converted to UTF-8", body));
    recoded(received, GBK, UTF_8)
        .ifPresent(
            body -> add(variants, received, "in UTF-8, before it was converted to GBK", body));
    recoded(received, UTF_8, ISO_8859_1)
        .ifPresent(
            body ->
                add(
                    variants,
                    received,
                    "before its UTF-8 was read as ISO-8859-1 and encoded again",
                    body));
    add(
        variants,
        received,
        "without white space between its JSON tokens: something printed it anew",
        latin(JsonText.compact(bytes)));
    add(
        variants,
        received,
        "with / escaped as \\/ in its JSON: something read and wrote it anew",
        latin(JsonText.withEscapedSlashes(bytes)));
    add(
        variants,
        received,
        "with / in place of \\/ in its JSON: something read and wrote it anew",
        latin(bytes.replace("\\/", "/")));
    add(
        variants,
        received,
        "with + where it now has %20: something wrote the form anew",
        latin(bytes.replace("%20", "+")));
    add(
        variants,
        received,
        "with %20 where it now has +: something wrote the form anew",
        latin(bytes.replace("+", "%20")));
    add(
        variants,
        received,
        "with %2B where it now has +: something decoded it",
        latin(bytes.replace("+", "%2B")));
    return variants;
  }

  private static void add(List<Variant> variants, byte[] received, String wasDone, byte[] body) {
    boolean known =
        Arrays.equals(received, body)
            || variants.stream().anyMatch(earlier -> Arrays.equals(earlier.body().bytes(), body));
    if (!known) {
      variants.add(new Variant(wasDone, RawBytes.of(body)));
    }
  }

  private static byte[] withoutLineEnd(byte[] body) {
    int end = body.length;
    while (end > 0 && (body[end - 1] == '\n' || body[end - 1] == '\r')) {
      end--;
    }
    return Arrays.copyOf(body, end);
  }

  private static byte[] with(byte[] body, String end) {
    return latin(new String(body, ISO_8859_1) + end);
  }

  private static byte[] latin(String bytes) {
    return bytes.getBytes(ISO_8859_1);
  }

  private static Optional<byte[]> recoded(byte[] body, Charset from, Charset to) {
    try {
      CharBuffer text =
          from.newDecoder()
              .onMalformedInput(CodingErrorAction.REPORT)
              .onUnmappableCharacter(CodingErrorAction.REPORT)
              .decode(ByteBuffer.wrap(body));
      ByteBuffer encoded =
          to.newEncoder()
              .onMalformedInput(CodingErrorAction.REPORT)
              .onUnmappableCharacter(CodingErrorAction.REPORT)
              .encode(text);
      byte[] bytes = new byte[encoded.remaining()];
      encoded.get(bytes);
      return Optional.of(bytes);
    } catch (CharacterCodingException e) {
      // It never was in that encoding.
      return Optional.empty();
    }
  }
}

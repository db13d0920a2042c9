package io.paidonce.providers.alipay;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import io.paidonce.contract.RawBytes;
import io.paidonce.providers.UnreadableContentException;
import java.io.IOException;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * An answer cut into what is signed and the signature. Signed are the bytes of one member's value,
 * from its brace to the matching one, as they came; so they are cut out and never written anew. The
 * member's name, which says of which method it is, is not signed and not kept.
 *
 * @param content the exact bytes
 * @param sign absent where there is none
 * @param certSn the certificate that it says it was signed with; absent in key mode
 */
record AnswerBody(RawBytes content, @Nullable String sign, @Nullable String certSn) {

  private static final String SUFFIX = "_response";
  private static final JsonFactory JSON =
      JsonFactory.builder()
          .streamReadConstraints(
              StreamReadConstraints.builder()
                  .maxDocumentLength(1 << 20)
                  .maxNestingDepth(32)
                  .maxNameLength(256)
                  .build())
          .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
          .build();

  /** Of a body that is one JSON object with one such member; a second one would be injected. */
  static AnswerBody cut(byte[] body) throws UnreadableContentException {
    try (JsonParser parser = JSON.createParser(body)) {
      require(parser.nextToken() == JsonToken.START_OBJECT, "is not a JSON object");
      @Nullable RawBytes content = null;
      @Nullable String sign = null;
      @Nullable String certSn = null;
      while (parser.nextToken() == JsonToken.FIELD_NAME) {
        String name = parser.currentName();
        JsonToken value = parser.nextToken();
        if (name.endsWith(SUFFIX)) {
          require(content == null, "holds two members whose names end with " + SUFFIX);
          require(value == JsonToken.START_OBJECT, "has a " + SUFFIX + " that is no JSON object");
          content = RawBytes.of(value(parser, body));
        } else if (name.equals("sign")) {
          require(value == JsonToken.VALUE_STRING, "has a sign that is no JSON string");
          sign = parser.getText();
        } else if (name.equals("alipay_cert_sn") && value == JsonToken.VALUE_STRING) {
          certSn = parser.getText();
        } else {
          parser.skipChildren();
        }
      }
      require(parser.nextToken() == null, "goes on after its JSON object");
      if (content == null) {
        throw new UnreadableContentException("the answer holds no member that ends with " + SUFFIX);
      }
      return new AnswerBody(content, sign, certSn);
    } catch (IOException e) {
      // Its message quotes the content, which may be personal data.
      throw new UnreadableContentException(
          "the answer is not one JSON text in UTF-8 within the limits (no repeated names, depth up to 32)");
    }
  }

  private static byte[] value(JsonParser parser, byte[] body)
      throws IOException, UnreadableContentException {
    long start = parser.currentTokenLocation().getByteOffset();
    parser.skipChildren();
    long end = parser.currentLocation().getByteOffset();
    // The parser counts no bytes where it takes them for UTF-16 or UTF-32.
    require(start >= 0 && end > start, "is not UTF-8");
    byte[] value = Arrays.copyOfRange(body, (int) start, (int) end);
    require(value[0] == '{' && value[value.length - 1] == '}', "is not UTF-8");
    return value;
  }

  private static void require(boolean condition, String otherwise)
      throws UnreadableContentException {
    if (!condition) {
      throw new UnreadableContentException("the answer " + otherwise);
    }
  }
}

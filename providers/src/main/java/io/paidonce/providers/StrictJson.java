package io.paidonce.providers;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.databind.cfg.JsonNodeFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.paidonce.contract.Money;
import java.io.IOException;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Reads a provider's JSON without guessing: repeated names, trailing text and excess are refused,
 * and no type stands for another.
 */
public final class StrictJson {

  private static final JsonMapper MAPPER = mapper();
  private static final ObjectReader READER = MAPPER.reader();

  private StrictJson() {}

  private static JsonMapper mapper() {
    StreamReadConstraints limits =
        StreamReadConstraints.builder()
            .maxDocumentLength(1 << 20)
            .maxNestingDepth(32)
            .maxStringLength(1 << 19)
            .maxNumberLength(32)
            .maxNameLength(256)
            .build();
    return JsonMapper.builder(JsonFactory.builder().streamReadConstraints(limits).build())
        .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
        .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
        // A number with decimals stays what was written: no floating point, no zero cut off.
        .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
        .disable(JsonNodeFeature.STRIP_TRAILING_BIGDECIMAL_ZEROES)
        .build();
  }

  /** The one JSON object that the bytes are. */
  public static JsonNode object(byte[] json, String name) throws UnreadableContentException {
    JsonNode node;
    try {
      node = READER.readTree(json);
    } catch (IOException e) {
      // Its message quotes the content, which may be personal data.
      throw new UnreadableContentException(
          name + " is not one JSON text within the limits (no repeated names, depth up to 32)");
    }
    if (!node.isObject()) {
      throw new UnreadableContentException(name + " is not a JSON object");
    }
    return node;
  }

  /**
   * The values of an object without a second level, each as it is written: numbers digit by digit,
   * texts without their quotes, nulls left out.
   */
  public static SortedMap<String, String> flat(byte[] json, String name)
      throws UnreadableContentException {
    SortedMap<String, String> values = new TreeMap<>();
    try (JsonParser parser = MAPPER.createParser(json)) {
      boolean flat = parser.nextToken() == JsonToken.START_OBJECT;
      while (flat && parser.nextToken() == JsonToken.FIELD_NAME) {
        String field = parser.currentName();
        JsonToken value = parser.nextToken();
        flat = value.isScalarValue();
        if (flat && value != JsonToken.VALUE_NULL) {
          values.put(field, parser.getText());
        }
      }
      if (flat && parser.nextToken() == null) {
        return values;
      }
    } catch (IOException e) {
      // Said below; its message quotes the content.
    }
    throw new UnreadableContentException(
        name + " is not one JSON object of one level within the limits (no repeated names)");
  }

  /** A field that must be an object. */
  public static JsonNode object(JsonNode parent, String field) throws UnreadableContentException {
    JsonNode node = parent.path(field);
    if (!node.isObject()) {
      throw new UnreadableContentException(field + " is missing or not a JSON object");
    }
    return node;
  }

  /** A field that must be a text with more than white space in it. */
  public static String text(JsonNode parent, String field) throws UnreadableContentException {
    JsonNode node = parent.path(field);
    if (!node.isTextual() || node.textValue().isBlank()) {
      throw new UnreadableContentException(field + " is missing, blank or not a JSON string");
    }
    return node.textValue();
  }

  /** A field that may be absent or null, but if present must be a text. */
  public static @Nullable String optionalText(JsonNode parent, String field)
      throws UnreadableContentException {
    JsonNode node = parent.path(field);
    if (node.isMissingNode() || node.isNull()) {
      return null;
    }
    if (!node.isTextual()) {
      throw new UnreadableContentException(field + " is not a JSON string");
    }
    return node.textValue();
  }

  /** A field that must be an amount in minor units: a whole number above zero. */
  public static long positive(JsonNode parent, String field) throws UnreadableContentException {
    JsonNode node = parent.path(field);
    if (!node.isIntegralNumber()
        || !node.canConvertToLong()
        || node.longValue() <= 0
        || node.longValue() > Money.MAX_AMOUNT_MINOR) {
      throw new UnreadableContentException(
          field + " is missing or not a whole JSON number from 1 to " + Money.MAX_AMOUNT_MINOR);
    }
    return node.longValue();
  }

  /** A field that must be a list of objects, of one to so many. */
  public static List<JsonNode> objects(JsonNode parent, String field, int most)
      throws UnreadableContentException {
    JsonNode node = parent.path(field);
    if (!node.isArray() || node.isEmpty() || node.size() > most) {
      throw new UnreadableContentException(
          field + " is missing or not a JSON list of 1 to " + most + " objects");
    }
    List<JsonNode> objects = new ArrayList<>();
    for (JsonNode element : node) {
      if (!element.isObject()) {
        throw new UnreadableContentException(field + " holds something that is no JSON object");
      }
      objects.add(element);
    }
    return objects;
  }

  /** A field that may be absent or null, but if present must be a time. */
  public static @Nullable Instant optionalTime(JsonNode parent, String field)
      throws UnreadableContentException {
    String text = optionalText(parent, field);
    if (text == null) {
      return null;
    }
    try {
      // RFC 3339 has years of four digits; the JDK's parser knows signed and longer ones.
      if (text.indexOf('-') == 4) {
        return OffsetDateTime.parse(text).toInstant();
      }
    } catch (DateTimeException e) {
      // Said below.
    }
    throw new UnreadableContentException(field + " is not an RFC 3339 time with an offset");
  }
}

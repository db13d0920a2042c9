package io.paidonce.contract;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.MapperFeature;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.databind.ObjectWriter;
import com.fasterxml.jackson.databind.cfg.CoercionAction;
import com.fasterxml.jackson.databind.cfg.CoercionInputShape;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.type.LogicalType;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.stream.Collectors;

/**
 * The one JSON of all topics. Unknown fields are accepted, so that a newer writer can add some;
 * missing fields, wrong types, repeated fields and trailing bytes are refused, so that nothing is
 * guessed.
 */
public final class JsonSerde<V> {

  private static final JsonMapper MAPPER = mapper();

  private final ObjectReader reader;
  private final ObjectReader factsReader;
  private final ObjectWriter writer;

  private JsonSerde(Class<V> type) {
    this.reader = MAPPER.readerFor(type);
    this.factsReader = reader.withAttribute(RawBytes.LEFT_OUT, true);
    this.writer = MAPPER.writerFor(type);
  }

  public static <V> JsonSerde<V> of(Class<V> type) {
    return new JsonSerde<>(type);
  }

  private static JsonMapper mapper() {
    // One record is at most a callback's body in Base64 and its facts; see max.message.bytes.
    StreamReadConstraints limits =
        StreamReadConstraints.builder()
            .maxDocumentLength(1 << 20)
            .maxNestingDepth(32)
            .maxStringLength(1 << 19)
            .maxNumberLength(32)
            .maxNameLength(256)
            .build();
    return JsonMapper.builder(JsonFactory.builder().streamReadConstraints(limits).build())
        .addModule(new InstantsAsText())
        .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
        .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
        .disable(DeserializationFeature.ACCEPT_FLOAT_AS_INT)
        .enable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
        .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
        .enable(DeserializationFeature.FAIL_ON_NUMBERS_FOR_ENUMS)
        .disable(MapperFeature.ALLOW_COERCION_OF_SCALARS)
        // A number read as text would be another order's number: 007 and 7, 1e3 and 1000.
        .withCoercionConfig(
            LogicalType.Textual,
            text ->
                text.setCoercion(CoercionInputShape.Integer, CoercionAction.Fail)
                    .setCoercion(CoercionInputShape.Float, CoercionAction.Fail)
                    .setCoercion(CoercionInputShape.Boolean, CoercionAction.Fail))
        .defaultPropertyInclusion(
            JsonInclude.Value.construct(JsonInclude.Include.NON_NULL, JsonInclude.Include.NON_NULL))
        .build();
  }

  /** Writes UTF-8 JSON. */
  public byte[] write(V value) {
    try {
      return writer.writeValueAsBytes(value);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException(
          "a record of ours can't be written: " + value.getClass().getSimpleName(), e);
    }
  }

  /**
   * Reads UTF-8 JSON.
   *
   * @throws UnreadableRecordException naming the field, never the content
   */
  public V read(byte[] json) throws UnreadableRecordException {
    return read(reader, json);
  }

  /**
   * Reads without decoding {@link RawBytes}, which are there but can't be asked for: a third of the
   * time where they are most of the record.
   *
   * @throws UnreadableRecordException naming the field, never the content
   */
  V readFacts(byte[] json) throws UnreadableRecordException {
    return read(factsReader, json);
  }

  private V read(ObjectReader through, byte[] json) throws UnreadableRecordException {
    try {
      V value = through.readValue(json);
      if (value == null) {
        throw new UnreadableRecordException(DeadLetterReason.UNREADABLE_RECORD, "JSON null");
      }
      return value;
    } catch (JsonMappingException e) {
      DeadLetterReason reason =
          e.getCause() instanceof Schema.UnsupportedSchema
              ? DeadLetterReason.UNSUPPORTED_SCHEMA
              : DeadLetterReason.UNREADABLE_RECORD;
      throw new UnreadableRecordException(reason, describe(e), e);
    } catch (JsonProcessingException e) {
      throw new UnreadableRecordException(
          DeadLetterReason.UNREADABLE_RECORD, "not JSON at byte " + offset(e), e);
    } catch (IOException e) {
      throw new UncheckedIOException("reading from memory failed", e);
    }
  }

  // Jackson's own message quotes the content, which may be personal data.
  private static String describe(JsonMappingException e) {
    String path =
        e.getPath().stream()
            .map(r -> r.getFieldName() != null ? r.getFieldName() : "[" + r.getIndex() + "]")
            .collect(Collectors.joining("."));
    if (e.getCause() instanceof IllegalArgumentException
        || e.getCause() instanceof NullPointerException) {
      String field = path.isEmpty() ? "" : path + ": ";
      String problem = String.valueOf(e.getCause().getMessage());
      return field
          + (e.getCause() instanceof NullPointerException ? problem + " is missing" : problem);
    }
    return path.isEmpty()
        ? "a required field is missing or of the wrong type, at byte " + offset(e)
        : path + ": missing or of the wrong type";
  }

  private static long offset(JsonProcessingException e) {
    return e.getLocation() == null ? -1 : e.getLocation().getByteOffset();
  }
}

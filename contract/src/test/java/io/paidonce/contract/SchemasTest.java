package io.paidonce.contract;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.IntNode;
import com.fasterxml.jackson.databind.node.NullNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import com.networknt.schema.JsonSchema;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SchemaId;
import com.networknt.schema.SchemaLocation;
import com.networknt.schema.SchemaValidatorsConfig;
import com.networknt.schema.SpecVersion;
import java.io.IOException;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The schemas that downstream teams validate with say the same as the reader does. Checked with
 * somebody else's validator.
 */
class SchemasTest {

  private static final JsonMapper JSON = new JsonMapper();
  private static final JsonSchemaFactory VALIDATORS =
      JsonSchemaFactory.getInstance(SpecVersion.VersionFlag.V202012);
  private static final SchemaValidatorsConfig STRICT =
      SchemaValidatorsConfig.builder().formatAssertionsEnabled(true).build();
  private static final JsonSchemas SCHEMAS =
      new JsonSchemas(
          new Bounds(
              Examples.in(
                  Stream.concat(
                      Samples.all().stream().map(Samples.Sample::value),
                      OldRecord.all().stream().map(SchemasTest::read)))));

  static List<Samples.Sample<?>> samples() {
    return Samples.all();
  }

  static List<OldRecord<?>> oldRecords() {
    return OldRecord.all();
  }

  @Test
  void everyTopicHasASample() {
    assertThat(Samples.all().stream().map(sample -> sample.topic().name()).toList())
        .isEqualTo(Topics.all().stream().map(Topic::name).toList());
  }

  @ParameterizedTest
  @MethodSource("samples")
  void theSchemaIsRenderedFromTheRecord(Samples.Sample<?> sample) throws IOException {
    ReferencePagesTest.compare(
        "schemas/" + sample.value().getClass().getSimpleName() + ".json",
        JSON.writerWithDefaultPrettyPrinter().writeValueAsString(schemaOf(sample)) + "\n");
  }

  @Test
  void theAsyncApiDocumentIsRenderedFromTheTopics() throws IOException {
    ReferencePagesTest.compare("asyncapi.yaml", AsyncApi.of(Samples.all()));
  }

  @ParameterizedTest
  @MethodSource("samples")
  void theSchemaIsOneOfJsonSchema202012(Samples.Sample<?> sample) {
    JsonSchema ofSchemas = VALIDATORS.getSchema(SchemaLocation.of(SchemaId.V202012), STRICT);
    assertThat(ofSchemas.validate(schemaOf(sample))).isEmpty();
  }

  @ParameterizedTest
  @MethodSource("samples")
  void whatIsWrittenIsValid(Samples.Sample<?> sample) throws IOException {
    assertThat(validator(sample).validate(JSON.readTree(sample.json()))).isEmpty();
  }

  @ParameterizedTest
  @MethodSource("oldRecords")
  void whatOlderBuildsWroteIsValid(OldRecord<?> old) throws IOException {
    JsonSchema schema = VALIDATORS.getSchema(SCHEMAS.of(old.topic(), old.type()), STRICT);
    assertThat(schema.validate(JSON.readTree(old.bytes()))).isEmpty();
  }

  @ParameterizedTest
  @MethodSource("samples")
  void aRecordWithoutARequiredFieldIsRefusedByBoth(Samples.Sample<?> sample) throws IOException {
    Both both = new Both(sample);
    List<Field> required = Field.in(sample.value()).stream().filter(Field::isRequired).toList();
    assertThat(required).isNotEmpty();
    for (Field field : required) {
      both.refuse("without " + field, field.without(both.good));
      both.refuse("with null at " + field, field.with(both.good, NullNode.instance));
    }
  }

  /** A rule between two fields may make the reader stricter, nothing may make it more lenient. */
  @ParameterizedTest
  @MethodSource("samples")
  void aRecordWithoutAnOptionalFieldIsValid(Samples.Sample<?> sample) throws IOException {
    Both both = new Both(sample);
    for (Field field : Field.in(sample.value())) {
      if (!field.isRequired()) {
        assertThat(both.schema.validate(field.without(both.good))).as("without " + field).isEmpty();
      }
    }
  }

  @ParameterizedTest
  @MethodSource("samples")
  void aValueOfTheWrongTypeIsRefusedByBoth(Samples.Sample<?> sample) throws IOException {
    Both both = new Both(sample);
    for (Field field : Field.in(sample.value())) {
      boolean text = field.value(both.good).isTextual();
      JsonNode wrong = text ? IntNode.valueOf(7) : TextNode.valueOf("7");
      both.refuse("of the wrong type: " + field, field.with(both.good, wrong));
    }
  }

  @ParameterizedTest
  @MethodSource("samples")
  void anUnknownFieldIsAcceptedByBothInEveryRecord(Samples.Sample<?> sample) throws IOException {
    Both both = new Both(sample);
    for (String parent : Field.in(sample.value()).stream().map(Field::parent).distinct().toList()) {
      JsonNode changed = both.good.deepCopy();
      ((ObjectNode) changed.at(parent)).putObject("addedLater").putArray("a").add(1);
      both.accept("an unknown field in " + parent, changed);
    }
  }

  @Test
  void aBoundIsThatOfTheRecord() {
    JsonNode command = SCHEMAS.of(Topics.ORDER_COMMANDS, OrderCommand.class).get("properties");
    assertThat(command.at("/commandId/maxLength").intValue()).isEqualTo(200);
    assertThat(command.at("/commandId/minLength").intValue()).isEqualTo(1);
    assertThat(command.at("/amountDueMinor/minimum").longValue()).isEqualTo(1);
    assertThat(command.at("/amountDueMinor/maximum").longValue()).isEqualTo(Money.MAX_AMOUNT_MINOR);
    assertThat(command.at("/schema/maximum").longValue()).isEqualTo(OrderCommand.SCHEMA);
  }

  /** A balance is bounded by its own sum only, which no range of one field can say. */
  @Test
  void aRuleBetweenFieldsIsNoRange() {
    JsonNode balance =
        SCHEMAS
            .of(Topics.ORDER_TRANSITIONS, OrderTransition.class)
            .at("/$defs/Balance/properties/owedBackMinor");
    assertThat(balance.has("minimum") || balance.has("maximum")).isFalse();
  }

  private static Object read(OldRecord<?> old) {
    try {
      return old.read();
    } catch (UnreadableRecordException e) {
      throw new IllegalStateException(old + " is not read any more", e);
    }
  }

  private static ObjectNode schemaOf(Samples.Sample<?> sample) {
    return SCHEMAS.of(sample.topic(), sample.value().getClass());
  }

  private static JsonSchema validator(Samples.Sample<?> sample) {
    return VALIDATORS.getSchema(schemaOf(sample), STRICT);
  }

  /** The schema's word and the reader's, of the same JSON. */
  private static final class Both {

    private final Samples.Sample<?> sample;
    private final JsonSchema schema;
    private final JsonNode good;

    Both(Samples.Sample<?> sample) throws IOException {
      this.sample = sample;
      this.schema = validator(sample);
      this.good = JSON.readTree(sample.json());
      accept("as written", good);
    }

    void accept(String what, JsonNode record) {
      assertThat(schema.validate(record)).as(what).isEmpty();
      assertThat(isRead(record)).as("the reader accepts it " + what).isTrue();
    }

    void refuse(String what, JsonNode record) {
      assertThat(schema.validate(record)).as("the schema refuses it " + what).isNotEmpty();
      assertThat(isRead(record)).as("the reader accepts it " + what).isFalse();
    }

    private boolean isRead(JsonNode record) {
      try {
        sample.topic().json().read(record.toString().getBytes(UTF_8));
        return true;
      } catch (UnreadableRecordException refused) {
        return false;
      }
    }
  }
}

package io.paidonce.contract;

import com.fasterxml.jackson.annotation.JsonSetter;
import com.fasterxml.jackson.annotation.Nulls;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Renders the JSON Schema (2020-12) of a topic's record from the record itself: fields, types and
 * what is required by reflection, bounds by asking the record ({@link Bounds}), descriptions from
 * its Javadoc. Nothing is stated here a second time.
 *
 * <p>What depends on another field ("present exactly with PLACE") is in the descriptions only, so a
 * schema may accept what the reader refuses, and never the other way round.
 */
final class JsonSchemas {

  private final Bounds bounds;

  JsonSchemas(Bounds bounds) {
    this.bounds = bounds;
  }

  ObjectNode of(Topic<?> topic, Class<?> type) {
    Map<String, ObjectNode> definitions = new TreeMap<>();
    ObjectNode schema = JsonNodeFactory.instance.objectNode();
    schema.put("$schema", "https://json-schema.org/draft/2020-12/schema");
    schema.put("$id", "urn:paidonce:" + topic.name() + ":v" + topic.schema());
    schema.put("title", type.getSimpleName());
    schema.setAll(record(type, definitions));
    if (!definitions.isEmpty()) {
      schema.putObject("$defs").setAll(definitions);
    }
    return schema;
  }

  /** Whether a record without this field is readable, as far as its type says. */
  static boolean isOptional(RecordComponent component) {
    JsonSetter setter = component.getAccessor().getAnnotation(JsonSetter.class);
    return component.getAnnotatedType().isAnnotationPresent(Nullable.class)
        || (setter != null && setter.nulls() == Nulls.AS_EMPTY);
  }

  private ObjectNode record(Class<?> type, Map<String, ObjectNode> definitions) {
    Javadoc javadoc = Javadoc.of(type);
    ObjectNode schema = JsonNodeFactory.instance.objectNode();
    describe(schema, javadoc.summary());
    schema.put("type", "object");
    ObjectNode properties = schema.putObject("properties");
    for (RecordComponent component : type.getRecordComponents()) {
      ObjectNode property = value(component.getGenericType(), definitions);
      describe(property, javadoc.parameter(component.getName()));
      bounds.state(type, component, property);
      properties.set(component.getName(), property);
    }
    Stream.of(type.getRecordComponents())
        .filter(component -> !isOptional(component))
        .map(RecordComponent::getName)
        .forEach(schema.withArray("required")::add);
    return schema;
  }

  private ObjectNode value(Type type, Map<String, ObjectNode> definitions) {
    ObjectNode schema = JsonNodeFactory.instance.objectNode();
    if (type == int.class || type == Integer.class) {
      return schema.put("type", "integer").put("format", "int32");
    }
    if (type == long.class || type == Long.class) {
      return schema.put("type", "integer").put("format", "int64");
    }
    if (type == String.class) {
      return schema.put("type", "string");
    }
    if (type == boolean.class || type == Boolean.class) {
      return schema.put("type", "boolean");
    }
    if (type == Instant.class) {
      return schema.put("type", "string").put("format", "date-time");
    }
    if (type == RawBytes.class) {
      return schema.put("type", "string").put("contentEncoding", "base64");
    }
    if (type instanceof ParameterizedType generic) {
      Type[] of = generic.getActualTypeArguments();
      if (generic.getRawType() == List.class) {
        schema.put("type", "array").set("items", value(of[0], definitions));
        return schema;
      }
      if (generic.getRawType() == Map.class && of[0] == String.class) {
        schema.put("type", "object").set("additionalProperties", value(of[1], definitions));
        return schema;
      }
    }
    if (type instanceof Class<?> named && (named.isRecord() || named.isEnum())) {
      define(named, definitions);
      return schema.put("$ref", "#/$defs/" + named.getSimpleName());
    }
    throw new IllegalStateException("say here how this travels in JSON: " + type);
  }

  private void define(Class<?> type, Map<String, ObjectNode> definitions) {
    if (definitions.containsKey(type.getSimpleName())) {
      return;
    }
    definitions.put(type.getSimpleName(), JsonNodeFactory.instance.objectNode());
    ObjectNode schema = type.isRecord() ? record(type, definitions) : constants(type);
    definitions.put(type.getSimpleName(), schema);
  }

  private static ObjectNode constants(Class<?> type) {
    ObjectNode schema = JsonNodeFactory.instance.objectNode();
    describe(schema, Javadoc.of(type).summary());
    schema.put("type", "string");
    for (Object constant : type.getEnumConstants()) {
      schema.withArray("enum").add(((Enum<?>) constant).name());
    }
    return schema;
  }

  private static void describe(ObjectNode schema, String text) {
    if (!text.isEmpty()) {
      schema.put("description", text);
    }
  }
}

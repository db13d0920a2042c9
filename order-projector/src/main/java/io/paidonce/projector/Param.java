package io.paidonce.projector;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Arrays;

/**
 * One thing that a caller gives: what the API's description says of it. Whether a value is good is
 * judged where it is read.
 *
 * @param schema of its value, as JSON Schema
 * @param about one sentence
 */
record Param(String name, ObjectNode schema, boolean isRequired, String about) {

  static Param text(String name, int longest, String about) {
    ObjectNode schema = typed("string");
    schema.put("minLength", 1).put("maxLength", longest);
    return new Param(name, schema, false, about);
  }

  static Param number(String name, long least, long most, String about) {
    ObjectNode schema = typed("integer");
    schema.put("minimum", least).put("maximum", most);
    return new Param(name, schema, false, about);
  }

  static Param time(String name, String about) {
    ObjectNode schema = typed("string");
    schema.put("format", "date-time");
    return new Param(name, schema, false, about);
  }

  static <E extends Enum<E>> Param oneOf(String name, Class<E> type, String about) {
    ObjectNode schema = typed("string");
    ArrayNode values = schema.putArray("enum");
    Arrays.stream(type.getEnumConstants()).map(Enum::name).forEach(values::add);
    return new Param(name, schema, false, about);
  }

  /** The same, to be given always. */
  Param required() {
    return new Param(name, schema, true, about);
  }

  private static ObjectNode typed(String type) {
    return JsonNodeFactory.instance.objectNode().put("type", type);
  }
}

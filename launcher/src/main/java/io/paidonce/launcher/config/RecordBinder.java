package io.paidonce.launcher.config;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JavaType;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.cfg.CoercionAction;
import com.fasterxml.jackson.databind.cfg.CoercionInputShape;
import com.fasterxml.jackson.databind.introspect.BeanPropertyDefinition;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.paidonce.providers.Problems;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * Binds a tree to records and reports all that is wrong with it, where Jackson alone stops at the
 * first thing. A record is made only when every part of it is sound.
 */
final class RecordBinder {

  private static final JsonMapper MAPPER =
      JsonMapper.builder()
          .annotationIntrospector(new RequiredUnlessNullable())
          .enable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
          .withCoercionConfigDefaults(
              empty -> empty.setCoercion(CoercionInputShape.EmptyString, CoercionAction.Fail))
          .build();

  private RecordBinder() {}

  /** The record; empty exactly when the tree has a problem, which is among the problems then. */
  static <T> Optional<T> bind(JsonNode node, Class<T> type, Problems problems) {
    JavaType target = MAPPER.constructType(type);
    if (!isSound(node, target, problems)) {
      return Optional.empty();
    }
    try {
      return Optional.of(MAPPER.treeToValue(node, target));
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("a tree found sound can't be bound to " + type, e);
    }
  }

  private static boolean isSound(JsonNode node, JavaType type, Problems problems) {
    if (node.isMissingNode()) {
      return false; // its reference could not be filled in, which has been said
    }
    if (type.getRawClass().isRecord()) {
      return isSoundRecord(node, type, problems);
    }
    return type.isCollectionLikeType()
        ? isSoundList(node, type.getContentType(), problems)
        : isSoundValue(node, type, problems);
  }

  private static boolean isSoundRecord(JsonNode node, JavaType type, Problems problems) {
    List<BeanPropertyDefinition> fields =
        MAPPER.getDeserializationConfig().introspect(type).findProperties();
    String known =
        fields.stream().map(BeanPropertyDefinition::getName).collect(Collectors.joining(", "));
    if (!node.isObject()) {
      problems.add("should be a mapping with " + known);
      return false;
    }
    boolean sound = true;
    for (String name : (Iterable<String>) node::fieldNames) {
      if (fields.stream().noneMatch(field -> field.getName().equals(name))) {
        problems.in(name).add("unknown field; known here: " + known);
        sound = false;
      }
    }
    for (BeanPropertyDefinition field : fields) {
      JsonNode value = node.get(field.getName());
      if (value != null && !value.isNull()) {
        sound &= isSound(value, field.getPrimaryType(), problems.in(field.getName()));
      } else if (field.isRequired()) {
        problems.in(field.getName()).add("is missing");
        sound = false;
      }
    }
    return sound && obeysItsOwnRules(node, type, problems);
  }

  private static boolean isSoundList(JsonNode node, JavaType element, Problems problems) {
    if (!node.isArray()) {
      problems.add("should be a list, each element on a line that begins with a dash");
      return false;
    }
    boolean sound = true;
    for (int i = 0; i < node.size(); i++) {
      sound &= isSound(node.get(i), element, problems.at(i));
    }
    return sound;
  }

  private static boolean isSoundValue(JsonNode node, JavaType type, Problems problems) {
    if (!node.isTextual()) {
      problems.add("should be " + expected(type) + ", not " + shape(node));
      return false;
    }
    try {
      MAPPER.treeToValue(node, type);
      return true;
    } catch (JsonProcessingException e) {
      problems.add("should be " + expected(type) + ", not \"" + abridged(node.textValue()) + "\"");
      return false;
    }
  }

  // The record's constructor is the last word: it knows ranges and which fields go together.
  private static boolean obeysItsOwnRules(JsonNode node, JavaType type, Problems problems) {
    try {
      MAPPER.treeToValue(node, type);
      return true;
    } catch (JsonProcessingException e) {
      if (e.getCause() instanceof IllegalArgumentException broken && broken.getMessage() != null) {
        problems.add(broken.getMessage());
      } else if (e.getCause() instanceof NullPointerException absent) {
        problems.in(String.valueOf(absent.getMessage())).add("is missing");
      } else {
        throw new IllegalStateException("can't be bound to " + type.getRawClass(), e);
      }
      return false;
    }
  }

  private static String expected(JavaType type) {
    Class<?> raw = type.getRawClass();
    if (raw == int.class || raw == Integer.class || raw == long.class || raw == Long.class) {
      return "a whole number";
    }
    if (raw == boolean.class || raw == Boolean.class) {
      return "true or false";
    }
    if (raw.isEnum()) {
      return Arrays.stream(raw.getEnumConstants())
          .map(String::valueOf)
          .collect(Collectors.joining(", ", "one of ", ""));
    }
    return raw == String.class ? "a text" : "one value";
  }

  private static String shape(JsonNode node) {
    if (node.isNull()) {
      return "empty";
    }
    return node.isArray() ? "a list" : "a mapping";
  }

  private static String abridged(String text) {
    String shown = text.length() <= 32 ? text : text.substring(0, 32) + "…";
    return shown.replaceAll("\\p{Cntrl}", "?");
  }
}

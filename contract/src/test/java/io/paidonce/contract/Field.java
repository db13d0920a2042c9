package io.paidonce.contract;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.lang.reflect.RecordComponent;
import java.util.ArrayList;
import java.util.List;

/**
 * One field of a record or of a record inside of it.
 *
 * @param parent JSON pointer of the object that holds it
 */
record Field(String parent, RecordComponent component) {

  /** Every field that this record has and that is present. */
  static List<Field> in(Object record) {
    List<Field> fields = new ArrayList<>();
    collect("", record, fields);
    return fields;
  }

  private static void collect(String parent, Object value, List<Field> fields) {
    if (value instanceof List<?> many) {
      for (int i = 0; i < many.size(); i++) {
        collect(parent + "/" + i, many.get(i), fields);
      }
    } else if (value instanceof Record) {
      for (RecordComponent component : value.getClass().getRecordComponents()) {
        Object inside = Examples.read(component, value);
        // An empty list is left out of the JSON.
        if (inside != null && !inside.equals(List.of())) {
          fields.add(new Field(parent, component));
          collect(parent + "/" + component.getName(), inside, fields);
        }
      }
    }
  }

  boolean isRequired() {
    return !JsonSchemas.isOptional(component);
  }

  JsonNode value(JsonNode record) {
    return record.at(parent).get(component.getName());
  }

  JsonNode without(JsonNode record) {
    JsonNode changed = record.deepCopy();
    object(changed).remove(component.getName());
    return changed;
  }

  JsonNode with(JsonNode record, JsonNode value) {
    JsonNode changed = record.deepCopy();
    object(changed).set(component.getName(), value);
    return changed;
  }

  private ObjectNode object(JsonNode record) {
    return (ObjectNode) record.at(parent);
  }

  @Override
  public String toString() {
    return parent + "/" + component.getName();
  }
}

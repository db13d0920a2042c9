package io.paidonce.projector;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.sql.Array;
import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.time.OffsetDateTime;

/** Rows as JSON: a column's label is its name, a NULL is left out. */
final class JsonRows {

  private static final JsonMapper JSON = new JsonMapper();

  private JsonRows() {}

  static ArrayNode of(ResultSet result) throws SQLException {
    ArrayNode rows = JsonNodeFactory.instance.arrayNode();
    ResultSetMetaData columns = result.getMetaData();
    while (result.next()) {
      ObjectNode row = rows.addObject();
      for (int i = 1; i <= columns.getColumnCount(); i++) {
        if (result.getObject(i) != null) {
          row.set(columns.getColumnLabel(i), value(result, i, columns.getColumnTypeName(i)));
        }
      }
    }
    return rows;
  }

  private static JsonNode value(ResultSet result, int column, String type) throws SQLException {
    JsonNodeFactory json = JsonNodeFactory.instance;
    return switch (type) {
      case "int4", "int8" -> json.numberNode(result.getLong(column));
      case "bool" -> json.booleanNode(result.getBoolean(column));
      case "timestamptz" ->
          json.textNode(result.getObject(column, OffsetDateTime.class).toInstant().toString());
      case "_text" -> texts(result.getArray(column));
      case "jsonb" -> parsed(result.getString(column));
      default -> json.textNode(result.getString(column));
    };
  }

  private static ArrayNode texts(Array array) throws SQLException {
    ArrayNode texts = JsonNodeFactory.instance.arrayNode();
    for (Object text : (Object[]) array.getArray()) {
      texts.add(String.valueOf(text));
    }
    return texts;
  }

  private static JsonNode parsed(String json) throws SQLException {
    try {
      return JSON.readTree(json);
    } catch (JsonProcessingException e) {
      throw new SQLException("a jsonb column holds no JSON", e);
    }
  }
}

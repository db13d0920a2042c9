package io.paidonce.projector;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import javax.sql.DataSource;

/** Reads one page of a list. */
final class ListQuery {

  private static final JsonMapper JSON = new JsonMapper();

  private final DataSource database;

  /**
   * One page.
   *
   * @param next the key of its last row; empty where it is the last page
   */
  record Page(List<JsonNode> rows, List<String> next) {}

  ListQuery(DataSource database) {
    this.database = database;
  }

  /**
   * One page.
   *
   * @param after the key of the last row before it; empty for the first page
   * @param limit most rows
   */
  Page read(Listing listing, Asked asked, List<String> after, int limit) throws SQLException {
    List<String> conditions = new ArrayList<>();
    List<Object> values = new ArrayList<>();
    for (Listing.Filter filter : listing.filters()) {
      filter
          .value()
          .apply(asked.params())
          .ifPresent(
              value -> {
                conditions.add(filter.condition());
                values.add(value);
              });
    }
    boolean isRestricted = !asked.caller().shops().isEmpty();
    if (isRestricted) {
      conditions.add("t.shop = ANY (?)");
    }
    try (Connection connection = database.getConnection();
        PreparedStatement statement =
            connection.prepareStatement(listing.sql(conditions, after.isEmpty()))) {
      if (isRestricted) {
        values.add(connection.createArrayOf("text", asked.caller().shops().toArray(String[]::new)));
      }
      values.addAll(after);
      values.add(limit + 1);
      for (int i = 0; i < values.size(); i++) {
        statement.setObject(i + 1, values.get(i));
      }
      try (ResultSet rows = statement.executeQuery()) {
        return page(rows, listing.keys().size(), limit);
      }
    }
  }

  private static Page page(ResultSet rows, int keys, int limit) throws SQLException {
    List<JsonNode> read = new ArrayList<>();
    List<String> last = new ArrayList<>();
    while (rows.next()) {
      if (read.size() == limit) {
        return new Page(read, last);
      }
      read.add(parsed(rows.getString(1)));
      last = new ArrayList<>();
      for (int i = 0; i < keys; i++) {
        last.add(rows.getString(i + 2));
      }
    }
    return new Page(read, List.of());
  }

  private static JsonNode parsed(String json) throws SQLException {
    try {
      return JSON.readTree(json);
    } catch (JsonProcessingException e) {
      throw new SQLException("PostgreSQL made no JSON", e);
    }
  }
}

package io.paidonce.projector;

import java.sql.Array;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/** A test's database: its tables as sorted text. */
record Tables(String jdbcUrl, String user, String password) {

  private static final List<String> PROJECTED =
      List.of(
          "orders",
          "order_transitions",
          "payments",
          "refunds",
          "order_balances",
          "notification_receipts",
          "order_paid",
          "order_cancelled",
          "order_refunded",
          "payment_exceptions");

  Connection connect() {
    try {
      return DriverManager.getConnection(jdbcUrl, user, password);
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Every row that records become, by table. */
  Map<String, Set<String>> dump() {
    Map<String, Set<String>> dump = new TreeMap<>();
    for (String table : PROJECTED) {
      dump.put(table, new TreeSet<>(rows("SELECT * FROM " + table)));
    }
    return dump;
  }

  /** Rows as text, columns parted by bars. */
  List<String> rows(String sql) {
    try (Connection connection = connect();
        Statement statement = connection.createStatement();
        ResultSet result = statement.executeQuery(sql)) {
      List<String> rows = new ArrayList<>();
      while (result.next()) {
        List<String> row = new ArrayList<>();
        for (int i = 1; i <= result.getMetaData().getColumnCount(); i++) {
          row.add(text(result, i));
        }
        rows.add(String.join("|", row));
      }
      return rows;
    } catch (SQLException e) {
      throw new IllegalStateException(sql, e);
    }
  }

  void execute(String sql) {
    try (Connection connection = connect();
        Statement statement = connection.createStatement()) {
      statement.execute(sql);
    } catch (SQLException e) {
      throw new IllegalStateException(sql, e);
    }
  }

  private static String text(ResultSet result, int column) throws SQLException {
    if (result.getObject(column) == null) {
      return "null";
    }
    return switch (result.getMetaData().getColumnTypeName(column)) {
      case "timestamptz" -> text(result.getObject(column, OffsetDateTime.class).toInstant());
      case "_text" -> text(result.getArray(column));
      default -> result.getString(column);
    };
  }

  private static String text(Instant instant) {
    return instant.toString();
  }

  private static String text(Array array) throws SQLException {
    return Arrays.toString((Object[]) array.getArray());
  }
}

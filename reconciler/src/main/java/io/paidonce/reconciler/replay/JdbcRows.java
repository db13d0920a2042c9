package io.paidonce.reconciler.replay;

import io.paidonce.contract.OrderKey;
import java.sql.Array;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;

/** The read store by JDBC, a connection for each thread that asks. */
final class JdbcRows implements Rows {

  private static final int FETCH = 5_000;

  private final Connection connection;

  private JdbcRows(Connection connection) {
    this.connection = connection;
  }

  static JdbcRows open(ReplayConfig.ReadStoreLogin login) {
    try {
      Connection connection =
          DriverManager.getConnection(login.jdbcUrl(), login.user(), login.password().reveal());
      connection.setReadOnly(true);
      // The driver streams rows only within a transaction.
      connection.setAutoCommit(false);
      return new JdbcRows(connection);
    } catch (SQLException e) {
      throw failed("connecting", e);
    }
  }

  @Override
  public Map<String, List<List<@Nullable String>>> find(Table table, List<String> orders) {
    Map<String, List<List<@Nullable String>>> found = new HashMap<>();
    List<OrderKey> keys = orders.stream().map(OrderKey::parse).toList();
    try (PreparedStatement statement = connection.prepareStatement(select(table))) {
      statement.setArray(1, texts(keys.stream().map(OrderKey::shop).toArray()));
      statement.setArray(2, texts(keys.stream().map(OrderKey::orderNo).toArray()));
      try (ResultSet rows = statement.executeQuery()) {
        while (rows.next()) {
          @Nullable String[] row = new @Nullable String[table.columns().size()];
          for (int i = 0; i < row.length; i++) {
            row[i] = rows.getString(i + 1);
          }
          found
              .computeIfAbsent(row[0] + ":" + row[1], key -> new ArrayList<>())
              .add(Arrays.asList(row));
        }
      }
      // What is asked next must see what was projected meanwhile.
      connection.commit();
    } catch (SQLException e) {
      throw failed("reading " + table.table(), e);
    }
    return found;
  }

  private Array texts(Object[] values) throws SQLException {
    return connection.createArrayOf("text", values);
  }

  private static String select(Table table) {
    String columns =
        table.columns().stream().map(JdbcRows::expression).collect(Collectors.joining(", "));
    return "SELECT "
        + columns
        + " FROM "
        + table.table()
        + " t JOIN unnest(?, ?) AS asked (asked_shop, asked_no)"
        + " ON t.shop = asked.asked_shop AND t.order_no = asked.asked_no";
  }

  private static String expression(String column) {
    return column.endsWith(":time")
        ? "(extract(epoch FROM t." + column.replace(":time", "") + ") * 1000000)::bigint::text"
        : "t." + column + "::text";
  }

  @Override
  public OptionalLong projected(TopicPartition partition) {
    try (PreparedStatement statement =
        connection.prepareStatement(
            "SELECT next_offset FROM projector_offsets WHERE topic = ? AND partition = ?")) {
      statement.setString(1, partition.topic());
      statement.setInt(2, partition.partition());
      try (ResultSet rows = statement.executeQuery()) {
        return rows.next() ? OptionalLong.of(rows.getLong(1)) : OptionalLong.empty();
      } finally {
        connection.commit();
      }
    } catch (SQLException e) {
      throw failed("reading projector_offsets", e);
    }
  }

  @Override
  public void everyOrder(Consumer<String> each) {
    try (Statement statement = connection.createStatement()) {
      statement.setFetchSize(FETCH);
      try (ResultSet rows = statement.executeQuery("SELECT shop || ':' || order_no FROM orders")) {
        while (rows.next()) {
          each.accept(rows.getString(1));
        }
      }
      connection.commit();
    } catch (SQLException e) {
      throw failed("reading orders", e);
    }
  }

  @Override
  public void close() {
    try {
      connection.close();
    } catch (SQLException e) {
      throw failed("closing", e);
    }
  }

  private static UntellableException failed(String what, SQLException e) {
    return new UntellableException(
        "the read store does not answer, " + what + ": " + e.getMessage(), e);
  }
}

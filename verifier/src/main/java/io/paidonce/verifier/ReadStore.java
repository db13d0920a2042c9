package io.paidonce.verifier;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;

/** The projector's tables, read row by row in one snapshot and never written. */
final class ReadStore implements AutoCloseable {

  // Enough to keep the wire busy, little enough to forget.
  private static final int FETCH = 5000;

  private final Connection connection;

  private ReadStore(Connection connection) {
    this.connection = connection;
  }

  static ReadStore open(VerifierConfig.ReadStoreLogin login) {
    try {
      Connection connection =
          DriverManager.getConnection(login.jdbcUrl(), login.user(), login.password().reveal());
      // The driver streams rows only within a transaction; one snapshot makes tables comparable.
      connection.setReadOnly(true);
      connection.setAutoCommit(false);
      connection.setTransactionIsolation(Connection.TRANSACTION_REPEATABLE_READ);
      return new ReadStore(connection);
    } catch (SQLException e) {
      throw failed("connecting", e);
    }
  }

  void forEachRow(StoredTable table, Consumer<List<@Nullable String>> each) {
    int columns = table.columns().size();
    query(
        table.select(),
        rows -> {
          @Nullable String[] row = new @Nullable String[columns];
          for (int i = 0; i < columns; i++) {
            row[i] = rows.getString(i + 1);
          }
          each.accept(Arrays.asList(row));
        });
  }

  /** How far the projector has come. */
  Map<TopicPartition, Long> offsets() {
    Map<TopicPartition, Long> offsets = new HashMap<>();
    query(
        "SELECT topic, partition, next_offset FROM projector_offsets",
        rows ->
            offsets.put(new TopicPartition(rows.getString(1), rows.getInt(2)), rows.getLong(3)));
    return offsets;
  }

  @Override
  public void close() {
    try {
      connection.close();
    } catch (SQLException e) {
      throw failed("closing", e);
    }
  }

  @FunctionalInterface
  private interface Row {
    void take(ResultSet row) throws SQLException;
  }

  private void query(String sql, Row each) {
    try (Statement statement = connection.createStatement()) {
      statement.setFetchSize(FETCH);
      try (ResultSet rows = statement.executeQuery(sql)) {
        while (rows.next()) {
          each.take(rows);
        }
      }
    } catch (SQLException e) {
      throw failed(sql, e);
    }
  }

  private static IllegalStateException failed(String what, SQLException e) {
    return new IllegalStateException("the read store does not answer: " + what, e);
  }
}

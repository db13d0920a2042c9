package io.paidonce.benchmarks.readstore;

import io.paidonce.contract.Topics;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.concurrent.locks.LockSupport;
import java.util.function.LongPredicate;

/** Asks PostgreSQL, not the projector, what is committed. */
final class StoredRows implements AutoCloseable {

  private static final long LOOK_EVERY_NANOS = 20_000_000;
  private static final long STUCK_AFTER_NANOS = 60_000_000_000L;

  private final Connection connection;

  StoredRows(String jdbcUrl) throws SQLException {
    connection = DriverManager.getConnection(jdbcUrl);
  }

  /** Order updates committed; exact, since these topics hold no transaction's markers. */
  long updates() throws SQLException {
    return number(
        "SELECT coalesce(sum(next_offset), 0) FROM projector_offsets WHERE topic = '"
            + Topics.ORDER_TRANSITIONS.name()
            + "'");
  }

  /** Records of all topics committed. */
  long records() throws SQLException {
    return number("SELECT coalesce(sum(next_offset), 0) FROM projector_offsets");
  }

  long count(String table) throws SQLException {
    return number("SELECT count(*) FROM " + table);
  }

  /** Looks until the number of updates is enough; returns it. */
  long awaitUpdates(LongPredicate enough) throws SQLException {
    long last = -1;
    long grewAt = System.nanoTime();
    while (true) {
      long updates = updates();
      if (enough.test(updates)) {
        return updates;
      }
      if (updates > last) {
        last = updates;
        grewAt = System.nanoTime();
      } else if (System.nanoTime() - grewAt > STUCK_AFTER_NANOS) {
        throw new IllegalStateException(
            "the projector stands at " + updates + " order updates for 60 s");
      }
      LockSupport.parkNanos(LOOK_EVERY_NANOS);
    }
  }

  /** As autovacuum leaves tables that are not filled in a minute: with statistics, all visible. */
  void settle() throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute("VACUUM ANALYZE");
      statement.execute("CHECKPOINT");
    }
  }

  private long number(String sql) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery(sql)) {
      row.next();
      return row.getLong(1);
    }
  }

  @Override
  public void close() throws SQLException {
    connection.close();
  }
}

package io.paidonce.projector;

import io.paidonce.contract.UnsafeClusterException;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.Properties;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/** The writer's one connection: opened when asked for, checked, thrown away after any error. */
final class Database {

  /** Far below max.poll.interval.ms, so that a frozen server never costs the group membership. */
  private static final String SOCKET_TIMEOUT_SECONDS = "30";

  /**
   * As long as a consumer's session. A projector frozen amid a transaction holds the locks of its
   * partitions' offsets while its connection stays up; without this its successor could write
   * nothing until somebody noticed.
   */
  static final String FROZEN_AFTER = "10s";

  private final ProjectorConfig config;
  private final LongSupplier nanoTime;
  private @Nullable Connection connection;
  private long askedAt;

  Database(ProjectorConfig config, LongSupplier nanoTime) {
    this.config = config;
    this.nanoTime = nanoTime;
    this.askedAt = nanoTime.getAsLong();
  }

  /**
   * The connection, within an own transaction at READ COMMITTED.
   *
   * @throws SQLException if the server can't be reached
   * @throws UnsafeClusterException if the server does not store what it commits
   */
  Connection connection() throws SQLException {
    askedAt = nanoTime.getAsLong();
    if (connection == null) {
      Connection opened = connect(config);
      try {
        requireSafe(opened);
        opened.setTransactionIsolation(Connection.TRANSACTION_READ_COMMITTED);
        opened.setAutoCommit(false);
      } catch (SQLException | RuntimeException e) {
        opened.close();
        throw e;
      }
      connection = opened;
    }
    return connection;
  }

  static Connection connect(ProjectorConfig config) throws SQLException {
    return DriverManager.getConnection(config.jdbcUrl(), properties(config));
  }

  // Each time, since a server can come back with other settings.
  private static void requireSafe(Connection opened) throws SQLException {
    List<String> problems = Durability.settings(opened);
    if (!problems.isEmpty()) {
      throw new UnsafeClusterException(problems);
    }
  }

  boolean isSilentFor(Duration time) {
    return nanoTime.getAsLong() - askedAt > time.toNanos();
  }

  /** Has the server answer, or throws. */
  void probe() throws SQLException {
    Connection open = connection();
    try (Statement statement = open.createStatement()) {
      statement.execute("SELECT 1");
    }
    open.commit();
  }

  /** Throws the connection away with whatever it has not committed. */
  void disconnect() {
    Connection old = connection;
    connection = null;
    if (old != null) {
      try {
        old.close();
      } catch (SQLException e) {
        // Nothing hangs on it: the server rolls back what a lost connection began.
        return;
      }
    }
  }

  private static Properties properties(ProjectorConfig config) {
    Properties properties = new Properties();
    if (config.user() != null) {
      properties.setProperty("user", config.user());
    }
    if (config.password() != null) {
      properties.setProperty("password", config.password());
    }
    properties.setProperty("ApplicationName", "order-projector");
    properties.setProperty("connectTimeout", "5");
    properties.setProperty("loginTimeout", "10");
    properties.setProperty("socketTimeout", SOCKET_TIMEOUT_SECONDS);
    properties.setProperty("tcpKeepAlive", "true");
    properties.setProperty("options", "-c idle_in_transaction_session_timeout=" + FROZEN_AFTER);
    return properties;
  }
}

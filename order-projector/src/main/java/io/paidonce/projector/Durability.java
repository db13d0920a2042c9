package io.paidonce.projector;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Set;

/**
 * Checks that a committed transaction is on disk. With either setting off, a power cut would take
 * back rows and offsets that were acknowledged.
 */
final class Durability {

  /** {@code remote_apply} waits for more than {@code on} does. */
  private static final Set<String> COMMITS_TO_DISK = Set.of("on", "remote_apply");

  private Durability() {}

  /**
   * @throws IllegalStateException if committed does not mean stored, naming the setting
   */
  static void check(Connection connection) throws SQLException {
    requireOneOf(connection, "fsync", Set.of("on"));
    requireOneOf(connection, "synchronous_commit", COMMITS_TO_DISK);
  }

  private static void requireOneOf(Connection connection, String setting, Set<String> safe)
      throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet result = statement.executeQuery("SHOW " + setting)) {
      result.next();
      String value = result.getString(1);
      if (!safe.contains(value)) {
        throw new IllegalStateException(
            "PostgreSQL's "
                + setting
                + " is "
                + value
                + " for this user and database, so a power cut could take back committed rows; set "
                + setting
                + " = on (look at postgresql.conf, ALTER DATABASE and ALTER ROLE)");
      }
    }
  }
}

package io.paidonce.projector;

import io.paidonce.contract.ClusterCheck;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Says whether a committed transaction is on disk. With any of these settings off, a power cut
 * would take back rows and offsets that were acknowledged, or leave a torn page that nothing can
 * mend.
 */
final class Durability {

  /** {@code remote_apply} waits for more than {@code on} does. */
  private static final Map<String, Set<String>> SAFE =
      Map.of(
          "fsync", Set.of("on"),
          "full_page_writes", Set.of("on"),
          "synchronous_commit", Set.of("on", "remote_apply"));

  private Durability() {}

  /** What is unsafe for this user and database, each with the fix; empty where all is well. */
  static List<String> problems(Connection connection, Clock clock) throws SQLException {
    List<String> problems = new ArrayList<>(settings(connection));
    Instant before = clock.instant();
    Instant theirs = now(connection);
    Instant after = clock.instant();
    Duration offset =
        theirs.isAfter(after)
            ? Duration.between(after, theirs)
            : theirs.isBefore(before) ? Duration.between(before, theirs) : Duration.ZERO;
    if (ClusterCheck.isUnsafe(offset)) {
      problems.add(ClusterCheck.clocksDiffer("PostgreSQL", offset));
    }
    return problems;
  }

  /** As {@link #problems} without the clock, which is no property of a connection. */
  static List<String> settings(Connection connection) throws SQLException {
    List<String> problems = new ArrayList<>();
    for (String setting : SAFE.keySet().stream().sorted().toList()) {
      String value = show(connection, setting);
      if (!SAFE.getOrDefault(setting, Set.of()).contains(value)) {
        problems.add(
            "PostgreSQL's "
                + setting
                + " is "
                + value
                + " for this user and database, so a power cut could take back committed rows; set "
                + setting
                + " = on (look at postgresql.conf, ALTER DATABASE and ALTER ROLE)");
      }
    }
    return problems;
  }

  private static String show(Connection connection, String setting) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet result = statement.executeQuery("SHOW " + setting)) {
      result.next();
      return result.getString(1);
    }
  }

  private static Instant now(Connection connection) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet result = statement.executeQuery("SELECT clock_timestamp()")) {
      result.next();
      return result.getObject(1, OffsetDateTime.class).toInstant();
    }
  }
}

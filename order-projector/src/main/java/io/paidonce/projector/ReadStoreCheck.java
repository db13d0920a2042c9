package io.paidonce.projector;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.FlywayException;
import org.flywaydb.core.api.MigrationInfo;
import org.flywaydb.core.api.MigrationInfoService;

/**
 * How a read store is found from outside; looking changes nothing.
 *
 * @param database its address, without parameters
 * @param version of its tables; blank where there are none
 * @param problems what a projector of this build would refuse, each with its fix
 * @param waiting migrations that the next start of a projector carries out
 */
public record ReadStoreCheck(String database, String version, List<String> problems, int waiting) {

  public ReadStoreCheck {
    problems = List.copyOf(problems);
  }

  /** Looks, within the time-outs of a projector's own connection. */
  public static ReadStoreCheck of(ProjectorConfig config, Clock clock) {
    List<String> problems = new ArrayList<>();
    try (Connection connection = Database.connect(config)) {
      problems.addAll(Durability.problems(connection, clock));
    } catch (SQLException e) {
      problems.add(
          config.database()
              + " can't be opened (SQLSTATE "
              + e.getSQLState()
              + "): see that PostgreSQL runs there, and user and password");
      return new ReadStoreCheck(config.database(), "", problems, 0);
    }
    return tables(config, problems);
  }

  private static ReadStoreCheck tables(ProjectorConfig config, List<String> problems) {
    try {
      MigrationInfoService found =
          Flyway.configure()
              .dataSource(config.jdbcUrl(), config.user(), config.password())
              .locations("classpath:db/migration")
              .load()
              .info();
      MigrationInfo current = found.current();
      for (MigrationInfo each : found.all()) {
        if (each.getState().isFailed()) {
          problems.add("migration " + each.getVersion() + " failed: see the projector's log");
        } else if (!each.getState().isResolved()) {
          problems.add(
              "its tables are of version "
                  + each.getVersion()
                  + ", newer than this build: run the build that made them, or a newer one");
        }
      }
      String version = current == null ? "" : String.valueOf(current.getVersion());
      return new ReadStoreCheck(config.database(), version, problems, found.pending().length);
    } catch (FlywayException e) {
      problems.add("its tables' version can't be read: " + e.getClass().getSimpleName());
      return new ReadStoreCheck(config.database(), "", problems, 0);
    }
  }
}

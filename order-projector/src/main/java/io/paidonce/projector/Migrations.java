package io.paidonce.projector;

import java.sql.Connection;
import java.sql.SQLException;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.FlywayException;

/** Brings the database to this build's tables before anything reads or writes them. */
final class Migrations {

  private Migrations() {}

  /**
   * Migrates a database that {@link StartCheck} has found safe.
   *
   * @throws IllegalStateException naming the database and what stands in the way
   */
  static void apply(ProjectorConfig config, Database database) {
    try {
      Connection connection = database.connection();
      connection.commit();
    } catch (SQLException e) {
      throw new IllegalStateException(
          config.database() + " can't be opened: " + e.getMessage() + "; is PostgreSQL running?",
          e);
    }
    try {
      Flyway.configure()
          .dataSource(config.jdbcUrl(), config.user(), config.password())
          .locations("classpath:db/migration")
          .load()
          .migrate();
    } catch (FlywayException e) {
      throw new IllegalStateException(
          config.database() + " can't be brought to this build's tables: " + e.getMessage(), e);
    }
  }
}

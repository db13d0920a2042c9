package io.paidonce.contract.downstream;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/** One transaction of the service's database. */
final class Transaction {

  // A frozen instance holds its partitions' rows; PostgreSQL ends its transaction after this long,
  // or those who take over would wait for it for ever.
  private static final String NO_ZOMBIE = "SET LOCAL idle_in_transaction_session_timeout = '10s'";

  private Transaction() {}

  /** What is done in it; null to roll back. */
  interface Work<T> {
    @Nullable T in(Connection connection) throws SQLException;
  }

  /**
   * Commits what was done, or nothing.
   *
   * @return null where it was rolled back
   * @throws SQLException if it is not known to be committed
   */
  static <T> @Nullable T run(DataSource database, Work<T> work) throws SQLException {
    try (Connection connection = database.getConnection()) {
      connection.setAutoCommit(false);
      try {
        try (Statement limit = connection.createStatement()) {
          limit.execute(NO_ZOMBIE);
        }
        T result = work.in(connection);
        if (result == null) {
          connection.rollback();
        } else {
          connection.commit();
        }
        return result;
      } catch (Throwable e) {
        rollBack(connection, e);
        throw e;
      }
    }
  }

  private static void rollBack(Connection connection, Throwable cause) {
    try {
      connection.rollback();
    } catch (SQLException e) {
      cause.addSuppressed(e);
    }
  }
}

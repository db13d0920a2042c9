package io.paidonce.projector;

import io.paidonce.contract.UnsafeClusterException;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;

/** What is wrong with Kafka and with PostgreSQL, told together and before either is touched. */
final class StartCheck {

  private StartCheck() {}

  /**
   * Returns where both are safe, as far as Kafka answers.
   *
   * @throws UnsafeClusterException naming every setting and its fix
   * @throws IllegalStateException if PostgreSQL can't be reached
   */
  static void require(ProjectorConfig config, ClusterGate gate, Clock clock) {
    List<String> problems = new ArrayList<>();
    try (Connection connection = Database.connect(config)) {
      problems.addAll(Durability.problems(connection, clock));
    } catch (SQLException e) {
      throw new IllegalStateException(
          config.database() + " can't be opened: " + e.getMessage() + "; is PostgreSQL running?",
          e);
    }
    problems.addAll(gate.problems());
    if (!problems.isEmpty()) {
      throw new UnsafeClusterException(problems);
    }
  }
}

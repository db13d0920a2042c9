package io.paidonce.projector;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.ResultSet;
import java.sql.Statement;
import org.junit.jupiter.api.Test;

/** The writer's connection. What a frozen writer costs is tried where processes are frozen. */
class DatabaseIT {

  @Test
  void theServerEndsTheTransactionOfAFrozenWriter() throws Exception {
    Database database =
        new Database(TestStack.config(TestStack.newDatabase(), "g"), System::nanoTime);
    try (Statement statement = database.connection().createStatement();
        ResultSet shown = statement.executeQuery("SHOW idle_in_transaction_session_timeout")) {
      shown.next();
      assertThat(shown.getString(1)).isEqualTo(Database.FROZEN_AFTER);
    } finally {
      database.disconnect();
    }
  }
}

package io.paidonce.projector;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.Connection;
import java.sql.DriverManager;
import java.time.Clock;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** What the settings do is seen where a projector starts; here, the clock. */
class DurabilityIT {

  @Test
  void theClockIsComparedWithTheServers() throws Exception {
    Tables tables = TestStack.newDatabase();
    try (Connection connection =
        DriverManager.getConnection(tables.jdbcUrl(), tables.user(), tables.password())) {
      assertThat(Durability.problems(connection, Clock.systemUTC())).isEmpty();
      assertThat(
              Durability.problems(
                  connection, Clock.offset(Clock.systemUTC(), Duration.ofMinutes(-2))))
          .singleElement()
          .asString()
          .contains("s behind that of PostgreSQL", "NTP");
    }
  }
}

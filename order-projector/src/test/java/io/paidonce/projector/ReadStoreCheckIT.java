package io.paidonce.projector;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Clock;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** What a doctor is told of a read store. */
class ReadStoreCheckIT {

  private static ProjectorConfig config(String jdbcUrl, Tables tables) {
    return ProjectorConfig.of(
        "127.0.0.1:1",
        null,
        null,
        jdbcUrl,
        tables.user(),
        tables.password(),
        null,
        null,
        null,
        null,
        null,
        null,
        null,
        null,
        null);
  }

  @Test
  void tablesThatAreThereMissingOrNewerAreToldApart() throws Exception {
    Tables tables = TestStack.newDatabase();
    ProjectorConfig config = config(tables.jdbcUrl(), tables);
    ReadStoreCheck before = ReadStoreCheck.of(config, Clock.systemUTC());
    assertThat(before.problems()).isEmpty();
    assertThat(before.version()).isEmpty();
    assertThat(before.waiting()).isPositive();
    Migrations.apply(config, new Database(config, System::nanoTime));
    ReadStoreCheck after = ReadStoreCheck.of(config, Clock.systemUTC());
    assertThat(after.problems()).isEmpty();
    assertThat(after.version()).isNotEmpty();
    assertThat(after.waiting()).isZero();
    tables.execute(
        "INSERT INTO flyway_schema_history SELECT 900, '900', 'x', 'SQL', 'V900__x.sql', 1, 'x',"
            + " now(), 1, true");
    assertThat(ReadStoreCheck.of(config, Clock.systemUTC()).problems())
        .singleElement()
        .asString()
        .contains("version 900, newer than this build");
    assertThat(
            ReadStoreCheck.of(config, Clock.offset(Clock.systemUTC(), Duration.ofMinutes(-2)))
                .problems())
        .anyMatch(line -> line.contains("NTP"));
  }

  @Test
  void aServerThatIsAwayIsNamedWithoutItsPassword() throws Exception {
    Tables tables = TestStack.newDatabase();
    assertThat(
            ReadStoreCheck.of(
                    config("jdbc:postgresql://127.0.0.1:1/x?password=canary", tables),
                    Clock.systemUTC())
                .problems())
        .singleElement()
        .asString()
        .contains("jdbc:postgresql://127.0.0.1:1/x can't be opened (SQLSTATE 08001)")
        .doesNotContain("canary");
  }
}

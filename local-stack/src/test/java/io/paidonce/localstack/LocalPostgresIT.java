package io.paidonce.localstack;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(120)
class LocalPostgresIT {
  @TempDir Path dir;

  @Test
  void committedMeansStoredInUtf8AndUtc() throws Exception {
    try (LocalPostgres postgres = LocalPostgres.start(dir)) {
      assertThat(query(postgres, "show fsync")).isEqualTo("on");
      assertThat(query(postgres, "show synchronous_commit")).isEqualTo("on");
      assertThat(query(postgres, "show server_encoding")).isEqualTo("UTF8");
      assertThat(query(postgres, "show log_timezone")).isEqualTo("UTC");
      assertThat(query(postgres, "show listen_addresses")).isEqualTo("127.0.0.1");
      assertThat(query(postgres, "show server_version")).startsWith("17.");
      assertThat(query(postgres, "select upper('é')")).isEqualTo("É");
    }
  }

  @Test
  void aKilledServerComesBackWithEveryCommittedRow() throws Exception {
    try (LocalPostgres postgres = LocalPostgres.start(dir);
        Connection open = connect(postgres)) {
      execute(postgres, "create table t as select 'committed' as v");
      assertThat(open.isValid(5)).isTrue();
      long before = postgres.pid();

      postgres.kill();
      assertThat(ProcessHandle.of(before).filter(ChildProcess::isRunning)).isEmpty();
      postgres.restart();

      assertThat(postgres.pid()).isNotEqualTo(before);
      assertThat(query(postgres, "select v from t")).isEqualTo("committed");
    }
  }

  @Test
  void anOrderlyRestartEndsOpenSessions() throws Exception {
    try (LocalPostgres postgres = LocalPostgres.start(dir);
        Connection open = connect(postgres)) {
      postgres.restart();
      assertThat(open.isValid(5)).isFalse();
      assertThat(query(postgres, "select 'here'")).isEqualTo("here");
    }
  }

  @Test
  void aPausedServerAnswersOnlyWhenResumed() throws Exception {
    try (LocalPostgres postgres = LocalPostgres.start(dir);
        Connection open = connect(postgres)) {
      postgres.pause();
      CompletableFuture<Boolean> answer = CompletableFuture.supplyAsync(() -> isValid(open));
      await().during(Duration.ofSeconds(1)).until(() -> !answer.isDone());
      postgres.resume();
      assertThat(answer.get(30, TimeUnit.SECONDS)).isTrue();
    }
  }

  @Test
  void aPausedServerCanBeClosedAndItsDirectoryIsKept() throws Exception {
    String password;
    try (LocalPostgres postgres = LocalPostgres.start(dir)) {
      execute(postgres, "create table t as select 'kept' as v");
      password = postgres.password();
      postgres.pause();
    }
    try (LocalPostgres postgres = LocalPostgres.start(dir)) {
      assertThat(query(postgres, "select v from t")).isEqualTo("kept");
      assertThat(postgres.password()).isEqualTo(password);
    }
  }

  @Test
  void aServerWhoseJvmWasKilledEndsAndItsDirectoryCanBeUsedAtOnce() throws Exception {
    Orphan orphan = Orphan.of(LocalPostgres.class, dir);
    try (LocalPostgres postgres = LocalPostgres.start(dir)) {
      assertThat(query(postgres, "select 'here'")).isEqualTo("here");
    }
    await().atMost(Duration.ofSeconds(30)).until(orphan::isGone);
  }

  @Test
  void aServerWhoseJvmWasKilledEndsByItself() throws Exception {
    Orphan orphan = Orphan.of(LocalPostgres.class, dir);
    await().atMost(Duration.ofSeconds(30)).until(orphan::isGone);
  }

  @Test
  void aProcessIdGivenToAnotherProgramDoesNotStopAStart() throws Exception {
    LocalPostgres.start(dir).close();
    long other = ProcessHandle.current().pid();
    Files.writeString(dir.resolve("data/postmaster.pid"), other + "\n" + dir + "\n");
    try (LocalPostgres postgres = LocalPostgres.start(dir)) {
      assertThat(postgres.pid()).isNotEqualTo(other);
    }
  }

  @Test
  void rootCanAlsoRunItAsAnUnprivilegedUser() throws Exception {
    Assumptions.assumeTrue(PostgresAccount.isRoot());
    Path reachable = Files.createTempDirectory("paidonce-test-");
    try (LocalPostgres postgres = LocalPostgres.start(reachable, 0, PostgresAccount.UNPRIVILEGED)) {
      execute(postgres, "create table t as select 'stored' as v");
      postgres.kill();
      postgres.restart();
      assertThat(query(postgres, "select v from t")).isEqualTo("stored");
    } finally {
      Deletion.ofTree(reachable);
    }
  }

  @Test
  void eachTestCanHaveADatabaseOfItsOwn() throws Exception {
    try (LocalPostgres postgres = LocalPostgres.start(dir)) {
      assertThat(postgres.createDatabase("mine")).isEqualTo(postgres.jdbcUrl("mine"));
      assertThatThrownBy(() -> postgres.createDatabase("mine"))
          .isInstanceOf(LocalStackException.class)
          .hasMessageContaining("already exists");
      assertThatThrownBy(() -> postgres.createDatabase("a; drop database b"))
          .isInstanceOf(IllegalArgumentException.class);
    }
  }

  @Test
  void strangersNeedThePassword() throws Exception {
    try (LocalPostgres postgres = LocalPostgres.start(dir)) {
      assertThatThrownBy(
              () -> DriverManager.getConnection(postgres.jdbcUrl(), postgres.user(), "guess"))
          .isInstanceOf(SQLException.class)
          .hasMessageContaining("password authentication failed");
    }
  }

  @Test
  void aTakenPortIsNamed() throws Exception {
    try (LocalPostgres first = LocalPostgres.start(dir.resolve("first"))) {
      int port = Integer.parseInt(first.jdbcUrl().replaceAll(".*:(\\d+)/.*", "$1"));
      assertThatThrownBy(() -> LocalPostgres.start(dir.resolve("second"), port))
          .isInstanceOf(LocalStackException.class)
          .hasMessageContaining("Port " + port);
    }
  }

  @Test
  void dataOfAnotherMajorVersionIsRefusedInPostgresOwnWords() throws Exception {
    LocalPostgres.start(dir).close();
    Files.writeString(dir.resolve("data/PG_VERSION"), "12\n");
    assertThatThrownBy(() -> LocalPostgres.start(dir))
        .isInstanceOf(LocalStackException.class)
        .hasMessageContaining("initialized by PostgreSQL version 12");
  }

  private static Connection connect(LocalPostgres postgres) throws SQLException {
    return DriverManager.getConnection(postgres.jdbcUrl(), postgres.user(), postgres.password());
  }

  private static void execute(LocalPostgres postgres, String sql) throws SQLException {
    try (Connection connection = connect(postgres);
        Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  private static String query(LocalPostgres postgres, String sql) throws SQLException {
    try (Connection connection = connect(postgres);
        Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery(sql)) {
      rows.next();
      return rows.getString(1);
    }
  }

  private static boolean isValid(Connection connection) {
    try {
      return connection.isValid(60);
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }
}

package io.paidonce.reconciler.replay;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.paidonce.contract.OrderKey;
import io.paidonce.contract.Topics;
import io.paidonce.ledger.OrderLedger;
import io.paidonce.localstack.LocalPostgres;
import io.paidonce.providers.Secret;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a replay writes for SQL, in a real PostgreSQL. */
class ScratchIT {

  private static final OrderKey KEY = new OrderKey("s1", "o1");

  @TempDir private static Path directory;
  private static LocalPostgres postgres;
  private static MemoryLog day;
  private static ReplayConfig.ReadStoreLogin login;

  @BeforeAll
  static void start() {
    postgres = LocalPostgres.start(directory.resolve("postgres"));
    login =
        new ReplayConfig.ReadStoreLogin(
            postgres.jdbcUrl(), postgres.user(), Secret.of(postgres.password()));
    day = SeededTraffic.of(20260131, 200, directory.resolve("day"));
  }

  @AfterAll
  static void stop() {
    postgres.close();
  }

  private static ReplayReport replay(Scratch scratch) {
    ReplayConfig config = new ReplayConfig("nowhere", "group", null, Duration.ZERO, 2);
    ReplayReport report =
        new Replay(day, null, ReplayRange.ALL, config, scratch, new Tally(), null).run();
    scratch.finish(report);
    return report;
  }

  private static JdbcScratch open(String schema) {
    return JdbcScratch.open(login, new ScratchName(schema), ReplayRange.ALL);
  }

  @Test
  void whatIsFoldedCanBeAskedBySqlAndIsWrittenAnewByTheNextReplay() throws SQLException {
    for (int i = 0; i < 2; i++) {
      try (Scratch scratch = open("folded")) {
        assertThat(replay(scratch).outcome()).isEqualTo(ReplayReport.Outcome.SAME);
      }
      assertThat(count("SELECT count(*) FROM folded.transitions"))
          .isEqualTo(day.records(Topics.ORDER_TRANSITIONS).size());
      assertThat(count("SELECT count(*) FROM folded.orders WHERE status = 'PAID'"))
          .isEqualTo(
              count(
                  "SELECT count(*) FROM (SELECT DISTINCT ON (shop, order_no) to_status"
                      + " FROM folded.transitions ORDER BY shop, order_no, version DESC) t"
                      + " WHERE to_status = 'PAID'"))
          .isPositive();
      assertThat(count("SELECT count(*) FROM folded.exceptions WHERE evidence ? 'transaction'"))
          .isPositive();
      assertThat(count("SELECT count(DISTINCT kind) FROM folded.exceptions")).isGreaterThan(5);
      assertThat(count("SELECT sum(received_minor) FROM folded.balances")).isPositive();
      assertThat(count("SELECT inputs FROM folded.replay WHERE outcome = 'SAME'"))
          .isEqualTo(day.records(Topics.ORDER_INPUTS).size());
    }
  }

  /** Killed, or failed: the connection ends without a word. */
  @Test
  void aReplayThatDoesNotEndLeavesNothing() throws SQLException {
    try (Scratch scratch = open("cut_off")) {
      for (int i = 0; i < 20_000; i++) {
        scratch.order(OrderLedger.unknown(KEY));
      }
    }
    assertThat(count("SELECT count(*) FROM pg_namespace WHERE nspname = 'cut_off'")).isZero();
    try (Scratch scratch = open("cut_off")) {
      replay(scratch);
    }
    long orders = count("SELECT count(*) FROM cut_off.orders");
    try (Scratch scratch = open("cut_off")) {
      scratch.order(OrderLedger.unknown(KEY));
    }
    assertThat(count("SELECT count(*) FROM cut_off.orders")).isEqualTo(orders);
  }

  @Test
  void whatSomebodyElseMadeStays() throws SQLException {
    execute("CREATE SCHEMA theirs; CREATE TABLE theirs.orders (number int)");
    assertThatThrownBy(() -> open("theirs"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("theirs holds something that no replay has made");
    execute("CREATE SCHEMA live; ALTER ROLE CURRENT_USER SET search_path = live");
    try {
      assertThatThrownBy(() -> open("live")).hasMessageContaining("in which the read store lives");
    } finally {
      execute("ALTER ROLE CURRENT_USER RESET search_path");
    }
    execute("CREATE SCHEMA empty_one");
    try (Scratch scratch = open("empty_one")) {
      replay(scratch);
    }
    execute("CREATE VIEW public.mine AS SELECT * FROM empty_one.orders");
    assertThatThrownBy(() -> open("empty_one"))
        .isInstanceOf(UntellableException.class)
        .hasMessageContaining("mine");
    assertThat(count("SELECT count(*) FROM public.mine")).isPositive();
  }

  private static void execute(String sql) throws SQLException {
    try (Connection connection = connect();
        Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  private static long count(String sql) throws SQLException {
    try (Connection connection = connect();
        Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery(sql)) {
      assertThat(row.next()).isTrue();
      return row.getLong(1);
    }
  }

  private static Connection connect() throws SQLException {
    return DriverManager.getConnection(postgres.jdbcUrl(), postgres.user(), postgres.password());
  }
}

package io.paidonce.projector;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.paidonce.contract.Topics;
import io.paidonce.localstack.LocalPostgres;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A read store built anew while the old one is written and read. */
class RebuildIT {

  private final String kafka = TestStack.bootstrapServers();
  private final String run = UUID.randomUUID().toString().substring(0, 8);
  private final Tables tables = TestStack.newDatabase();
  private final List<String> said = new ArrayList<>();
  private Ledger ledger;

  @BeforeEach
  void open() {
    ledger = new Ledger(kafka);
  }

  @AfterEach
  void close() {
    ledger.close();
  }

  @Test
  void whileTrafficFlowsItEqualsTheTopicsAndReadersSeeNoGap() {
    try (Projector projector = start()) {
      write("before", 20);
      CommittedLog.awaitIn(tables, kafka);
      String reader = "r" + run;
      tables.execute("CREATE ROLE " + reader);
      tables.execute("GRANT SELECT ON orders TO " + reader);
      // What no record says: a projector never mends it, a rebuild does.
      tables.execute("UPDATE orders SET status = 'CANCELLED' WHERE order_no = 'before7'");

      AtomicBoolean stop = new AtomicBoolean();
      AtomicInteger answered = new AtomicInteger();
      CompletableFuture<Void> traffic = CompletableFuture.runAsync(() -> write("during", stop));
      CompletableFuture<Void> readers =
          CompletableFuture.runAsync(() -> read(projector, stop, answered));
      Rebuilt rebuilt;
      try {
        rebuilt = rebuild(tables, steps());
      } finally {
        int before = answered.get();
        await().atMost(Duration.ofSeconds(20)).until(() -> answered.get() > before);
        stop.set(true);
        traffic.join();
        readers.join();
      }

      write("after", 5);
      CommittedLog.awaitIn(tables, kafka);
      assertThat(tables.rows("SELECT status FROM orders WHERE order_no = 'before7'"))
          .containsExactly("PAID");
      assertThat(tables.rows("SELECT status FROM public_old.orders WHERE order_no = 'before7'"))
          .containsExactly("CANCELLED");
      assertThat(rebuilt.orders()).isGreaterThanOrEqualTo(20);
      assertThat(rebuilt.kept()).isEqualTo("public_old");
      assertThat(tables.rows("SELECT has_table_privilege('" + reader + "', 'orders', 'SELECT')"))
          .containsExactly("t");
      assertThat(projector.failure().toCompletableFuture()).isNotDone();

      assertThatThrownBy(() -> rebuild(tables, steps()))
          .hasMessageContaining("public_old still keeps the read store from before");
      assertThat(RebuildMain.dropOld(config())).isTrue();
      assertThat(RebuildMain.dropOld(config())).isFalse();
      tables.execute("DROP OWNED BY " + reader);
      tables.execute("DROP ROLE " + reader);
    }
  }

  @Test
  void interruptedItGoesOnWhereItWasAndTwoAtOnceAreRefused() {
    try (Projector projector = start()) {
      write("o", 5);
      CommittedLog.awaitIn(tables, kafka);
      assertThatThrownBy(
              () ->
                  rebuild(
                      tables,
                      new Steps(said) {
                        @Override
                        public void switching() {
                          assertThatThrownBy(() -> rebuild(tables, steps()))
                              .hasMessageContaining("running already");
                          throw new IllegalStateException("interrupted here");
                        }
                      }))
          .hasMessage("interrupted here");
      assertThat(
              tables.rows("SELECT count(*) FROM public_rebuild.orders WHERE shop = '" + run + "'"))
          .containsExactly("5");

      rebuild(tables, steps());
      assertThat(said).contains("going on with the schema public_rebuild");
      CommittedLog.awaitIn(tables, kafka);
      assertThat(projector.failure().toCompletableFuture()).isNotDone();
    }
  }

  @Test
  void aStoreThatIsBehindWhenItIsTimeToSwitchIsNotSwitchedTo() throws SQLException {
    try (Projector projector = start();
        Connection held = Database.connect(config())) {
      held.setAutoCommit(false);
      try (Statement statement = held.createStatement()) {
        statement.execute("SET SESSION idle_in_transaction_session_timeout = 0");
      }
      held.commit();
      write("o", 3);
      CommittedLog.awaitIn(tables, kafka);
      rebuild(
          tables,
          new Steps(said) {
            @Override
            public void say(String sentence) {
              if (sentence.equals("switching") && !said.contains(sentence)) {
                holdBack(held);
              } else if (sentence.startsWith("the new read store was not there in time")) {
                assertThat(
                        tables.rows("SELECT nspname FROM pg_namespace WHERE nspname LIKE 'pub%'"))
                    .containsOnly("public", "public_rebuild");
              }
              super.say(sentence);
            }
          });

      assertThat(said).anyMatch(sentence -> sentence.startsWith("the new read store was not"));
      CommittedLog.awaitIn(tables, kafka);
      assertThat(projector.failure().toCompletableFuture()).isNotDone();
    }
  }

  // For longer than a switch waits, the one that is built can write nothing more; the one that
  // serves goes on.
  private void holdBack(Connection connection) {
    try (Statement statement = connection.createStatement()) {
      statement.execute("LOCK TABLE public_rebuild.projector_offsets IN EXCLUSIVE MODE");
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
    write("late", 1);
    await()
        .atMost(Duration.ofSeconds(30))
        .until(
            () ->
                tables
                    .rows("SELECT count(*) FROM orders WHERE shop = '" + run + "'")
                    .contains("4"));
    CompletableFuture.delayedExecutor(9, TimeUnit.SECONDS).execute(() -> letGo(connection));
  }

  private static void letGo(Connection connection) {
    try {
      connection.rollback();
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  @Test
  void postgresKilledDuringTheSwitchLeavesOneOrTheOther(@TempDir Path directory) {
    try (LocalPostgres postgres = LocalPostgres.start(directory.resolve("pg"))) {
      Tables own = new Tables(postgres.jdbcUrl(), postgres.user(), postgres.password());
      try (Projector projector = ProjectorMain.start(TestStack.config(own, "g" + run))) {
        write("o", 5);
        CommittedLog.awaitIn(own, kafka);
        AtomicInteger switches = new AtomicInteger();
        rebuild(
            own,
            new Steps(said) {
              @Override
              public void switching() {
                if (switches.incrementAndGet() == 1) {
                  postgres.kill();
                  postgres.restart();
                }
              }
            });

        assertThat(switches).hasValue(2);
        assertThat(said).anyMatch(sentence -> sentence.startsWith("PostgreSQL was away"));
        write("after", 2);
        CommittedLog.awaitIn(own, kafka);
        assertThat(projector.failure().toCompletableFuture()).isNotDone();
      }
    }
  }

  @Test
  void whatWouldBeLostOrCarriedAwayIsNamedAndNothingIsSwitched() {
    try (Projector projector = start()) {
      write("o", 1);
      CommittedLog.awaitIn(tables, kafka);
      tables.execute("CREATE TABLE mine (id int)");
      tables.execute("CREATE SCHEMA reports CREATE VIEW paid AS SELECT * FROM public.order_paid");
      assertThatThrownBy(() -> rebuild(tables, steps()))
          .hasMessageContaining("relation mine")
          .hasMessageContaining("view reports.paid, which reads order_paid");
      tables.execute("DROP TABLE mine");
      tables.execute("DROP SCHEMA reports CASCADE");

      // As if its records had been deleted by retention since.
      tables.execute(
          "INSERT INTO rejections VALUES (0, -1, 'd', 'p', 'a', 'UNKNOWN_KEY', '', '', 1, now())");
      assertThatThrownBy(() -> rebuild(tables, steps()))
          .hasMessageContaining("rejections has")
          .hasMessageContaining("--accept-fewer");
      assertThat(tables.rows("SELECT count(*) FROM rejections WHERE log_offset = -1"))
          .containsExactly("1");

      assertThat(RebuildMain.dropUnfinished(config())).isTrue();
      assertThat(tables.rows("SELECT nspname FROM pg_namespace WHERE nspname LIKE 'public%'"))
          .containsExactly("public");
      RebuildMain.run(config(), RebuildMain.Forgotten.ACCEPT, steps());
      assertThat(said).anyMatch(sentence -> sentence.startsWith("accepted: rejections has"));
      assertThat(tables.rows("SELECT count(*) FROM rejections WHERE log_offset = -1"))
          .containsExactly("0");
      assertThat(projector.failure().toCompletableFuture()).isNotDone();
    }
  }

  /** Keeps what was said. */
  private static class Steps implements RebuildSteps {
    private final List<String> said;

    Steps(List<String> said) {
      this.said = said;
    }

    @Override
    public void say(String sentence) {
      said.add(sentence);
    }

    @Override
    public void applied(long records, long of, long perSecond) {
      assertThat(records).isLessThanOrEqualTo(of + 1_000_000);
    }
  }

  private Steps steps() {
    return new Steps(said);
  }

  private Rebuilt rebuild(Tables in, RebuildSteps steps) {
    return RebuildMain.run(TestStack.config(in, "g" + run), RebuildMain.Forgotten.REFUSE, steps);
  }

  private ProjectorConfig config() {
    return TestStack.config(tables, "g" + run);
  }

  private Projector start() {
    return ProjectorMain.start(config());
  }

  private void write(String prefix, int orders) {
    for (int i = 0; i < orders; i++) {
      ledger.commitAll(new Story(run, prefix + i));
    }
  }

  private void write(String prefix, AtomicBoolean stop) {
    try (Ledger own = new Ledger(kafka)) {
      for (int i = 0; !stop.get() && i < 5_000; i++) {
        Story story = new Story(run, prefix + i);
        own.commitAll(story);
        own.begin();
        own.write(Topics.ORDER_TRANSITIONS, story.key(), story.refundedInPart());
        own.commit();
      }
    }
  }

  private void read(Projector projector, AtomicBoolean stop, AtomicInteger answered) {
    Http api = new Http(projector.apiPort());
    while (!stop.get()) {
      assertThat(api.get("/v1/orders/" + run + "/before3").statusCode()).isEqualTo(200);
      answered.incrementAndGet();
    }
  }
}

package io.paidonce.launcher.faults;

import static org.assertj.core.api.Assertions.assertThat;

import io.paidonce.contract.TopicsAdmin;
import io.paidonce.contract.downstream.ExactlyOnce;
import io.paidonce.localstack.LocalStack;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.kafka.clients.admin.Admin;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Two instances of the sample service of docs/downstream.md under load, killed and frozen: each
 * paid order is shipped exactly once, none is missing, and none of an aborted transaction is
 * shipped. All scenarios share one database, so that each also checks what the ones before it left.
 */
@Tag("proof")
final class DownstreamIT {

  private static final Duration SOON = Duration.ofSeconds(60);
  private static final int KILLS = 3;
  private static final int PARTITIONS = 12;

  private static final Set<String> PAID = ConcurrentHashMap.newKeySet();
  private static LocalStack stack;
  private static List<Shipping> instances;

  @BeforeAll
  static void start() throws SQLException {
    Path directory = TargetDirectory.fresh("downstream");
    stack = LocalStack.at(directory);
    try (Admin admin = Admin.create(Map.of("bootstrap.servers", bootstrapServers()))) {
      new TopicsAdmin(admin, 1).apply();
    }
    try (Connection connection = connect();
        Statement statement = connection.createStatement()) {
      statement.execute(ExactlyOnce.ddl());
      // No unique key: what is shipped twice must show.
      statement.execute("CREATE TABLE shipments (shop text NOT NULL, order_no text NOT NULL)");
      statement.execute("CREATE TABLE stopped (shop text NOT NULL, order_no text NOT NULL)");
    }
    List<String> database =
        List.of(stack.postgres().jdbcUrl(), stack.postgres().user(), stack.postgres().password());
    instances =
        List.of(
            new Shipping(directory, "shipping-1", bootstrapServers(), database),
            new Shipping(directory, "shipping-2", bootstrapServers(), database));
  }

  @AfterAll
  static void stop() {
    instances.forEach(Shipping::end);
    stack.close();
  }

  @BeforeEach
  void bothRun() {
    instances.stream().filter(instance -> !instance.isAlive()).forEach(Shipping::start);
  }

  @ParameterizedTest
  @MethodSource("io.paidonce.launcher.faults.Point#all")
  void killedAndStartedAgain(Point point) throws SQLException {
    Random random = point.random("kill -9 downstream");
    PaidOrders load = load(random);
    bothWork();
    for (int kill = 0; kill < KILLS; kill++) {
      Shipping victim = instances.get(random.nextInt(instances.size()));
      long at = System.nanoTime() + Point.between(random, 50, 1_500).toNanos();
      Await.moment(at);
      victim.kill();
      long mark = victim.log().mark();
      victim.start();
      victim.awaitWork(mark);
    }
    load.finish();
    requireEachShippedOnce();
  }

  /** Frozen with events in its hands: it wakes up, tries to write them, and is fenced. */
  @ParameterizedTest
  @MethodSource("io.paidonce.launcher.faults.Point#all")
  void frozenBeforeItsTransaction(Point point) throws SQLException {
    Random random = point.random("SIGSTOP downstream before its transaction");
    PaidOrders load = load(random);
    bothWork();
    Shipping zombie = instances.get(random.nextInt(instances.size()));
    long mark = zombie.log().mark();
    zombie.closeGate();
    Await.until("it waits", SOON, () -> zombie.log().says(mark, ShippingMain.AT_THE_GATE));
    long epochs = epochs();
    zombie.freeze();
    zombie.openGate();
    Await.until("the other one claims all", SOON, () -> epochs() >= epochs + PARTITIONS);
    awaitMoreShipments();
    assertThat(zombie.log().says(mark, "fenced=true")).isFalse();
    zombie.thaw();
    Await.until("it is fenced", SOON, () -> zombie.log().says(mark, "fenced=true"));
    load.finish();
    requireEachShippedOnce();
  }

  /** Frozen amid its transaction: PostgreSQL ends it, or who takes over would wait for ever. */
  @ParameterizedTest
  @MethodSource("io.paidonce.launcher.faults.Point#all")
  @Tag("proof") // it waits for PostgreSQL's patience
  void frozenAmidItsTransaction(Point point) throws SQLException {
    Random random = point.random("SIGSTOP downstream amid its transaction");
    PaidOrders load = load(random);
    bothWork();
    Shipping zombie = instances.get(random.nextInt(instances.size()));
    long mark = zombie.log().mark();
    long epochs = epochs();
    try (Connection lock = connect()) {
      lock.setAutoCommit(false);
      try (Statement statement = lock.createStatement()) {
        statement.execute("LOCK TABLE shipments IN SHARE MODE");
      }
      Await.until("both wait for it", SOON, () -> waiting() == 2);
      zombie.freeze();
      lock.rollback();
    }
    Await.until("the other one claims all", SOON, () -> epochs() >= epochs + PARTITIONS);
    awaitMoreShipments();
    zombie.thaw();
    Await.until("its connection is gone, and it ends", SOON, () -> !zombie.isAlive());
    assertThat(zombie.log().since(mark)).contains("PSQLException");
    load.finish();
    zombie.start();
    requireEachShippedOnce();
  }

  private static PaidOrders load(Random random) {
    return PaidOrders.start(bootstrapServers(), random, PAID);
  }

  private static void bothWork() {
    for (Shipping instance : instances) {
      instance.awaitWork(instance.log().mark());
    }
  }

  private static void awaitMoreShipments() {
    long before = number("SELECT count(*) FROM shipments");
    Await.until("shipping goes on", SOON, () -> number("SELECT count(*) FROM shipments") > before);
  }

  private static void requireEachShippedOnce() throws SQLException {
    Await.until(
        "all that was paid is shipped",
        SOON,
        () -> number("SELECT count(DISTINCT order_no) FROM shipments") >= PAID.size());
    List<String> shipped = new ArrayList<>();
    try (Connection connection = connect();
        Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery("SELECT order_no FROM shipments")) {
      while (rows.next()) {
        shipped.add(rows.getString(1));
      }
    }
    Set<String> distinct = new HashSet<>(shipped);
    assertThat(distinct).as("shipped, as paid").isEqualTo(PAID);
    assertThat(shipped).as("shipped twice").hasSameSizeAs(distinct);
  }

  private static long epochs() {
    return number("SELECT sum(epoch) FROM paidonce_offsets WHERE topic = 'order-paid'");
  }

  private static long waiting() {
    return number(
        """
        SELECT count(*) FROM pg_stat_activity
        WHERE query LIKE 'INSERT INTO shipments%' AND wait_event_type = 'Lock'
        """);
  }

  private static long number(String query) {
    try (Connection connection = connect();
        Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery(query)) {
      row.next();
      return row.getLong(1);
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  private static Connection connect() throws SQLException {
    return DriverManager.getConnection(
        stack.postgres().jdbcUrl(), stack.postgres().user(), stack.postgres().password());
  }

  private static String bootstrapServers() {
    return stack.kafka().bootstrapServers();
  }
}

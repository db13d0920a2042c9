package io.paidonce.contract.downstream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.paidonce.contract.EventHead;
import io.paidonce.contract.EventHeaders;
import io.paidonce.contract.OrderEvent;
import io.paidonce.contract.OrderPaid;
import io.paidonce.contract.OrderRefunded;
import io.paidonce.contract.Topic;
import io.paidonce.contract.Topics;
import io.paidonce.contract.TopicsAdmin;
import io.paidonce.localstack.LocalStack;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInfo;
import org.postgresql.ds.PGSimpleDataSource;

/** Each promise of {@link ExactlyOnce} by itself, on a real broker and a real PostgreSQL. */
class ExactlyOnceIT {

  private static final LocalStack STACK = LocalStack.shared();
  private static final Map<String, Object> KAFKA =
      Map.of("bootstrap.servers", STACK.kafka().bootstrapServers());

  private final PGSimpleDataSource database = new PGSimpleDataSource();
  private final List<ExactlyOnce> open = new ArrayList<>();
  private KafkaProducer<byte[], byte[]> producer;
  private String shop;
  private Instant from;

  @BeforeAll
  static void topics() {
    try (Admin admin = Admin.create(KAFKA)) {
      new TopicsAdmin(admin, 1).apply();
    }
  }

  @BeforeEach
  void start(TestInfo test) throws SQLException {
    shop = "s" + test.getTestMethod().orElseThrow().getName().toLowerCase(java.util.Locale.ROOT);
    shop = shop.substring(0, Math.min(40, shop.length()));
    database.setUrl(STACK.createDatabase(shop));
    database.setUser(STACK.postgres().user());
    database.setPassword(STACK.postgres().password());
    execute(ExactlyOnce.ddl());
    execute(ExactlyOnce.ddl());
    execute("CREATE TABLE shipped (order_no text NOT NULL)");
    producer = new KafkaProducer<>(KAFKA, new ByteArraySerializer(), new ByteArraySerializer());
    // One record of an earlier test may be of this very millisecond.
    from = Instant.now().plusMillis(1);
  }

  @AfterEach
  void stop() {
    open.forEach(ExactlyOnce::close);
    producer.close();
  }

  @Test
  void anEventThatStandsInTheLogTwiceIsAppliedOnce() throws Exception {
    ExactlyOnce shipping = shipping();
    write(Topics.ORDER_PAID, paid("o1"));
    write(Topics.ORDER_PAID, paid("o1"));
    write(Topics.ORDER_PAID, paid("o2"));
    Polled all = pollUntil(shipping, () -> shipped().size() == 2);
    assertThat(shipped()).containsExactlyInAnyOrder("o1", "o2");
    assertThat(all).isEqualTo(new Polled(2, 1, 0, false));
  }

  @Test
  void aNewInstanceGoesOnWhereTheDatabaseSays() throws Exception {
    ExactlyOnce first = shipping();
    write(Topics.ORDER_PAID, paid("o1"));
    pollUntil(first, () -> shipped().size() == 1);
    first.close();
    write(Topics.ORDER_PAID, paid("o2"));
    Polled second = pollUntil(shipping(), () -> shipped().size() == 2);
    assertThat(second).isEqualTo(new Polled(1, 0, 0, false));
  }

  @Test
  void whatAHandlerDidBeforeItFailedIsUndoneAndTheEventComesAgain() throws Exception {
    List<String> seen = new ArrayList<>();
    ExactlyOnce shipping =
        opened("shipping", Map.of())
            .on(
                Topics.ORDER_PAID,
                (connection, paid) -> {
                  seen.add(paid.orderNo());
                  ship(connection, paid);
                  if (seen.size() == 1) {
                    throw new IllegalStateException("the warehouse burns");
                  }
                });
    write(Topics.ORDER_PAID, paid("o1"));
    assertThatThrownBy(() -> pollUntil(shipping, () -> false)).hasMessageContaining("burns");
    assertThat(shipped()).isEmpty();
    assertThat(rows("SELECT event_id FROM paidonce_applied")).isEmpty();
    pollUntil(shipping, () -> shipped().size() == 1);
    assertThat(seen).containsExactly("o1", "o1");
  }

  /** A group of its own, so that both own every partition: what a zombie believes. */
  @Test
  void whoWasReplacedCanNotCommit() throws Exception {
    ExactlyOnce zombie = shipping("zombies");
    write(Topics.ORDER_PAID, paid("o1"));
    pollUntil(zombie, () -> shipped().size() == 1);
    ExactlyOnce successor = shipping("successors");
    pollUntil(successor, () -> rows("SELECT 1 FROM paidonce_offsets WHERE epoch = 2").size() == 12);
    execute("TRUNCATE paidonce_applied");
    write(Topics.ORDER_PAID, paid("o2"));
    List<Polled> polls = new ArrayList<>();
    await(
        () -> {
          polls.add(zombie.poll(Duration.ofMillis(100)));
          return polls.get(polls.size() - 1).fenced();
        });
    assertThat(polls).extracting(Polled::applied).containsOnly(0);
    assertThat(shipped()).containsExactly("o1");
    pollUntil(successor, () -> shipped().size() == 2);
    assertThat(shipped()).containsExactly("o1", "o2");
  }

  @Test
  void whatWasRefundedIsNotShippedAfterwards() throws Exception {
    ExactlyOnce shipping =
        opened("shipping", Map.of())
            .onUnlessOvertaken(Topics.ORDER_PAID, ExactlyOnceIT::ship)
            .on(Topics.ORDER_REFUNDED, (connection, refunded) -> {});
    write(Topics.ORDER_REFUNDED, refunded("o1"));
    pollUntil(shipping, () -> rows("SELECT 1 FROM paidonce_applied").size() == 1);
    write(Topics.ORDER_PAID, paid("o1"));
    write(Topics.ORDER_PAID, paid("o2"));
    Polled then = pollUntil(shipping, () -> rows("SELECT 1 FROM paidonce_applied").size() == 3);
    assertThat(then).isEqualTo(new Polled(1, 0, 1, false));
    assertThat(shipped()).containsExactly("o2");
  }

  @Test
  void withoutThatWishEveryEventIsAppliedInWhateverOrder() throws Exception {
    ExactlyOnce books =
        opened("books", Map.of())
            .on(Topics.ORDER_PAID, ExactlyOnceIT::ship)
            .on(Topics.ORDER_REFUNDED, (connection, refunded) -> {});
    write(Topics.ORDER_REFUNDED, refunded("o1"));
    pollUntil(books, () -> rows("SELECT 1 FROM paidonce_applied").size() == 1);
    write(Topics.ORDER_PAID, paid("o1"));
    pollUntil(books, () -> shipped().size() == 1);
  }

  @Test
  void theFirstStartBeginsWhereItWasTold() throws Exception {
    write(Topics.ORDER_PAID, paid("o1"));
    await(() -> Instant.now().isAfter(from.plusMillis(50)));
    from = Instant.now();
    await(() -> Instant.now().isAfter(from));
    write(Topics.ORDER_PAID, paid("o2"));
    pollUntil(shipping(), () -> !shipped().isEmpty());
    assertThat(shipped()).containsExactly("o2");
  }

  @Test
  void whatCanNotBeReadStopsItsConsumerAndIsNotSkipped() throws Exception {
    ExactlyOnce shipping = shipping();
    ProducerRecord<byte[], byte[]> damaged =
        Topics.ORDER_PAID.record(shop + ":o1", paid("o1"), head("e"));
    damaged.headers().remove(EventHeaders.PAYLOAD_SHA256);
    damaged.headers().add(EventHeaders.PAYLOAD_SHA256, new byte[] {'0'});
    producer.send(damaged).get();
    for (int time = 1; time <= 2; time++) {
      assertThatThrownBy(() -> pollUntil(shipping, () -> false))
          .isInstanceOf(IllegalStateException.class)
          .hasMessageContaining("order-paid-")
          .hasMessageContaining("PAYLOAD_HASH_MISMATCH")
          .hasMessageContaining("not skipped");
    }
    assertThat(shipped()).isEmpty();
  }

  private ExactlyOnce shipping() {
    return opened("shipping", Map.of()).on(Topics.ORDER_PAID, ExactlyOnceIT::ship);
  }

  private ExactlyOnce shipping(String group) {
    return opened("shipping", Map.of("group.id", group + shop))
        .on(Topics.ORDER_PAID, ExactlyOnceIT::ship);
  }

  private ExactlyOnce opened(String name, Map<String, Object> settings) {
    Map<String, Object> kafka = new HashMap<>(KAFKA);
    kafka.put("group.id", name + shop);
    kafka.putAll(settings);
    ExactlyOnce opened = ExactlyOnce.open(name, kafka, database, from);
    open.add(opened);
    return opened;
  }

  private static void ship(Connection connection, OrderPaid paid) throws SQLException {
    try (PreparedStatement insert = connection.prepareStatement("INSERT INTO shipped VALUES (?)")) {
      insert.setString(1, paid.orderNo());
      insert.executeUpdate();
    }
  }

  private static Polled pollUntil(ExactlyOnce consumer, Callable<Boolean> done) {
    List<Polled> polls = new ArrayList<>();
    await(
        () -> {
          polls.add(consumer.poll(Duration.ofMillis(100)));
          return done.call();
        });
    return new Polled(
        polls.stream().mapToInt(Polled::applied).sum(),
        polls.stream().mapToInt(Polled::duplicates).sum(),
        polls.stream().mapToInt(Polled::overtaken).sum(),
        polls.stream().anyMatch(Polled::fenced));
  }

  private static void await(Callable<Boolean> done) {
    // A KafkaConsumer belongs to one thread.
    Awaitility.await()
        .pollInSameThread()
        .pollDelay(Duration.ZERO)
        .pollInterval(Duration.ofMillis(1))
        .atMost(Duration.ofSeconds(30))
        .until(done);
  }

  private <V extends OrderEvent> void write(Topic<V> topic, V event) throws Exception {
    producer.send(topic.record(event.order().toString(), event, head(event.eventId()))).get();
  }

  private EventHead head(String id) {
    return new EventHead(id, "/test", from, null);
  }

  private OrderPaid paid(String orderNo) {
    return new OrderPaid(
        1,
        "order-paid/" + shop + ":" + orderNo,
        shop,
        orderNo,
        2,
        1200,
        "CNY",
        "wechat",
        "a1",
        "t-" + orderNo,
        null,
        from);
  }

  private OrderRefunded refunded(String orderNo) {
    return new OrderRefunded(
        1,
        "order-refunded/" + shop + ":" + orderNo,
        shop,
        orderNo,
        4,
        1200,
        "CNY",
        "wechat",
        "a1",
        "t-" + orderNo,
        null,
        from);
  }

  private List<String> shipped() throws SQLException {
    return rows("SELECT order_no FROM shipped");
  }

  private List<String> rows(String query) throws SQLException {
    try (Connection connection = database.getConnection();
        Statement statement = connection.createStatement();
        ResultSet result = statement.executeQuery(query)) {
      List<String> rows = new ArrayList<>();
      while (result.next()) {
        rows.add(result.getString(1));
      }
      return rows;
    }
  }

  private void execute(String sql) throws SQLException {
    try (Connection connection = database.getConnection();
        Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }
}

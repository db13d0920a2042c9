package io.paidonce.verifier;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.paidonce.contract.OrderPaid;
import io.paidonce.contract.PaymentNotification;
import io.paidonce.contract.RecordCoordinates;
import io.paidonce.contract.Topic;
import io.paidonce.contract.Topics;
import io.paidonce.contract.TopicsAdmin;
import io.paidonce.localstack.LocalStack;
import io.paidonce.providers.Secret;
import java.io.IOException;
import java.io.InputStream;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ExecutionException;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.MethodOrderer.OrderAnnotation;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;

/** The whole check over a real broker and a real PostgreSQL. */
@TestMethodOrder(OrderAnnotation.class)
class VerificationIT {

  private static final Duration SOON = Duration.ofSeconds(10);

  private static Wechat wechat;
  private static LocalStack stack;
  private static Admin admin;
  private static KafkaProducer<byte[], byte[]> producer;
  private static String jdbcUrl;
  private static Connection connection;
  private static World world;
  private static Rows rows;

  @BeforeAll
  static void connect() throws Exception {
    wechat = new Wechat();
    stack = LocalStack.shared();
    Map<String, Object> servers = Map.of("bootstrap.servers", stack.kafka().bootstrapServers());
    admin = Admin.create(servers);
    producer = producer(Map.of("linger.ms", 0));
    jdbcUrl = stack.createDatabase("verification_it");
    connection =
        DriverManager.getConnection(jdbcUrl, stack.postgres().user(), stack.postgres().password());
    rows = new Rows(connection);
    new TopicsAdmin(admin, 1).apply();
    world = new World(wechat).withRefunds(wechat);
    world.write(VerificationIT::send);
  }

  @AfterAll
  static void disconnect() throws SQLException {
    producer.close();
    admin.close();
    connection.close();
  }

  @BeforeEach
  void writeTheRowsAndComeToRest() throws Exception {
    rows.run("DROP SCHEMA public CASCADE");
    rows.run("CREATE SCHEMA public");
    rows.run(ddl());
    rows.write(world);
    Map<TopicPartition, Long> ends = ends();
    commit(ends);
    rows.offsets(ends);
  }

  private static String ddl() throws IOException {
    try (InputStream in =
        Objects.requireNonNull(VerificationIT.class.getResourceAsStream("/read_store.sql"))) {
      return new String(in.readAllBytes(), UTF_8);
    }
  }

  private static KafkaProducer<byte[], byte[]> producer(Map<String, Object> settings) {
    Map<String, Object> config = new HashMap<>(settings);
    config.put("bootstrap.servers", stack.kafka().bootstrapServers());
    config.put("acks", "all");
    return new KafkaProducer<>(config, new ByteArraySerializer(), new ByteArraySerializer());
  }

  private static RecordCoordinates send(ProducerRecord<byte[], byte[]> record) {
    try {
      RecordMetadata stored = producer.send(record).get();
      return new RecordCoordinates(stored.topic(), stored.partition(), stored.offset());
    } catch (ExecutionException | InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  private static void commit(Map<TopicPartition, Long> offsets) throws Exception {
    Map<TopicPartition, OffsetAndMetadata> commits = new HashMap<>();
    offsets.forEach((partition, offset) -> commits.put(partition, new OffsetAndMetadata(offset)));
    admin.alterConsumerGroupOffsets(VerifierConfig.DEFAULT_STREAMS_GROUP, commits).all().get();
  }

  private static Map<TopicPartition, Long> ends() throws Exception {
    Map<TopicPartition, OffsetSpec> latest = new HashMap<>();
    for (Topic<?> topic : Topics.all()) {
      for (int i = 0; i < topic.partitions(); i++) {
        latest.put(new TopicPartition(topic.name(), i), OffsetSpec.latest());
      }
    }
    return admin.listOffsets(latest).all().get().entrySet().stream()
        .collect(Collectors.toMap(Map.Entry::getKey, e -> e.getValue().offset()));
  }

  private static Report run(Duration patience) {
    return Verification.run(
        new VerifierConfig(
            stack.kafka().bootstrapServers(),
            new VerifierConfig.ReadStoreLogin(
                jdbcUrl, stack.postgres().user(), Secret.of(stack.postgres().password())),
            wechat.configs(),
            null,
            VerifierConfig.DEFAULT_STREAMS_GROUP,
            patience,
            Wechat.NOW),
        wechat.evidence(),
        sentence -> {});
  }

  private static void assertOnly(Report report, Fault fault, long count) {
    Map<Fault, Long> found =
        report.faults().entrySet().stream()
            .filter(e -> e.getValue() != 0)
            .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));
    assertThat(found).as(String.join("\n", report.findings())).isEqualTo(Map.of(fault, count));
  }

  @Test
  void aCleanSystemPrintsZeros() throws Exception {

    Report report = run(SOON);

    assertThat(report.findings()).isEmpty();
    assertThat(report.toJson())
        .startsWith(
            "{\"callbacks_sent\":null,\"acknowledged\":null,\"raw_records\":14,\"orders_placed\":6,"
                + "\"orders_paid\":3,\"orders_refunded\":2,\"lost\":0,\"paid_twice\":0,\"forged\":0,\"undisposed\":0,"
                + "\"projection_diff\":0,\"exceptions\":{\"LATE_PAYMENT\":1,\"UNKNOWN_ORDER\":1},")
        .endsWith("\"quiesced\":true,\"holds\":true}");
  }

  @Test
  void aChangedCellOfEachTableIsFoundAndNamed() throws Exception {
    rows.run("UPDATE orders SET status = 'PENDING' WHERE order_no = 'ORDER-1'");
    rows.run(
        "UPDATE order_transitions SET source_offset = 9 WHERE order_no = 'ORDER-1' AND version = 2");
    rows.run("UPDATE payments SET witness = 'QUERY' WHERE order_no = 'ORDER-1'");
    rows.run("UPDATE order_balances SET suspense_minor = 1 WHERE order_no = 'ORDER-1'");
    rows.run(
        "UPDATE notification_receipts SET key_ids = key_ids || ARRAY['k3'] WHERE identity LIKE '%0001'");
    rows.run(
        "UPDATE order_paid SET paid_at = paid_at + interval '1 microsecond'"
            + " WHERE order_no = 'ORDER-1'");
    rows.run("UPDATE order_cancelled SET actor = 'nobody'");
    rows.run("UPDATE payments SET refunded_minor = 0 WHERE order_no = 'ORDER-16'");
    rows.run("UPDATE order_balances SET refunded_minor = 0 WHERE order_no = 'ORDER-16'");
    rows.run("UPDATE refunds SET merchant_refund_no = NULL WHERE order_no = 'ORDER-16'");
    rows.run("UPDATE order_refunded SET refunded_at = NULL WHERE order_no = 'ORDER-15'");
    rows.run("UPDATE order_commands SET actor = 'nobody' WHERE command_id = 'cancel-3'");
    rows.run("UPDATE command_outcomes SET result = 'REFUSED'");
    rows.run("UPDATE deliveries SET key_id = 'another' WHERE transaction_id = '4200000002'");
    rows.run(
        "UPDATE provider_requests SET attempt = 2,"
            + " combined = jsonb_set(combined, '{orders,1,merchant}', '\"another\"')");
    rows.run("UPDATE dead_letters SET detail = '' WHERE source_topic IS NULL");
    rows.run("UPDATE dead_letter_redrives SET times = 2");
    rows.run("UPDATE rejections SET body_bytes = 4");
    rows.run(
        "UPDATE payment_exceptions SET evidence = evidence || '{\"paidMinor\": \"1\"}'"
            + " WHERE order_no = 'ORDER-2'");

    Report report = run(SOON);

    assertOnly(report, Fault.PROJECTION_DIFF, 19);
    assertThat(report.findings())
        .anyMatch(f -> f.contains("of order_commands differs: actor is nobody"))
        .anyMatch(f -> f.contains("of command_outcomes differs: result is REFUSED"))
        .anyMatch(f -> f.contains("of deliveries differs: key_id is another"))
        .anyMatch(
            f ->
                f.contains("of provider_requests differs: attempt is 2")
                    && f.contains("combined is wechat"))
        .anyMatch(f -> f.contains("of dead_letters differs: detail is"))
        .anyMatch(f -> f.contains("of dead_letter_redrives differs: times is 2"))
        .anyMatch(f -> f.contains("of rejections differs: body_bytes is 4"))
        .anyMatch(
            f ->
                f.contains("[s1, ORDER-1] of orders")
                    && f.contains("status is PENDING, the topics say PAID"))
        .anyMatch(f -> f.contains("order_transitions") && f.contains("differs: source_offset is"))
        .anyMatch(f -> f.contains("payments") && f.contains("differs: witness is"))
        .anyMatch(f -> f.contains("order_balances") && f.contains("differs: suspense_minor is"))
        .anyMatch(f -> f.contains("notification_receipts") && f.contains("differs: key_ids is"))
        .anyMatch(f -> f.contains("order_paid") && f.contains("differs: paid_at is"))
        .anyMatch(f -> f.contains("order_cancelled") && f.contains("differs: actor is"))
        .anyMatch(f -> f.contains("payments") && f.contains("differs: refunded_minor is"))
        .anyMatch(f -> f.contains("order_balances") && f.contains("differs: refunded_minor is"))
        .anyMatch(f -> f.contains("of refunds differs: merchant_refund_no is"))
        .anyMatch(f -> f.contains("order_refunded") && f.contains("differs: refunded_at is"))
        .anyMatch(f -> f.contains("payment_exceptions") && f.contains("differs: evidence is"));
  }

  @Test
  void aMissingRowAndARowTooManyAreFoundAndNamed() throws Exception {
    rows.run("DELETE FROM payments WHERE order_no = 'ORDER-1'");
    rows.run("UPDATE order_paid SET order_no = 'ORDER-7' WHERE order_no = 'ORDER-1'");
    rows.run("DELETE FROM refunds WHERE outcome = 'ABNORMAL'");
    rows.run("UPDATE refunds SET identity_total_minor = 7 WHERE order_no = 'ORDER-16'");
    rows.run("DELETE FROM order_refunded WHERE order_no = 'ORDER-17'");

    Report report = run(SOON);

    assertOnly(report, Fault.PROJECTION_DIFF, 7);
    assertThat(report.findings())
        .anyMatch(f -> f.contains("4200000001") && f.endsWith("of payments is missing"))
        .anyMatch(f -> f.endsWith("[s1, ORDER-1] of order_paid is missing"))
        .anyMatch(f -> f.contains("R2, ABNORMAL, 0,") && f.endsWith("of refunds is missing"))
        .anyMatch(f -> f.contains("FULL, SUCCEEDED, 500,") && f.endsWith("of refunds is missing"))
        .anyMatch(f -> f.endsWith("[s1, ORDER-17] of order_refunded is missing"))
        .anyMatch(f -> f.endsWith("[s1, ORDER-7] of order_paid is made by no visible record"));
  }

  @Test
  void aRowWhoseRecordIsPastItsTimeIsNoDifferenceAndOneWhoseRecordNeverWasIs() throws Exception {
    rows.run(
        "INSERT INTO rejections SELECT log_partition, 1000000, delivery_id, protocol, account,"
            + " rejection, explanation, body_sha256, body_bytes, at FROM rejections");
    rows.run(
        "INSERT INTO rejections SELECT log_partition, -1, delivery_id, protocol, account,"
            + " rejection, explanation, body_sha256, body_bytes, at FROM rejections LIMIT 1");

    Report report = run(SOON);

    assertOnly(report, Fault.PROJECTION_DIFF, 1);
    assertThat(report.findings())
        .anyMatch(f -> f.contains("1000000] of rejections is made by no visible record"));
  }

  @Test
  void whatAnAbortedTransactionWroteIsSeenByNobodyAndHoldsNobodyUp() throws Exception {
    try (KafkaProducer<byte[], byte[]> aborting =
        producer(Map.of("transactional.id", "aborting"))) {
      aborting.initTransactions();
      aborting.beginTransaction();
      aborting.send(World.record(Topics.ORDER_PAID, "s1:ORDER-1", world.paid.get(0))).get();
      aborting.abortTransaction();
    }

    // Neither group nor projector stands behind the aborted record: there is nothing to read.
    assertThat(run(SOON).findings()).isEmpty();
  }

  @Test
  void anOpenTransactionIsNotTakenForRest() throws Exception {
    try (KafkaProducer<byte[], byte[]> open = producer(Map.of("transactional.id", "open"))) {
      open.initTransactions();
      open.beginTransaction();
      open.send(World.record(Topics.ORDER_PAID, "s1:ORDER-1", world.paid.get(0))).get();

      Report report = run(Duration.ofMillis(500));

      assertOnly(report, Fault.NOT_QUIESCED, 2);
      assertThat(report.findings())
          .anyMatch(f -> f.contains("transaction open is Ongoing"))
          .anyMatch(f -> f.contains("order-paid") && f.contains("no transaction has ended"));
      assertThat(report.toJson()).endsWith("\"quiesced\":false,\"holds\":false}");
      open.abortTransaction();
    }
  }

  @Test
  void aGroupThatIsBehindIsNotAtRest() throws Exception {
    TopicPartition behind =
        ends().entrySet().stream()
            .filter(e -> e.getKey().topic().equals("payment-notifications") && e.getValue() > 0)
            .findFirst()
            .orElseThrow()
            .getKey();
    commit(Map.of(behind, 0L));

    Report report = run(Duration.ofMillis(500));

    assertOnly(report, Fault.NOT_QUIESCED, 1);
    assertThat(report.findings())
        .singleElement()
        .asString()
        .contains("group paidonce-dedup-streams is at offset 0 of " + behind);
  }

  @Test
  void aProjectorThatIsBehindIsNotAtRest() throws Exception {
    rows.run("DELETE FROM projector_offsets WHERE topic IN ('order-cancelled', 'order-refunded')");

    Report report = run(Duration.ofMillis(500));

    assertOnly(report, Fault.NOT_QUIESCED, report.findings().size());
    assertThat(report.findings())
        .allMatch(f -> f.contains("the projector is at offset 0 of order-"))
        .anyMatch(f -> f.contains("order-cancelled"))
        .anyMatch(f -> f.contains("order-refunded"));
  }

  /** Last, since what it writes stays. */
  @Test
  @Order(Integer.MAX_VALUE)
  void plantedFaultsAreFoundInTheTopics() throws Exception {
    PaymentNotification forged = Wechat.forged(world.notifications.get(0));
    // A projector has no keys and keeps it like any other delivery.
    world.places.put(
        send(World.record(Topics.PAYMENT_NOTIFICATIONS, forged.key(), forged)), forged);
    OrderPaid twice = world.paid.get(0);
    send(World.record(Topics.ORDER_PAID, twice.order().toString(), twice));
    writeTheRowsAndComeToRest();

    Report report = run(SOON);

    assertThat(report.count(Fault.FORGED)).isEqualTo(1);
    assertThat(report.count(Fault.UNDISPOSED)).isEqualTo(1);
    assertThat(report.count(Fault.PAID_TWICE)).isEqualTo(1);
    assertThat(report.findings()).hasSize(3);
  }
}

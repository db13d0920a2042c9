package io.paidonce.reconciler.proof;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.paidonce.contract.EventHead;
import io.paidonce.contract.Money;
import io.paidonce.contract.OrderCommand;
import io.paidonce.contract.OrderInput;
import io.paidonce.contract.OrderKey;
import io.paidonce.contract.OrderTransition;
import io.paidonce.contract.PaymentNotification;
import io.paidonce.contract.RecordCoordinates;
import io.paidonce.contract.Topic;
import io.paidonce.contract.Topics;
import io.paidonce.contract.TopicsAdmin;
import io.paidonce.launcher.Launcher;
import io.paidonce.ledger.Decision;
import io.paidonce.ledger.Intake;
import io.paidonce.ledger.Ledgers;
import io.paidonce.ledger.OrderLedger;
import io.paidonce.ledger.Reception;
import io.paidonce.ledger.TimeToPay;
import io.paidonce.localstack.LocalKafka;
import io.paidonce.localstack.LocalPostgres;
import io.paidonce.providers.alipay.AlipayConfig;
import io.paidonce.reconciler.replay.MemoryLog;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AlterConfigOp;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.flywaydb.core.Flyway;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * How long a bundle takes where its records stand among millions: {@code
 * -Dpaidonce.prove.records=10000000} of each topic that is searched. The figures are printed, with
 * those of the command as a process of its own; no bound is asserted, since they are the machine's.
 */
class LongProveIT {

  private static final int RECORDS = Integer.getInteger("paidonce.prove.records", 1_000_000);
  private static final int RUNS = 5;
  private static final OrderKey ORDER = SignedTraffic.ALIPAY;
  private static final List<Topic<?>> LONG =
      List.of(Topics.PAYMENT_NOTIFICATIONS, Topics.ORDER_INPUTS, Topics.ORDER_TRANSITIONS);

  @TempDir private Path directory;

  @Test
  @Tag("proof")
  void aBundleIsMadeAmongMillionsOfRecords() throws Exception {
    try (LocalKafka kafka = LocalKafka.startProcess(directory.resolve("kafka"));
        LocalPostgres postgres = LocalPostgres.start(directory.resolve("postgres"));
        Admin admin = Admin.create(Map.of("bootstrap.servers", kafka.bootstrapServers()))) {
      new TopicsAdmin(admin, 1).apply();
      leaveFlushingToTheKernel(admin);
      Flyway.configure()
          .dataSource(postgres.jdbcUrl(), postgres.user(), postgres.password())
          .locations("classpath:db/migration")
          .load()
          .migrate();
      Path config = config(kafka, postgres);
      try (Producer<byte[], byte[]> producer = producer(kafka);
          Connection database =
              DriverManager.getConnection(
                  postgres.jdbcUrl(), postgres.user(), postgres.password())) {
        awaitLeaders(producer);
        fill(producer, RECORDS / 2);
        anOrder(producer, database);
        fill(producer, RECORDS - RECORDS / 2);
      }
      for (int i = 0; i < RUNS; i++) {
        Path bundle = directory.resolve("proof-" + i + ".zip");
        long began = System.nanoTime();
        int exit =
            Launcher.commandLine()
                .execute("prove", ORDER.toString(), "--config=" + config, "--out=" + bundle);
        long inProcess = (System.nanoTime() - began) / 1_000_000;
        assertThat(exit).isZero();
        assertThat(ProofCheck.check(bundle).outcome()).isEqualTo(ProofReport.Outcome.HOLDS);
        long asProcess = asProcess(config, directory.resolve("process-" + i + ".zip"));
        System.out.printf(
            "prove among %,d records of each topic: %d ms as a process, %d ms of them without its"
                + " start%n",
            RECORDS, asProcess, inProcess);
      }
    }
  }

  // What is filled in is not what is measured, and a forced append of each batch takes long.
  private static void leaveFlushingToTheKernel(Admin admin) throws Exception {
    for (Topic<?> topic : LONG) {
      admin
          .incrementalAlterConfigs(
              Map.of(
                  new ConfigResource(ConfigResource.Type.TOPIC, topic.name()),
                  List.of(
                      new AlterConfigOp(
                          new ConfigEntry("flush.messages", Long.toString(Long.MAX_VALUE)),
                          AlterConfigOp.OpType.SET))))
          .all()
          .get();
    }
  }

  private static Producer<byte[], byte[]> producer(LocalKafka kafka) {
    return new KafkaProducer<>(
        Map.of(
            "bootstrap.servers",
            kafka.bootstrapServers(),
            "acks",
            "all",
            // Whether one of the others is there twice is the same to this order.
            "enable.idempotence",
            false,
            "linger.ms",
            20,
            "batch.size",
            131_072,
            "buffer.memory",
            268_435_456L,
            "compression.type",
            "lz4"),
        new ByteArraySerializer(),
        new ByteArraySerializer());
  }

  // A flood before each new partition has its leader is sent again and again.
  private static void awaitLeaders(Producer<byte[], byte[]> producer) throws Exception {
    for (Topic<?> topic : LONG) {
      for (int i = 0; i < topic.partitions(); i++) {
        producer.send(new ProducerRecord<>(topic.name(), i, new byte[1], new byte[1])).get();
      }
    }
  }

  /** Records of other orders: 600 bytes that a reader of this order passes by their key. */
  @SuppressWarnings("FutureReturnValueIgnored") // flush waits, and the measure would fail
  private static void fill(Producer<byte[], byte[]> producer, int records) {
    byte[] value = new byte[600];
    new Random(7).nextBytes(value);
    for (int i = 0; i < records; i++) {
      byte[] key = ("other:" + i).getBytes(UTF_8);
      for (Topic<?> topic : LONG) {
        producer.send(new ProducerRecord<>(topic.name(), i % topic.partitions(), key, value));
      }
    }
    producer.flush();
  }

  /** As an order service, the gateway, streams and the projector would write it. */
  private void anOrder(Producer<byte[], byte[]> producer, Connection database) throws Exception {
    MemoryLog played = SignedTraffic.play(directory.resolve("state"));
    PaymentNotification told =
        Topics.PAYMENT_NOTIFICATIONS.read(
            played.records(Topics.PAYMENT_NOTIFICATIONS).get(1).headers(),
            played.records(Topics.PAYMENT_NOTIFICATIONS).get(1).value());
    OrderCommand command =
        OrderCommand.place(ORDER, Money.of(1200, "CNY"), "place", "shop", SignedTraffic.START);
    RecordMetadata placed =
        send(producer, Topics.ORDER_COMMANDS, ORDER.toString(), command, "place");
    RecordMetadata paid =
        send(producer, Topics.PAYMENT_NOTIFICATIONS, told.key(), told, told.deliveryId());
    List<OrderInput> inputs = new ArrayList<>();
    inputs.add(
        first(
            Intake.receive(
                null,
                command,
                TimeToPay.DEFAULT,
                Instant.ofEpochMilli(placed.timestamp()),
                at(placed))));
    inputs.add(first(Intake.receive(null, told, at(paid))));
    OrderLedger state = OrderLedger.unknown(ORDER);
    for (OrderInput input : inputs) {
      send(producer, Topics.ORDER_INPUTS, ORDER.toString(), input, input.inputId());
      Decision.Advance advance = (Decision.Advance) Ledgers.apply(state, input);
      state = advance.after();
      OrderTransition made = advance.transition();
      send(producer, Topics.ORDER_TRANSITIONS, ORDER.toString(), made, made.eventId());
      change(database, made);
    }
    row(
        database,
        "INSERT INTO orders (shop, order_no, version, status, updated_at) VALUES (?, ?, 2, 'PAID',"
            + " ?)",
        ORDER.shop(),
        ORDER.orderNo(),
        Timestamp.from(told.receivedAt()));
    row(
        database,
        "INSERT INTO order_commands (log_partition, log_offset, shop, order_no, command_id, kind,"
            + " actor, issued_at) VALUES (?, ?, ?, ?, 'place', 'PLACE', 'shop', ?)",
        placed.partition(),
        placed.offset(),
        ORDER.shop(),
        ORDER.orderNo(),
        Timestamp.from(command.issuedAt()));
    row(
        database,
        "INSERT INTO deliveries (log_partition, log_offset, delivery_id, provider, account,"
            + " protocol, shop, order_no, kind, event_type, authentication, witness, key_id,"
            + " received_at) VALUES (?, ?, ?, 'alipay', ?, 'alipay', ?, ?, 'PAYMENT', ?, 'SIGNED',"
            + " 'CALLBACK', ?, ?)",
        paid.partition(),
        paid.offset(),
        told.deliveryId(),
        told.account(),
        ORDER.shop(),
        ORDER.orderNo(),
        told.eventType(),
        told.evidence().keyId(),
        Timestamp.from(told.receivedAt()));
  }

  private static void change(Connection database, OrderTransition made) throws SQLException {
    row(
        database,
        "INSERT INTO order_transitions (shop, order_no, version, from_status, to_status, input_id,"
            + " cause, at, source_topic, source_partition, source_offset) VALUES (?, ?, ?, ?, ?, ?,"
            + " ?, ?, ?, ?, ?)",
        made.shop(),
        made.orderNo(),
        made.version(),
        made.from().name(),
        made.to().name(),
        made.inputId(),
        made.cause().name(),
        Timestamp.from(made.at()),
        made.source().topic(),
        made.source().partition(),
        made.source().offset());
  }

  private static void row(Connection database, String sql, Object... values) throws SQLException {
    try (PreparedStatement insert = database.prepareStatement(sql)) {
      for (int i = 0; i < values.length; i++) {
        insert.setObject(i + 1, values[i]);
      }
      insert.executeUpdate();
    }
  }

  private static OrderInput first(Reception<?> reception) {
    return ((Reception.First<?>) reception).input();
  }

  private static RecordCoordinates at(RecordMetadata stored) {
    return new RecordCoordinates(stored.topic(), stored.partition(), stored.offset());
  }

  private static <V> RecordMetadata send(
      Producer<byte[], byte[]> producer, Topic<V> topic, String key, V value, String id)
      throws Exception {
    return producer
        .send(topic.record(key, value, new EventHead(id, "/test", SignedTraffic.START, null)))
        .get();
  }

  private Path config(LocalKafka kafka, LocalPostgres postgres) throws IOException {
    AlipayConfig alipay = (AlipayConfig) SignedTraffic.ALIPAY_CONFIG;
    return Files.writeString(
        directory.resolve("config.yaml"),
        String.join(
            "\n",
            "kafka: {bootstrapServers: \"" + kafka.bootstrapServers() + "\", replicationFactor: 1}",
            "projector:",
            "  jdbcUrl: " + postgres.jdbcUrl(),
            "  user: " + postgres.user(),
            "  password: \"" + postgres.password() + "\"",
            "shops: [{id: tea}]",
            "accounts:",
            "  - protocol: alipay",
            "    id: \"" + alipay.id() + "\"",
            "    shop: tea",
            "    sellerId: \"" + alipay.sellerId() + "\"",
            "    alipayPublicKeys: [\"" + alipay.alipayPublicKeys().get(0) + "\"]",
            ""));
  }

  private long asProcess(Path config, Path bundle) throws IOException, InterruptedException {
    long began = System.nanoTime();
    Process process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                // As ./paidonce does, but for its archive of classes: that one takes jars only.
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-cp",
                System.getProperty("java.class.path"),
                Launcher.class.getName(),
                "prove",
                ORDER.toString(),
                "--config=" + config,
                "--out=" + bundle)
            .redirectErrorStream(true)
            .redirectOutput(directory.resolve("prove.log").toFile())
            .start();
    int exit = process.waitFor();
    long took = (System.nanoTime() - began) / 1_000_000;
    assertThat(exit).as(Files.readString(directory.resolve("prove.log"))).isZero();
    return took;
  }
}

package io.paidonce.streams;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.paidonce.contract.ExceptionCase;
import io.paidonce.contract.ExceptionKind;
import io.paidonce.contract.NotificationReceipt;
import io.paidonce.contract.OnDeadline;
import io.paidonce.contract.OrderEvent;
import io.paidonce.contract.OrderPaid;
import io.paidonce.contract.Topic;
import io.paidonce.contract.Topics;
import io.paidonce.contract.TopicsAdmin;
import io.paidonce.contract.UnreadableRecordException;
import io.paidonce.ledger.TimeToPay;
import io.paidonce.localstack.LocalStack;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AlterConfigOp;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.errors.RecordTooLargeException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;

/** The topology on a real broker. The unsafe cluster comes last: it spoils the topics. */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class DedupStreamsIT {

  private static final Duration SOON = Duration.ofSeconds(60);

  // Intake is busy with it for longer than it takes until deadlines are first looked at.
  private static final int BACKLOG = 10_000;

  @TempDir private static Path stateDir;
  private static String bootstrap;
  private static Admin admin;
  private static KafkaProducer<byte[], byte[]> producer;

  @BeforeAll
  static void startBroker() {
    bootstrap = LocalStack.shared().kafka().bootstrapServers();
    admin = Admin.create(Map.of("bootstrap.servers", bootstrap));
    new TopicsAdmin(admin, 1).apply();
    producer =
        new KafkaProducer<>(
            Map.of(
                ProducerConfig.BOOTSTRAP_SERVERS_CONFIG,
                bootstrap,
                ProducerConfig.ACKS_CONFIG,
                "all"),
            new ByteArraySerializer(),
            new ByteArraySerializer());
  }

  @AfterAll
  static void closeClients() {
    producer.close();
    admin.close();
  }

  @Test
  @Order(1)
  void aDuplicateAfterARestartIsStillADuplicate() throws Exception {
    try (DedupStreams streams = DedupStreamsMain.start(config())) {
      await().atMost(SOON).until(streams::isReady);
      send(Given.placed("restart", 1200));
      send(Given.paid("restart-1", "restart", 1200));
      awaitPaid("restart");
    }
    try (DedupStreams streams = DedupStreamsMain.start(config())) {
      await().atMost(SOON).until(streams::isReady);
      send(Given.paid("restart-1", "restart", 1200));
      send(Given.placed("after", 700));
      send(Given.paid("after-1", "after", 700));
      awaitPaid("after");
      await().atMost(SOON).until(() -> deliveries("wechat:a1:payment:restart-1") == 2);
    }
    assertThat(paid("restart")).hasSize(1);
  }

  @Test
  @Order(2)
  void readinessAndMetricsAreServed() throws Exception {
    try (DedupStreams streams = DedupStreamsMain.start(config())) {
      await().atMost(SOON).until(() -> status(streams, "/health/ready") == 200);
      assertThat(status(streams, "/health/live")).isEqualTo(200);
      assertThat(get(streams, "/metrics").body())
          .contains("paidonce_intake_received_total{outcome=\"duplicate\"}")
          .contains("kafka_stream");
      assertThat(streams.failure()).isNotDone();
    }
  }

  @Test
  @Order(3)
  void theManagementPortInUseIsNamed() {
    try (DedupStreams streams = DedupStreamsMain.start(config())) {
      DedupStreamsConfig second =
          new DedupStreamsConfig(
              bootstrap,
              "second",
              stateDir.resolve("second").toString(),
              1,
              1,
              0,
              null,
              32,
              null,
              streams.managementPort());
      assertThatThrownBy(() -> DedupStreamsMain.start(second))
          .hasMessageContaining("managementPort")
          .hasMessageContaining(Integer.toString(streams.managementPort()));
    }
  }

  /**
   * Going on would commit the payment's input without its order-paid (P39). Two guards stand before
   * that: the handler says stop ({@link ProductionErrorsTest}), and a transaction that lost a
   * record can't be committed, whatever a handler says.
   */
  @Test
  @Order(4)
  void whatTheBrokerRefusesStopsTheTopologyAndIsWrittenAfterTheCauseIsMended() throws Exception {
    try (DedupStreams streams = DedupStreamsMain.start(config())) {
      await().atMost(SOON).until(streams::isReady);
      // Less than the record and more than the marker of a transaction, which must pass.
      largestOrderPaid("200");
      send(Given.placed("refused", 1200));
      send(Given.paid("refused-1", "refused", 1200));
      assertThat(streams.failure().get(60, TimeUnit.SECONDS))
          .hasRootCauseInstanceOf(RecordTooLargeException.class);
    }
    assertThat(paid("refused")).isEmpty();
    largestOrderPaid(Integer.toString(Topics.ORDER_PAID.maxMessageBytes()));
    try (DedupStreams streams = DedupStreamsMain.start(config())) {
      await().atMost(SOON).until(streams::isReady);
      awaitPaid("refused");
    }
    assertThat(paid("refused")).hasSize(1);
  }

  /**
   * The outage that closes paid orders where a timer asks the clock: deadlines pass while nobody
   * reads, and payments that met them wait behind a backlog.
   */
  @Test
  @Order(5)
  void whatWasPaidInTimeIsNotCancelledAfterAnOutageAndWhatWasNotIs() throws Exception {
    DedupStreamsConfig soon =
        config()
            .withTimesToPay(Map.of("s1", new TimeToPay(Duration.ofSeconds(2), OnDeadline.LOCAL)));
    try (DedupStreams streams = DedupStreamsMain.start(soon)) {
      await().atMost(SOON).until(streams::isReady);
      // Its due time is in the store when the outage begins.
      send(Given.placed("outage-1", 1200));
      await().atMost(SOON).until(() -> !outage(Topics.ORDER_TRANSITIONS).isEmpty());
    }
    for (int i = 0; i < 40; i++) {
      send(Given.placed("outage-" + i, 1200));
    }
    List<Future<?>> sent = new ArrayList<>();
    for (int i = 0; i < BACKLOG; i++) {
      sent.add(producer.send(Given.paid("backlog-" + i, "nobody-" + i, 1)));
    }
    for (int i = 0; i < 40; i += 2) {
      sent.add(producer.send(Given.paid("outage-" + i, "outage-" + i, 1200)));
    }
    for (Future<?> one : sent) {
      one.get();
    }
    Instant allAreOver = Instant.now().plusSeconds(2).plus(LedgerProcessor.UNTIL_STORED);
    await().atMost(SOON).until(() -> Instant.now().isAfter(allAreOver));
    try (DedupStreams streams = DedupStreamsMain.start(soon)) {
      await().atMost(SOON).until(() -> outage(Topics.ORDER_CANCELLED).size() >= 20);
      requireThatOnlyUnpaidOnesAreCancelled();
      await().atMost(SOON).until(() -> outage(Topics.ORDER_PAID).size() == 20);
      assertThat(get(streams, "/metrics").body())
          // More than twenty where the ledger had yet to fold what stands before them.
          .containsPattern("paidonce_deadlines_due_total [1-9][0-9]")
          .containsPattern("paidonce_deadlines_behind_seconds [0-9]");
    }
    requireThatOnlyUnpaidOnesAreCancelled();
    assertThat(outage(Topics.PAYMENT_EXCEPTIONS))
        .extracting(ExceptionCase::kind)
        .doesNotContain(ExceptionKind.LATE_PAYMENT);
  }

  private static void requireThatOnlyUnpaidOnesAreCancelled() {
    assertThat(outage(Topics.ORDER_CANCELLED))
        .hasSize(20)
        .allSatisfy(c -> assertThat(number(c.orderNo()) % 2).isEqualTo(1));
  }

  private static <V> List<V> outage(Topic<V> topic) {
    return committed(topic).stream().filter(v -> orderNo(v).startsWith("outage-")).toList();
  }

  private static String orderNo(Object value) {
    return value instanceof OrderEvent event
        ? event.order().orderNo()
        : ((ExceptionCase) value).orderNo();
  }

  private static int number(String orderNo) {
    return Integer.parseInt(orderNo.substring(orderNo.indexOf('-') + 1));
  }

  private static void largestOrderPaid(String bytes) throws Exception {
    admin
        .incrementalAlterConfigs(
            Map.of(
                new ConfigResource(ConfigResource.Type.TOPIC, Topics.ORDER_PAID.name()),
                List.of(
                    new AlterConfigOp(
                        new ConfigEntry("max.message.bytes", bytes), AlterConfigOp.OpType.SET))))
        .all()
        .get();
  }

  @Test
  @Order(6)
  void anUnsafeClusterIsRefusedWithTheSettingAndTheFix() throws Exception {
    admin.deleteTopics(List.of(Topics.ORDER_PAID.name())).all().get();
    await()
        .atMost(SOON)
        .until(() -> !admin.listTopics().names().get().contains(Topics.ORDER_PAID.name()));
    assertThatThrownBy(() -> DedupStreamsMain.start(config()))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("order-paid does not exist; run: paidonce topics apply");
  }

  private static DedupStreamsConfig config() {
    return new DedupStreamsConfig(
        bootstrap, "dedup-it", stateDir.resolve("first").toString(), 2, 1, 0, null, 64, null, 0);
  }

  private static void send(ProducerRecord<byte[], byte[]> record)
      throws ExecutionException, InterruptedException {
    producer.send(record).get();
  }

  private static void awaitPaid(String orderNo) {
    await().atMost(SOON).until(() -> !paid(orderNo).isEmpty());
  }

  private static List<OrderPaid> paid(String orderNo) {
    return committed(Topics.ORDER_PAID).stream().filter(p -> p.orderNo().equals(orderNo)).toList();
  }

  private static long deliveries(String identity) {
    return committed(Topics.NOTIFICATION_RECEIPTS).stream()
        .filter(r -> r.identity().equals(identity))
        .mapToLong(NotificationReceipt::deliveries)
        .max()
        .orElse(0);
  }

  private static <V> List<V> committed(Topic<V> topic) {
    Map<String, Object> settings =
        Map.of(
            ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG,
            bootstrap,
            ConsumerConfig.ISOLATION_LEVEL_CONFIG,
            "read_committed");
    try (KafkaConsumer<byte[], byte[]> consumer =
        new KafkaConsumer<>(settings, new ByteArrayDeserializer(), new ByteArrayDeserializer())) {
      List<TopicPartition> partitions =
          consumer.partitionsFor(topic.name()).stream()
              .map(p -> new TopicPartition(p.topic(), p.partition()))
              .toList();
      consumer.assign(partitions);
      consumer.seekToBeginning(partitions);
      Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
      List<V> values = new ArrayList<>();
      while (ends.entrySet().stream().anyMatch(e -> consumer.position(e.getKey()) < e.getValue())) {
        for (ConsumerRecord<byte[], byte[]> record : consumer.poll(Duration.ofMillis(200))) {
          values.add(topic.read(record.headers(), record.value()));
        }
      }
      return values;
    } catch (UnreadableRecordException e) {
      throw new AssertionError("the topology wrote what it can't read", e);
    }
  }

  private static int status(DedupStreams streams, String path) throws Exception {
    return get(streams, path).statusCode();
  }

  private static HttpResponse<String> get(DedupStreams streams, String path) throws Exception {
    return HttpClient.newHttpClient()
        .send(
            HttpRequest.newBuilder(
                    URI.create("http://127.0.0.1:" + streams.managementPort() + path))
                .build(),
            HttpResponse.BodyHandlers.ofString());
  }
}

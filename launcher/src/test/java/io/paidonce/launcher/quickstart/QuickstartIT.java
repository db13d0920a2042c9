package io.paidonce.launcher.quickstart;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.paidonce.contract.DeadLetter;
import io.paidonce.contract.OrderPaid;
import io.paidonce.contract.Topics;
import io.paidonce.contract.UnreadableRecordException;
import io.paidonce.launcher.Canaries;
import io.paidonce.launcher.LogWatch;
import io.paidonce.launcher.config.InvalidConfigException;
import io.paidonce.launcher.orders.KafkaOrderCommands;
import io.paidonce.launcher.orders.OrderCommands;
import io.paidonce.launcher.orders.OrdersImport;
import io.paidonce.simulator.SimulationResult;
import io.paidonce.verifier.Report;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** The whole road in one process: signed callbacks in, records and rows out, and the checker. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class QuickstartIT {

  private static final int ORDERS = 60;

  private final ByteArrayOutputStream shown = new ByteArrayOutputStream();
  private final Console console = new Console(new PrintStream(shown, true, UTF_8), false);
  private final HttpClient http = HttpClient.newHttpClient();
  private final LogWatch logged = LogWatch.open();
  private Path directory;
  private Quickstart quickstart;
  private SimulationResult played;

  @BeforeAll
  void startAndPlay(@TempDir Path temporary) throws Exception {
    directory = temporary.resolve("quick start");
    quickstart = Quickstart.start(settings(), console);
    played = quickstart.demo().play(1, ORDERS, console);
  }

  @AfterAll
  void stop() {
    Canaries canaries = Canaries.of(directory.resolve("keys"));
    quickstart.close();
    logged.close();
    assertThat(quickstart.config()).doesNotExist();
    // The last word: whatever the tests before caused, nothing of it was logged or shown.
    canaries.assertAbsent("the log", logged.text());
    canaries.assertAbsent("the console", shown.toString(UTF_8));
  }

  @Test
  void noSecretAndNoPersonShowsInMetricsRefusalsOrDeadLetters() throws Exception {
    Canaries canaries = Canaries.of(directory.resolve("keys"));
    for (String url : quickstart.metricsUrls().values()) {
      canaries.assertAbsent(
          url,
          http.send(
                  HttpRequest.newBuilder(URI.create(url)).build(),
                  HttpResponse.BodyHandlers.ofString())
              .body());
    }
    List<ConsumerRecord<byte[], byte[]>> refusals = committed(Topics.REJECTIONS.name());
    assertThat(refusals).as("the demo sends forged callbacks").isNotEmpty();
    for (ConsumerRecord<byte[], byte[]> refusal : refusals) {
      canaries.assertAbsent("a refusal", refusal + new String(refusal.value(), UTF_8));
    }
    for (ConsumerRecord<byte[], byte[]> kept : committed(Topics.DEAD_LETTERS.name())) {
      DeadLetter letter = Topics.DEAD_LETTERS.read(kept.headers(), kept.value());
      // All but its original, which must be there whole to be driven again.
      canaries.assertAbsent("a dead letter", letter + letter.detail() + letter.headers());
    }
  }

  private QuickstartSettings settings() {
    return new QuickstartSettings(directory, Optional.empty(), false, QuickstartPorts.free());
  }

  @Test
  void thePromiseHoldsAfterTheDemo() throws Exception {
    Report report = QuickstartRun.verify(quickstart);
    assertThat(report.findings()).isEmpty();
    assertThat(report.holds()).isTrue();
    assertThat(report.callbacksSent()).isEqualTo(played.callbacksSent());
    assertThat(report.ordersPlaced()).isGreaterThanOrEqualTo(played.ordersPlaced());
    assertThat(report.ordersPaid()).isPositive();
    assertThat(report.exceptions()).isNotEmpty();
    new Summary(console).verdict(report);
    assertThat(shown.toString(UTF_8)).contains("The promise holds.");
  }

  @Test
  void whatWasPaidIsNotCancelledThoughNoCallbackCame() throws Exception {
    LostCallbacks.Ended ended = quickstart.lostCallbacks().orElseThrow().play();
    assertThat(ended).isEqualTo(new LostCallbacks.Ended(4, 4));
    assertThat(QuickstartRun.verify(quickstart).findings()).isEmpty();
  }

  @Test
  void everyOrderPaidRecordIsARowAndNoOrderHasTwo() throws Exception {
    Map<String, OrderPaid> records = orderPaid();
    assertThat(records).isNotEmpty();
    Awaitility.await()
        .atMost(Duration.ofSeconds(20))
        .untilAsserted(() -> assertThat(paidRows()).isEqualTo(records.size()));
  }

  @Test
  void examplesOfTheSummaryCanBeAskedFor() throws Exception {
    QuickstartRun.verify(quickstart); // returns at rest: the read store has everything
    Map<String, String> examples = Examples.find(quickstart.jdbcUrl());
    assertThat(examples)
        .containsKeys("paid once, notified more often", "paid twice", "paid another amount");
    for (String path : examples.values()) {
      assertThat(get(path).statusCode()).as(path).isEqualTo(200);
    }
    JsonNode order =
        new JsonMapper().readTree(get(examples.get("paid once, notified more often")).body());
    assertThat(order.toString()).contains("PAID");
  }

  @Test
  void importingAFileTwicePlacesItsOrderOnce() throws Exception {
    Path csv =
        Files.writeString(
            directory.resolve("orders.csv"),
            "shop,order_no,amount,currency\ntea,IMPORT-1,1250,CNY\n");
    OrdersImport orders = new OrdersImport(csv, Set.of("tea"));
    for (int time = 0; time < 2; time++) {
      try (OrderCommands commands = KafkaOrderCommands.at(quickstart.bootstrapServers())) {
        assertThat(orders.write(commands, Clock.systemUTC(), count -> {})).isEqualTo(1);
      }
    }
    Awaitility.await()
        .atMost(Duration.ofSeconds(20))
        .untilAsserted(
            () -> assertThat(get("/v1/orders/tea/IMPORT-1").statusCode()).isEqualTo(200));
    assertThat(QuickstartRun.verify(quickstart).findings()).isEmpty();
    assertThat(get("/v1/orders/tea/IMPORT-1").body()).contains("PENDING");
  }

  @Test
  void aSecondOneInTheSameDirectoryIsRefusedAndHarmsNothing() throws Exception {
    assertThatThrownBy(() -> Quickstart.start(settings(), console))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("another quickstart is running in " + directory);
    assertThat(quickstart.config()).exists();
  }

  @Test
  void aGivenConfigurationIsTriedBeforeAnythingStarts(@TempDir Path other) throws Exception {
    Path given =
        Files.writeString(
            other.resolve("given.yaml"),
            "shops: [{id: tea}]\naccounts: [{protocol: alipai, id: a, shop: tea}]\n");
    QuickstartSettings settings =
        new QuickstartSettings(
            other.resolve("run"), Optional.of(given), false, QuickstartPorts.free());
    assertThatThrownBy(() -> Quickstart.start(settings, console))
        .isInstanceOf(InvalidConfigException.class)
        .hasMessageContaining(": 1 problem; nothing was started")
        .hasMessageContaining("accounts[0].protocol: \"alipai\" is not known");
    assertThat(other.resolve("run/data")).doesNotExist();
  }

  private HttpResponse<String> get(String path) throws IOException, InterruptedException {
    return http.send(
        HttpRequest.newBuilder(URI.create(quickstart.apiUrl() + path)).build(),
        HttpResponse.BodyHandlers.ofString());
  }

  private long paidRows() throws SQLException {
    try (Connection connection = DriverManager.getConnection(quickstart.jdbcUrl());
        ResultSet count =
            connection.createStatement().executeQuery("SELECT count(*) FROM order_paid")) {
      count.next();
      return count.getLong(1);
    }
  }

  /** Fails on a second one of an order. */
  private Map<String, OrderPaid> orderPaid() throws UnreadableRecordException {
    Map<String, OrderPaid> byOrder = new HashMap<>();
    for (ConsumerRecord<byte[], byte[]> record : committed(Topics.ORDER_PAID.name())) {
      OrderPaid paid = Topics.ORDER_PAID.read(record.headers(), record.value());
      assertThat(byOrder.put(new String(record.key(), UTF_8), paid)).isNull();
    }
    return byOrder;
  }

  private List<ConsumerRecord<byte[], byte[]>> committed(String topic) {
    List<ConsumerRecord<byte[], byte[]>> records = new ArrayList<>();
    try (KafkaConsumer<byte[], byte[]> consumer =
        new KafkaConsumer<>(
            Map.of(
                "bootstrap.servers", quickstart.bootstrapServers(),
                "isolation.level", "read_committed",
                "auto.offset.reset", "earliest"),
            new ByteArrayDeserializer(),
            new ByteArrayDeserializer())) {
      List<TopicPartition> partitions =
          consumer.partitionsFor(topic).stream()
              .map(p -> new TopicPartition(p.topic(), p.partition()))
              .toList();
      consumer.assign(partitions);
      Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
      while (ends.entrySet().stream().anyMatch(e -> consumer.position(e.getKey()) < e.getValue())) {
        consumer.poll(Duration.ofMillis(200)).forEach(records::add);
      }
    }
    return records;
  }
}

package io.paidonce.projector;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.paidonce.contract.EventHead;
import io.paidonce.contract.Topics;
import io.paidonce.contract.UnsafeClusterException;
import io.paidonce.localstack.LocalKafka;
import io.paidonce.localstack.LocalPostgres;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A whole projector between a real log and a real database. */
class ProjectorIT {

  private final String kafka = TestStack.bootstrapServers();
  private final String run = UUID.randomUUID().toString().substring(0, 8);
  private final Tables tables = TestStack.newDatabase();
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
  void rowsEqualTheFoldOfCommittedRecords() {
    try (Projector projector = start("g" + run)) {
      for (int i = 0; i < 20; i++) {
        ledger.commitAll(story("committed" + i));
        ledger.begin();
        ledger.writeAll(story("aborted" + i));
        ledger.writeRefunds(story("committed" + i));
        ledger.abort();
      }
      ledger.begin();
      ledger.writeRefunds(story("committed7"));
      ledger.write(Topics.ORDER_CANCELLED, story("c").key(), story("cancelled").cancelledEvent());
      ledger.commit();

      awaitEquality(tables);
      assertThat(tables.rows("SELECT order_no FROM orders WHERE shop = '" + run + "'"))
          .hasSize(20)
          .noneMatch(orderNo -> orderNo.startsWith("aborted"));
      assertThat(tables.rows("SELECT order_no FROM order_refunded WHERE shop = '" + run + "'"))
          .containsExactly("committed7");
      assertThat(projector.failure().toCompletableFuture()).isNotDone();
    }
  }

  @Test
  void offsetsMoveOverAbortedRecordsToTheEndOfTheLogAndKafkaHoldsNone() throws Exception {
    try (Projector projector = start("g" + run)) {
      ledger.commitAll(story("o"));
      ledger.begin();
      ledger.writeAll(story("aborted"));
      ledger.abort();
      awaitEquality(tables);

      await()
          .atMost(Duration.ofSeconds(20))
          .untilAsserted(
              () ->
                  assertThat(metric(projector, "paidonce_projector_lag_records"))
                      .isNotEmpty()
                      .allMatch(line -> line.endsWith(" 0.0")));
      assertThat(tables.rows("SELECT sum(next_offset) FROM projector_offsets"))
          .isNotEqualTo(List.of("0"));
      assertThat(committedToKafka("g" + run)).isEmpty();
    }
  }

  @Test
  void aPoisonRecordIsRefusedAndTheRestFlows() {
    try (Projector projector = start("g" + run)) {
      Story story = story("after-poison");
      ledger.begin();
      List<String> topics = TopicRows.all().stream().map(rows -> rows.topic().name()).toList();
      for (String topic : topics) {
        ledger.write(new ProducerRecord<>(topic, null, story.key().getBytes(UTF_8), null));
        ledger.write(new ProducerRecord<>(topic, story.key().getBytes(UTF_8), "{".getBytes(UTF_8)));
      }
      // A good record on another topic than it names (KAFKA-19012).
      ProducerRecord<byte[], byte[]> astray =
          Topics.ORDER_CANCELLED.record(
              "k", story.cancelledEvent(), new EventHead("id", "/test", Story.NOW, null));
      ledger.write(
          new ProducerRecord<>(
              Topics.ORDER_PAID.name(), null, astray.key(), astray.value(), astray.headers()));
      ledger.writeAll(story);
      ledger.commit();

      awaitEquality(tables);
      assertThat(tables.rows("SELECT version FROM orders WHERE shop = '" + run + "'"))
          .containsExactly("3");
      assertThat(tables.rows("SELECT DISTINCT reason FROM projection_refusals ORDER BY reason"))
          .contains(
              "UNREADABLE_RECORD: the record has no value",
              "WRONG_TOPIC: header paidonce_topic names another topic");
      assertThat(metric(projector, "paidonce_projector_refusals_total"))
          .hasSize(topics.size())
          .noneMatch(line -> line.endsWith(" 0.0"));
    }
  }

  @Test
  void aNewStartGoesOnWhereTheDatabaseIs() {
    try (Projector first = start("g" + run)) {
      ledger.commitAll(story("before"));
      awaitEquality(tables);
      assertThat(applied(first)).isPositive();
    }
    // Another group knows nothing of the first one: only the database does.
    try (Projector second = start("other" + run)) {
      ledger.commitAll(story("after"));
      awaitEquality(tables);
      assertThat(applied(second)).isEqualTo(10);
    }
  }

  @Test
  void twoInstancesShareThePartitionsAndTakeThemOver() {
    String group = "g" + run;
    try (Projector first = start(group)) {
      ledger.commitAll(story("alone"));
      awaitEquality(tables);
      try (Projector second = start(group)) {
        await()
            .atMost(Duration.ofSeconds(30))
            .until(
                () -> {
                  ledger.commitAll(story("shared" + System.nanoTime()));
                  return applied(second) > 0;
                });
        for (int i = 0; i < 20; i++) {
          ledger.commitAll(story("both" + i));
        }
        awaitEquality(tables);
      }
      for (int i = 0; i < 20; i++) {
        ledger.commitAll(story("left" + i));
      }
      awaitEquality(tables);
      assertThat(first.failure().toCompletableFuture()).isNotDone();
    }
  }

  @Test
  void twoWritersOfAnInstanceShareThePartitionsAndFailAlone() throws Exception {
    String group = "g" + run;
    try (Projector projector = ProjectorMain.start(TestStack.config(tables, group, 2));
        Admin admin =
            Admin.create(
                Map.<String, Object>of("bootstrap.servers", TestStack.bootstrapServers()))) {
      await()
          .atMost(Duration.ofSeconds(30))
          .until(
              () ->
                  admin.describeConsumerGroups(List.of(group)).all().get().values().stream()
                      .flatMap(described -> described.members().stream())
                      .filter(member -> !member.assignment().topicPartitions().isEmpty())
                      .count(),
              writers -> writers == 2);
      for (int i = 0; i < 20; i++) {
        ledger.commitAll(story("both" + i));
      }
      awaitEquality(tables);
      tables.execute(
          "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = current_database()"
              + " AND application_name = 'order-projector' LIMIT 1");
      for (int i = 0; i < 20; i++) {
        ledger.commitAll(story("after" + i));
      }
      awaitEquality(tables);
      assertThat(projector.failure().toCompletableFuture()).isNotDone();
    }
  }

  @Test
  void anInstanceThatFindsItselfFencedReadsItsPlaceAgain() {
    try (Projector projector = start("g" + run)) {
      ledger.commitAll(story("one"));
      awaitEquality(tables);
      // As if another owner had gone back and forth: every row is behind what memory says.
      tables.execute("UPDATE projector_offsets SET next_offset = 0");
      await()
          .atMost(Duration.ofSeconds(20))
          .until(
              () -> {
                ledger.commitAll(story("more" + System.nanoTime()));
                return metric(projector, "paidonce_projector_fenced_total").stream()
                    .noneMatch(line -> line.endsWith(" 0.0"));
              });

      awaitEquality(tables);
      assertThat(tables.rows("SELECT * FROM projection_refusals WHERE reason NOT LIKE '%: %'"))
          .isEmpty();
    }
  }

  @Test
  void postgresKilledInMidStreamCostsNothing(@TempDir Path directory) {
    try (LocalPostgres postgres = LocalPostgres.start(directory.resolve("pg"))) {
      Tables own = new Tables(postgres.jdbcUrl(), postgres.user(), postgres.password());
      try (Projector projector = ProjectorMain.start(TestStack.config(own, "g" + run))) {
        Http api = new Http(projector.apiPort());
        Http management = new Http(projector.managementPort());
        for (int i = 0; i < 40; i++) {
          ledger.commitAll(story("o" + i));
          if (i == 10) {
            postgres.kill();
          }
        }
        await()
            .atMost(Duration.ofSeconds(20))
            .until(() -> management.get("/health/ready").statusCode() == 503);
        assertThat(management.get("/health/ready").body()).contains("down: SQLSTATE 08");
        assertThat(management.get("/health/live").statusCode()).isEqualTo(200);
        assertThat(api.get("/v1/orders/" + run + "/o1").statusCode()).isEqualTo(503);

        postgres.restart();
        awaitEquality(own);
        await()
            .atMost(Duration.ofSeconds(20))
            .until(() -> management.get("/health/ready").statusCode() == 200);
        assertThat(api.get("/v1/orders/" + run + "/o39").statusCode()).isEqualTo(200);
      }
    }
  }

  @Test
  @Tag("proof") // half a minute, and the launcher kills the broker under the whole road in each
  // build
  void kafkaKilledInMidStreamCostsNothing(@TempDir Path directory) {
    try (LocalKafka broker = LocalKafka.startProcess(directory.resolve("kafka"))) {
      TestStack.createTopics(broker.bootstrapServers());
      try (Projector projector =
              ProjectorMain.start(TestStack.config(broker.bootstrapServers(), tables, "g" + run));
          Ledger own = new Ledger(broker.bootstrapServers())) {
        own.commitAll(story("before"));
        CommittedLog.awaitIn(tables, broker.bootstrapServers());
        broker.kill();
        Http management = new Http(projector.managementPort());
        await()
            .atMost(Duration.ofSeconds(30))
            .until(() -> management.get("/health/ready").body().contains("\"kafka\":\"down"));
        assertThat(management.get("/health/ready").statusCode()).isEqualTo(200);

        broker.restart();
        own.commitAll(story("after"));
        CommittedLog.awaitIn(tables, broker.bootstrapServers());
        assertThat(tables.rows("SELECT order_no FROM orders")).contains("before", "after");
      }
    }
  }

  @Test
  void anOffsetOutsideOfTheLogEndsTheWriterWithASentence() {
    try (Projector projector = start("g" + run)) {
      ledger.commitAll(story("o"));
      awaitEquality(tables);
      assertThat(projector.failure().toCompletableFuture()).isNotDone();
    }
    tables.execute("UPDATE projector_offsets SET next_offset = next_offset + 1000000");
    try (Projector projector = start("g" + run)) {
      await()
          .atMost(Duration.ofSeconds(20))
          .until(() -> projector.failure().toCompletableFuture().isDone());

      assertThat(projector.failure().toCompletableFuture().join())
          .hasMessageContaining("PostgreSQL's projector_offsets and Kafka disagree")
          .hasMessageContaining("empty the read store and replay");
      assertThat(new Http(projector.managementPort()).get("/health/live").statusCode())
          .isEqualTo(503);
    }
  }

  @Test
  void aDatabaseThatDoesNotStoreWhatItCommitsIsRefused() {
    String name = tables.jdbcUrl().substring(tables.jdbcUrl().lastIndexOf('/') + 1);
    tables.execute("ALTER DATABASE " + name + " SET synchronous_commit = off");

    assertThatThrownBy(() -> start("g" + run))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("PostgreSQL's synchronous_commit is off")
        .hasMessageContaining("set synchronous_commit = on");
    assertThat(tables.rows("SELECT tablename FROM pg_tables WHERE schemaname = 'public'"))
        .isEmpty();
  }

  @Test
  void whatIsUnsafeInKafkaAndInPostgresIsToldTogether(@TempDir Path directory) throws Exception {
    try (LocalKafka broker = LocalKafka.startInProcess(directory.resolve("kafka"));
        LocalPostgres postgres =
            LocalPostgres.startWith(
                directory.resolve("pg"), List.of("fsync=off", "full_page_writes=off"));
        Admin admin = Admin.create(Map.of("bootstrap.servers", broker.bootstrapServers()))) {
      TestStack.createTopics(broker.bootstrapServers());
      Tables own = new Tables(postgres.jdbcUrl(), postgres.user(), postgres.password());
      own.execute("ALTER ROLE " + postgres.user() + " SET synchronous_commit = local");
      admin.deleteTopics(List.of(Topics.ORDER_PAID.name())).all().get();
      ProjectorConfig config = TestStack.config(broker.bootstrapServers(), own, "g" + run);

      await()
          .atMost(Duration.ofSeconds(30))
          .untilAsserted(
              () ->
                  assertThatThrownBy(() -> ProjectorMain.start(config).close())
                      .isInstanceOf(UnsafeClusterException.class)
                      .hasMessageContaining("order-paid does not exist; run: paidonce topics apply")
                      .hasMessageContaining("PostgreSQL's fsync is off")
                      .hasMessageContaining("PostgreSQL's full_page_writes is off")
                      .hasMessageContaining("PostgreSQL's synchronous_commit is local"));
    }
  }

  @Test
  void anUnsafeKafkaThatComesLaterEndsTheWriterBeforeItsFirstRow(@TempDir Path directory)
      throws Exception {
    // No topic of ours: nothing could be more unsafe, and nothing is checked while it is away.
    int port = TestStack.freePort();
    ProjectorConfig config = TestStack.config("127.0.0.1:" + port, tables, "g" + run);
    try (Projector projector = ProjectorMain.start(config)) {
      assertThat(new Http(projector.apiPort()).get("/v1/orders/s/none").statusCode())
          .isEqualTo(404);
      assertThat(projector.failure().toCompletableFuture()).isNotDone();

      try (LocalKafka broker = LocalKafka.startInProcess(directory.resolve("kafka"), port)) {
        assertThat(broker.bootstrapServers()).endsWith(":" + port);
        await()
            .atMost(Duration.ofSeconds(60))
            .until(() -> projector.failure().toCompletableFuture().isDone());
        assertThat(projector.failure().toCompletableFuture().join())
            .isInstanceOf(UnsafeClusterException.class)
            .hasMessageContaining("order-paid does not exist");
      }
    }
  }

  @Test
  void anAbsentDatabaseIsNamed() {
    Tables nowhere = new Tables("jdbc:postgresql://127.0.0.1:1/none", "u", "p");

    assertThatThrownBy(() -> ProjectorMain.start(TestStack.config(nowhere, "g")).close())
        .isInstanceOf(IllegalStateException.class)
        .hasMessageStartingWith("jdbc:postgresql://127.0.0.1:1/none can't be opened");
  }

  private Story story(String orderNo) {
    return new Story(run, orderNo);
  }

  private Projector start(String group) {
    return ProjectorMain.start(TestStack.config(tables, group));
  }

  private void awaitEquality(Tables tables) {
    CommittedLog.awaitIn(tables, kafka);
  }

  private static double applied(Projector projector) {
    return metric(projector, "paidonce_projector_records_total").stream()
        .mapToDouble(line -> Double.parseDouble(line.substring(line.lastIndexOf(' '))))
        .sum();
  }

  private static List<String> metric(Projector projector, String name) {
    return new Http(projector.managementPort())
        .get("/metrics")
        .body()
        .lines()
        .filter(line -> line.startsWith(name))
        .toList();
  }

  private Map<?, ?> committedToKafka(String group) throws InterruptedException {
    try (Admin admin = Admin.create(Map.of("bootstrap.servers", kafka))) {
      return admin.listConsumerGroupOffsets(group).partitionsToOffsetAndMetadata().get();
    } catch (ExecutionException e) {
      throw new IllegalStateException(e);
    }
  }
}

package io.paidonce.verifier;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.paidonce.contract.Topics;
import io.paidonce.contract.TopicsAdmin;
import io.paidonce.localstack.LocalKafka;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What {@code verify} does while a real broker is killed and comes back. */
class BrokerAwayIT {

  private static final Duration LONG = Duration.ofSeconds(90);

  @TempDir private static Path directory;
  private static LocalKafka kafka;

  @BeforeAll
  static void start() {
    kafka = LocalKafka.startProcess(directory.resolve("kafka"));
    try (Admin admin = Admin.create(Map.of("bootstrap.servers", kafka.bootstrapServers()))) {
      new TopicsAdmin(admin, 1).apply();
    }
  }

  @AfterAll
  static void stop() {
    kafka.close();
  }

  @Test
  void aBrokerThatIsKilledMeanwhileIsWaitedFor() throws Exception {
    ConcurrentLinkedQueue<String> said = new ConcurrentLinkedQueue<>();
    try (KafkaProducer<byte[], byte[]> open = transactional()) {
      open.initTransactions();
      open.beginTransaction();
      open.send(new ProducerRecord<>(Topics.ORDER_PAID.name(), new byte[] {1})).get();
      CompletableFuture<Report> report =
          CompletableFuture.supplyAsync(() -> Verification.run(config(LONG), said::add));
      awaitWord(said, report, "waiting for the system to come to rest", "transaction open is");

      kafka.kill();
      awaitWord(said, report, "waiting for Kafka", "s more");
      kafka.restart();
      open.abortTransaction();

      assertThat(report.get(LONG.toSeconds(), TimeUnit.SECONDS).holds()).isTrue();
    }
  }

  @Test
  void aBrokerThatStaysAwayEndsItWithTheFix() {
    kafka.kill();
    try {
      assertThatThrownBy(() -> Verification.run(config(Duration.ofSeconds(1))))
          .isInstanceOf(IllegalStateException.class)
          .hasMessageStartingWith(
              "Kafka at " + kafka.bootstrapServers() + " did not answer for 1 s")
          .hasMessageContaining("Start the broker that is away")
          .hasMessageContaining("--timeout");
    } finally {
      kafka.restart();
    }
  }

  /** A word that can't come any more since the run has ended is not waited for. */
  private static void awaitWord(
      ConcurrentLinkedQueue<String> said, CompletableFuture<Report> report, String... parts) {
    await()
        .atMost(LONG)
        .until(
            () ->
                report.isDone()
                    || said.stream()
                        .anyMatch(word -> List.of(parts).stream().allMatch(word::contains)));
    assertThat(report).as("verify, which said " + said).isNotDone();
  }

  private static VerifierConfig config(Duration patience) {
    return new VerifierConfig(
        kafka.bootstrapServers(),
        null,
        List.of(),
        null,
        VerifierConfig.DEFAULT_STREAMS_GROUP,
        patience,
        Wechat.NOW);
  }

  private static KafkaProducer<byte[], byte[]> transactional() {
    return new KafkaProducer<>(
        Map.of("bootstrap.servers", kafka.bootstrapServers(), "transactional.id", "open"),
        new ByteArraySerializer(),
        new ByteArraySerializer());
  }
}

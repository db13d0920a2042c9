package io.paidonce.gateway;

import static io.paidonce.gateway.RunningGateway.NOW;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.paidonce.contract.PaymentNotification;
import io.paidonce.contract.Topics;
import io.paidonce.gateway.RawHttp.Answer;
import io.paidonce.localstack.LocalKafka;
import io.paidonce.providers.SignedCallback;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A provider waits 5 s: whatever Kafka does, it has its answer by then, and never a false one. */
class KafkaAwayIT {

  private static final Duration PATIENCE = Duration.ofSeconds(5);

  @TempDir private static Path directory;
  private static LocalKafka kafka;
  private static TopicTail<PaymentNotification> notifications;

  @BeforeAll
  static void start() {
    kafka = LocalKafka.startProcess(directory);
    RunningGateway.createTopics(kafka.bootstrapServers());
    notifications = TopicTail.of(kafka.bootstrapServers(), Topics.PAYMENT_NOTIFICATIONS);
  }

  @AfterAll
  static void stop() {
    notifications.close();
    kafka.close();
  }

  @Test
  void whileKafkaIsFrozenNothingIsAcknowledgedAndARetryPassesAfterwards() {
    try (Gateway gateway = started()) {
      SignedCallback callback = callback();
      kafka.pause();
      try {
        assertDeclinedInTime(gateway, callback, PATIENCE);
        await()
            .atMost(Duration.ofSeconds(15))
            .until(() -> RunningGateway.get(gateway, "/health/ready").status() == 503);
      } finally {
        kafka.resume();
      }
      assertThat(retried(gateway, callback).status()).isEqualTo(200);
      assertStored(callback);
    }
  }

  @Test
  void aKilledKafkaIsFoundAgain() {
    try (Gateway gateway = started()) {
      SignedCallback callback = callback();
      kafka.kill();
      try {
        assertDeclinedInTime(gateway, callback, PATIENCE);
      } finally {
        kafka.restart();
      }
      assertThat(retried(gateway, callback).status()).isEqualTo(200);
      assertStored(callback);
    }
  }

  @Test
  void startedBeforeKafkaItDeclinesAtOnceAndRecoversByItself() {
    kafka.kill();
    Gateway started;
    try {
      started = RunningGateway.start(RunningGateway.config(kafka.bootstrapServers()));
    } catch (RuntimeException e) {
      kafka.restart();
      throw e;
    }
    try (Gateway gateway = started) {
      SignedCallback callback = callback();
      try {
        Answer ready = RunningGateway.get(gateway, "/health/ready");
        assertThat(ready.status()).isEqualTo(503);
        assertThat(ready.body()).contains("\"ready\":false").contains("Kafka");
        assertThat(RunningGateway.get(gateway, "/health/live").status()).isEqualTo(200);
        assertDeclinedInTime(gateway, callback, Duration.ofSeconds(1));
      } finally {
        kafka.restart();
      }
      RunningGateway.awaitReady(gateway);
      assertThat(send(gateway, callback).status()).isEqualTo(200);
      assertStored(callback);
    }
  }

  private static Gateway started() {
    Gateway gateway = RunningGateway.start(RunningGateway.config(kafka.bootstrapServers()));
    RunningGateway.awaitReady(gateway);
    assertThat(send(gateway, callback()).status()).isEqualTo(200);
    notifications.read();
    return gateway;
  }

  private static SignedCallback callback() {
    return Shops.wechatSigner().payment(Shops.notice(NOW), NOW);
  }

  private static Answer send(Gateway gateway, SignedCallback callback) {
    return RawHttp.exchange(gateway.callbackPort(), Shops.request(Shops.WECHAT_A, callback));
  }

  private static void assertDeclinedInTime(
      Gateway gateway, SignedCallback callback, Duration patience) {
    long began = System.nanoTime();
    Answer answer = send(gateway, callback);
    assertThat(Duration.ofNanos(System.nanoTime() - began)).isLessThan(patience);
    assertThat(answer.status()).isEqualTo(503);
    assertThat(answer.body()).contains("FAIL");
  }

  /** As the provider does, until it is accepted. */
  private static Answer retried(Gateway gateway, SignedCallback callback) {
    return await()
        .atMost(Duration.ofSeconds(30))
        .pollInterval(Duration.ofMillis(300))
        .until(() -> send(gateway, callback), answer -> answer.status() == 200);
  }

  private static void assertStored(SignedCallback callback) {
    assertThat(notifications.read())
        .anySatisfy(r -> assertThat(r.value().evidence().body()).isEqualTo(callback.body()));
  }
}

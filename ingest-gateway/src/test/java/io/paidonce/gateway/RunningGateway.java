package io.paidonce.gateway;

import static org.awaitility.Awaitility.await;

import io.paidonce.contract.DeadLetter;
import io.paidonce.contract.PaymentNotification;
import io.paidonce.contract.RejectedCallback;
import io.paidonce.contract.Topics;
import io.paidonce.contract.TopicsAdmin;
import io.paidonce.localstack.LocalStack;
import io.paidonce.providers.Protocols;
import io.paidonce.providers.SignedCallback;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Map;
import org.apache.kafka.clients.admin.Admin;

/** The whole gateway on a real broker, with a clock that stands, and the topics it writes. */
final class RunningGateway implements AutoCloseable {

  static final Instant NOW = Instant.parse("2026-01-31T12:00:00Z");

  final Gateway gateway;
  final TopicTail<PaymentNotification> notifications;
  final TopicTail<DeadLetter> deadLetters;
  final TopicTail<RejectedCallback> rejections;

  private RunningGateway(String bootstrapServers) {
    notifications = TopicTail.of(bootstrapServers, Topics.PAYMENT_NOTIFICATIONS);
    deadLetters = TopicTail.of(bootstrapServers, Topics.DEAD_LETTERS);
    rejections = TopicTail.of(bootstrapServers, Topics.REJECTIONS);
    gateway = start(config(bootstrapServers));
    awaitReady(gateway);
  }

  static RunningGateway onTheSharedBroker() {
    String bootstrapServers = LocalStack.shared().kafka().bootstrapServers();
    createTopics(bootstrapServers);
    return new RunningGateway(bootstrapServers);
  }

  static void createTopics(String bootstrapServers) {
    try (Admin admin = Admin.create(Map.of("bootstrap.servers", bootstrapServers))) {
      new TopicsAdmin(admin, 1).apply();
    }
  }

  static GatewayConfig config(String bootstrapServers) {
    Endpoint anyPort = new Endpoint("127.0.0.1", 0);
    return GatewayConfig.of(bootstrapServers)
        .withReplicationFactor(1)
        .withEndpoints(anyPort, anyPort)
        .withAccounts(Shops.all());
  }

  static Gateway start(GatewayConfig config) {
    return GatewayMain.start(
        config, Protocols.all(), Timings.standard(), Clock.fixed(NOW, ZoneOffset.UTC));
  }

  static void awaitReady(Gateway gateway) {
    await().atMost(Duration.ofSeconds(30)).until(gateway::isReady);
  }

  RawHttp.Answer send(String path, SignedCallback callback) {
    return RawHttp.exchange(gateway.callbackPort(), Shops.request(path, callback));
  }

  RawHttp.Answer sendRaw(String request) {
    return RawHttp.exchange(gateway.callbackPort(), request);
  }

  RawHttp.Answer manage(String path) {
    return get(gateway, path);
  }

  static RawHttp.Answer get(Gateway gateway, String path) {
    return RawHttp.exchange(
        gateway.managementPort(), "GET " + path + " HTTP/1.1\r\nHost: localhost\r\n\r\n");
  }

  @Override
  public void close() {
    gateway.close();
    notifications.close();
    deadLetters.close();
    rejections.close();
  }
}

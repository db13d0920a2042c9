package io.paidonce.gateway;

import static io.paidonce.gateway.RunningGateway.NOW;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.paidonce.contract.GatewayStatus;
import io.paidonce.contract.Topics;
import io.paidonce.localstack.LocalStack;
import io.paidonce.providers.SignedCallback;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The management port. */
class HealthIT {

  @Test
  void healthAndMetricsAreServedOnAPortOfTheirOwn() {
    try (RunningGateway running = RunningGateway.onTheSharedBroker()) {
      assertThat(running.manage("/health/live").status()).isEqualTo(200);
      assertThat(running.manage("/health/ready").body())
          .isEqualTo("{\"ready\":true,\"configuration\":{\"loadedAt\":\"2026-01-31T12:00:00Z\"}}");
      assertThat(running.manage("/else").status()).isEqualTo(404);

      SignedCallback callback = Shops.wechatSigner().payment(Shops.notice(NOW), NOW);
      running.send(Shops.WECHAT_A, callback);
      running.send(Shops.WECHAT_A, Shops.without(callback, "Wechatpay-Nonce"));
      // The answer is on its way before its request is counted out.
      await()
          .until(
              () ->
                  running
                      .manage("/metrics")
                      .body()
                      .contains("paidonce_gateway_in_flight_bytes 0.0"));
      String metrics = running.manage("/metrics").body();
      assertThat(metrics)
          .contains("paidonce_gateway_callbacks_total{outcome=\"stored\",protocol=\"wechat-v3\"} 1")
          .contains("reason=\"MISSING_SIGNATURE_FIELD\"")
          .contains("paidonce_gateway_ack_seconds_bucket")
          .contains("kafka_producer_", "paidonce-ingest-gateway-0", "paidonce-ingest-gateway-3");
      assertThat(metrics.lines().filter(line -> !line.startsWith("paidonce_gateway_key_")))
          .as("no label of an account unless asked for, but of its keys")
          .noneMatch(line -> line.contains("1900000001"));
    }
  }

  @Test
  void aGatewayTellsHowItDoesUntilItStops() {
    String bootstrapServers = LocalStack.shared().kafka().bootstrapServers();
    RunningGateway.createTopics(bootstrapServers);
    try (TopicTail<GatewayStatus> told = TopicTail.of(bootstrapServers, Topics.GATEWAY_STATUS);
        RunningGateway running = RunningGateway.onTheSharedBroker()) {
      String port = ":" + running.gateway.callbackPort();
      List<GatewayStatus> first = new ArrayList<>();
      await().until(() -> first.addAll(of(port, told)));
      assertThat(first).hasSize(1);
      assertThat(first.get(0).running()).isTrue();
      assertThat(first.get(0).accounts()).isEqualTo(Shops.all().size());

      running.send(Shops.WECHAT_A, Shops.wechatSigner().payment(Shops.notice(NOW), NOW));
      running.gateway.close();
      List<GatewayStatus> last = of(port, told);
      assertThat(last).hasSize(1);
      assertThat(last.get(0).running()).isFalse();
      assertThat(last.get(0).sinceStart().stored()).isEqualTo(1);
    }
  }

  private static List<GatewayStatus> of(String port, TopicTail<GatewayStatus> told) {
    return told.read().stream()
        .map(TopicTail.Received::value)
        .filter(status -> status.instance().endsWith(port))
        .toList();
  }

  @Test
  void aStoppedGatewayServesNothingMore() {
    RunningGateway running = RunningGateway.onTheSharedBroker();
    int port = running.gateway.callbackPort();
    running.close();
    running.gateway.close();
    org.assertj.core.api.Assertions.assertThatThrownBy(() -> RawHttp.connect(port))
        .hasMessageContaining("refused");
  }
}

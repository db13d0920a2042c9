package io.paidonce.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.paidonce.contract.Topics;
import io.paidonce.contract.UnsafeClusterException;
import io.paidonce.gateway.RawHttp.Answer;
import io.paidonce.localstack.LocalKafka;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AlterConfigOp;
import org.apache.kafka.clients.admin.AlterConfigOp.OpType;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.common.config.ConfigResource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A gateway whose acknowledgement would not be worth much gives none. */
class UnsafeClusterIT {

  private static final Duration SOON = Duration.ofSeconds(30);

  @TempDir private static Path directory;

  @Test
  void anUnsafeClusterEndsTheGatewayBeforeItAcknowledgesAnything() throws Exception {
    try (LocalKafka kafka = LocalKafka.startInProcess(directory)) {
      RunningGateway.createTopics(kafka.bootstrapServers());
      unflush(kafka, Topics.PAYMENT_NOTIFICATIONS.name());
      try (Gateway gateway =
          RunningGateway.start(
              RunningGateway.config(kafka.bootstrapServers()).withReplicationFactor(3))) {
        await().atMost(SOON).until(() -> gateway.failure().toCompletableFuture().isDone());

        assertThat(gateway.failure().toCompletableFuture().join())
            .isInstanceOf(UnsafeClusterException.class)
            .hasMessageContaining("payment-notifications: flush.messages is 9, declared is 1;")
            .hasMessageContaining("payment-notifications has replication factor 1, not 3")
            .hasMessageContaining("dead-letters: min.insync.replicas is 1, declared is 2");
        Answer ready = RunningGateway.get(gateway, "/health/ready");
        assertThat(ready.status()).isEqualTo(503);
        Answer answer =
            RawHttp.exchange(
                gateway.callbackPort(),
                Shops.request(
                    Shops.WECHAT_A,
                    Shops.wechatSigner()
                        .payment(Shops.notice(RunningGateway.NOW), RunningGateway.NOW)));
        assertThat(answer.status()).isEqualTo(503);
      }
    }
  }

  private static void unflush(LocalKafka kafka, String topic) throws Exception {
    ConfigResource resource = new ConfigResource(ConfigResource.Type.TOPIC, topic);
    AlterConfigOp change = new AlterConfigOp(new ConfigEntry("flush.messages", "9"), OpType.SET);
    try (Admin admin = Admin.create(Map.of("bootstrap.servers", kafka.bootstrapServers()))) {
      admin.incrementalAlterConfigs(Map.of(resource, List.of(change))).all().get();
      await()
          .atMost(SOON)
          .until(
              () ->
                  admin
                      .describeConfigs(List.of(resource))
                      .all()
                      .get()
                      .get(resource)
                      .get("flush.messages")
                      .value()
                      .equals("9"));
    }
  }
}

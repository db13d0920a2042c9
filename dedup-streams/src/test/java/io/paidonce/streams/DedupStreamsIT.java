package io.paidonce.streams;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.paidonce.contract.NotificationReceipt;
import io.paidonce.contract.Topics;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;

/** The topology on a real broker. */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class DedupStreamsIT {

  @TempDir private static Path stateDir;
  private static RealBroker broker;

  @BeforeAll
  static void startBroker() {
    broker = new RealBroker(stateDir);
  }

  @AfterAll
  static void closeClients() {
    broker.close();
  }

  @Test
  @Order(1)
  void aDuplicateAfterARestartIsStillADuplicate() throws Exception {
    try (DedupStreams streams = DedupStreamsMain.start(broker.config())) {
      await().atMost(RealBroker.SOON).until(streams::isReady);
      broker.send(Given.placed("restart", 1200));
      broker.send(Given.paid("restart-1", "restart", 1200));
      broker.awaitPaid("restart");
    }
    try (DedupStreams streams = DedupStreamsMain.start(broker.config())) {
      await().atMost(RealBroker.SOON).until(streams::isReady);
      broker.send(Given.paid("restart-1", "restart", 1200));
      broker.send(Given.placed("after", 700));
      broker.send(Given.paid("after-1", "after", 700));
      broker.awaitPaid("after");
      await().atMost(RealBroker.SOON).until(() -> deliveries("wechat:a1:payment:restart-1") == 2);
    }
    assertThat(broker.paid("restart")).hasSize(1);
  }

  @Test
  @Order(2)
  void readinessAndMetricsAreServed() throws Exception {
    try (DedupStreams streams = DedupStreamsMain.start(broker.config())) {
      await()
          .atMost(RealBroker.SOON)
          .until(() -> RealBroker.status(streams, "/health/ready") == 200);
      assertThat(RealBroker.status(streams, "/health/live")).isEqualTo(200);
      assertThat(RealBroker.get(streams, "/metrics").body())
          .contains("paidonce_intake_received_total{outcome=\"duplicate\"}")
          .contains("kafka_stream");
      assertThat(streams.failure()).isNotDone();
    }
  }

  @Test
  @Order(3)
  void theManagementPortInUseIsNamed() {
    try (DedupStreams streams = DedupStreamsMain.start(broker.config())) {
      DedupStreamsConfig second = broker.config("second", streams.managementPort());
      assertThatThrownBy(() -> DedupStreamsMain.start(second))
          .hasMessageContaining("managementPort")
          .hasMessageContaining(Integer.toString(streams.managementPort()));
    }
  }

  private static long deliveries(String identity) {
    return broker.committed(Topics.NOTIFICATION_RECEIPTS).stream()
        .filter(r -> r.identity().equals(identity))
        .mapToLong(NotificationReceipt::deliveries)
        .max()
        .orElse(0);
  }
}

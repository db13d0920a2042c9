package io.paidonce.streams;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.paidonce.contract.Topics;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.admin.AlterConfigOp;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.errors.RecordTooLargeException;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;

/**
 * What the topology does not start upon and does not go on after. The unsafe cluster comes last.
 */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class RefusingBrokerIT {

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

  /**
   * Going on would commit the payment's input without its order-paid (P39). Two guards stand before
   * that: the handler says stop ({@link ProductionErrorsTest}), and a transaction that lost a
   * record can't be committed, whatever a handler says.
   */
  @Test
  @Order(1)
  void whatTheBrokerRefusesStopsTheTopologyAndIsWrittenAfterTheCauseIsMended() throws Exception {
    try (DedupStreams streams = DedupStreamsMain.start(broker.config())) {
      await().atMost(RealBroker.SOON).until(streams::isReady);
      // Less than the record and more than the marker of a transaction, which must pass.
      largestOrderPaid("200");
      broker.send(Given.placed("refused", 1200));
      broker.send(Given.paid("refused-1", "refused", 1200));
      assertThat(streams.failure().get(60, TimeUnit.SECONDS))
          .hasRootCauseInstanceOf(RecordTooLargeException.class);
    }
    assertThat(broker.paid("refused")).isEmpty();
    largestOrderPaid(Integer.toString(Topics.ORDER_PAID.maxMessageBytes()));
    try (DedupStreams streams = DedupStreamsMain.start(broker.config())) {
      await().atMost(RealBroker.SOON).until(streams::isReady);
      broker.awaitPaid("refused");
    }
    assertThat(broker.paid("refused")).hasSize(1);
  }

  @Test
  @Order(2)
  void anUnsafeClusterIsRefusedWithTheSettingAndTheFix() throws Exception {
    broker.admin().deleteTopics(List.of(Topics.ORDER_PAID.name())).all().get();
    await()
        .atMost(RealBroker.SOON)
        .until(() -> !broker.admin().listTopics().names().get().contains(Topics.ORDER_PAID.name()));
    assertThatThrownBy(() -> DedupStreamsMain.start(broker.config()))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("order-paid does not exist; run: paidonce topics apply");
  }

  private static void largestOrderPaid(String bytes) throws Exception {
    broker
        .admin()
        .incrementalAlterConfigs(
            Map.of(
                new ConfigResource(ConfigResource.Type.TOPIC, Topics.ORDER_PAID.name()),
                List.of(
                    new AlterConfigOp(
                        new ConfigEntry("max.message.bytes", bytes), AlterConfigOp.OpType.SET))))
        .all()
        .get();
  }
}

package io.paidonce.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.paidonce.localstack.LocalKafka;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AlterConfigOp;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.clients.admin.NewPartitions;
import org.apache.kafka.common.config.ConfigResource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** One story on a broker of its own, which it leaves with topics that are not as declared. */
class TopicsAdminIT {

  private static final Duration SOON = Duration.ofSeconds(30);

  @Test
  void theDeclaredTopicsAreMadeComparedAndMended(@TempDir Path directory) throws Exception {
    try (LocalKafka kafka = LocalKafka.startInProcess(directory.resolve("kafka"));
        Admin admin = Admin.create(Map.of("bootstrap.servers", kafka.bootstrapServers()))) {
      TopicsAdmin topics = new TopicsAdmin(admin, 1);
      assertThat(topics.check())
          .hasSize(Topics.all().size())
          .contains("order-paid does not exist; run: paidonce topics apply");

      assertThat(topics.apply()).hasSize(Topics.all().size()).contains("created order-paid");
      await().atMost(SOON).until(() -> topics.check().isEmpty());
      assertThat(topics.apply()).isEmpty();

      ConfigResource orderPaid = new ConfigResource(ConfigResource.Type.TOPIC, "order-paid");
      admin
          .incrementalAlterConfigs(
              Map.of(
                  orderPaid,
                  List.of(
                      new AlterConfigOp(
                          new ConfigEntry("flush.messages", "1000"), AlterConfigOp.OpType.SET))))
          .all()
          .get();
      awaitDifference(
          topics, "order-paid: flush.messages is 1000, declared is 1; run: paidonce topics apply");
      assertThat(topics.apply()).hasSize(1);
      await().atMost(SOON).until(() -> topics.check().isEmpty());

      admin.createPartitions(Map.of("order-paid", NewPartitions.increaseTo(13))).all().get();
      awaitDifference(topics, "order-paid has 13 partitions, not 12");
      assertThat(new TopicsAdmin(admin, 3).check())
          .anyMatch(d -> d.contains("replication factor 1, not 3"))
          .anyMatch(d -> d.contains("min.insync.replicas is 1, declared is 2"));
    }
  }

  // A broker answers from its copy of the metadata, which follows the controller's.
  private static void awaitDifference(TopicsAdmin topics, String start) {
    await()
        .atMost(SOON)
        .untilAsserted(
            () -> assertThat(topics.check()).singleElement().asString().startsWith(start));
  }
}

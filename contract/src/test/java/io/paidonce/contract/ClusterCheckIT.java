package io.paidonce.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.paidonce.localstack.LocalKafka;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AlterConfigOp;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.clients.admin.FeatureUpdate;
import org.apache.kafka.clients.admin.NewPartitions;
import org.apache.kafka.clients.admin.UpdateFeaturesOptions;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer.OrderAnnotation;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;

/** Each unsafe setting, really set on a broker of its own. What can't be set back comes last. */
@TestMethodOrder(OrderAnnotation.class)
class ClusterCheckIT {

  private static final Duration SOON = Duration.ofSeconds(30);
  private static final Set<Topic<?>> ALL = new HashSet<>(Topics.all());

  @TempDir private static Path directory;
  private static LocalKafka kafka;
  private static Admin admin;

  @BeforeAll
  static void start() {
    kafka = LocalKafka.startInProcess(directory.resolve("kafka"));
    admin = Admin.create(servers());
    new TopicsAdmin(admin, 1).apply();
  }

  @AfterAll
  static void stop() {
    admin.close();
    kafka.close();
  }

  @Test
  @Order(1)
  void aSafeClusterIsTakenAndItsClockIsReadWithoutATrace() {
    await()
        .atMost(SOON)
        .untilAsserted(() -> assertThat(writer(Clock.systemUTC()).problems()).isEmpty());

    assertThat(visible(Topics.REJECTIONS)).isZero();
  }

  @Test
  @Order(1)
  void aClockThatDiffersIsRefused() {
    assertThat(writer(Clock.offset(Clock.systemUTC(), Duration.ofHours(1))).problems())
        .singleElement()
        .asString()
        .matches("this machine's clock is 3[56]\\d\\d s ahead of that of Kafka's brokers, .*NTP");
    assertThat(writer(Clock.offset(Clock.systemUTC(), Duration.ofMinutes(-1))).problems())
        .singleElement()
        .asString()
        .contains("behind that of Kafka's brokers");
  }

  @Test
  @Order(2)
  void settingsThatAreUnsafeAreToldTogether() throws Exception {
    set(Topics.ORDER_PAID, "flush.messages", "1000");
    set(Topics.ORDER_INPUTS, "retention.ms", "604800000");
    set(Topics.DEAD_LETTERS, "unclean.leader.election.enable", "true");
    try {
      awaitProblems(
          reader(ALL),
          "order-paid: flush.messages is 1000, declared is 1; run: paidonce topics apply",
          "order-inputs: retention.ms is 604800000, declared is 34560000000;",
          "dead-letters: unclean.leader.election.enable is true",
          "retention.ms differs among logs that are folded together: {payment-notifications="
              + "34560000000, order-commands=34560000000, order-inputs=604800000};");
    } finally {
      new TopicsAdmin(admin, 1).apply();
    }
    await().atMost(SOON).until(() -> reader(ALL).problems().isEmpty());
  }

  @Test
  @Order(2)
  void aTopicThatTheRoleDoesNotUseStopsNobody() throws Exception {
    set(Topics.NOTIFICATION_RECEIPTS, "retention.ms", "1000");
    try {
      awaitProblems(reader(ALL), "notification-receipts: retention.ms is 1000");
      assertThat(reader(Set.of(Topics.ORDER_PAID)).problems()).isEmpty();
    } finally {
      new TopicsAdmin(admin, 1).apply();
    }
    await().atMost(SOON).until(() -> reader(ALL).problems().isEmpty());
  }

  @Test
  @Order(2)
  void oneBrokerMustBeDeclared() {
    assertThat(
            ClusterCheck.ofReader(kafka.bootstrapServers(), 3, Set.of(Topics.ORDER_PAID))
                .problems())
        .anyMatch(p -> p.startsWith("order-paid has replication factor 1, not 3; reassign"))
        .anyMatch(p -> p.startsWith("order-paid: min.insync.replicas is 1, declared is 2;"))
        .anyMatch(p -> p.startsWith("__transaction_state has replication factor 1, not 3"))
        .anyMatch(p -> p.startsWith("__transaction_state: min.insync.replicas is 1, must be"));
  }

  @Test
  @Order(3)
  void partitionsTooManyAreRefused() throws Exception {
    admin
        .createPartitions(Map.of(Topics.ORDER_PAID.name(), NewPartitions.increaseTo(13)))
        .all()
        .get();

    awaitProblems(reader(Set.of(Topics.ORDER_PAID)), "order-paid has 13 partitions, not 12;");
  }

  @Test
  @Order(4)
  void anOldTransactionProtocolIsRefused() throws Exception {
    admin
        .updateFeatures(
            Map.of(
                "transaction.version",
                new FeatureUpdate((short) 1, FeatureUpdate.UpgradeType.SAFE_DOWNGRADE)),
            new UpdateFeaturesOptions())
        .all()
        .get();

    awaitProblems(
        reader(Set.of(Topics.ORDER_CANCELLED)),
        "transaction.version is 1, must be at least 2; run: kafka-features upgrade");
  }

  @Test
  @Order(5)
  void aBrokerThatIsAwayIsNoUnsafeOne() {
    kafka.close();

    assertThatThrownBy(() -> reader(ALL).problems()).isInstanceOf(KafkaSilentException.class);
  }

  private static ClusterCheck reader(Set<Topic<?>> topics) {
    return ClusterCheck.ofReader(kafka.bootstrapServers(), 1, topics);
  }

  private static ClusterCheck writer(Clock clock) {
    return ClusterCheck.ofWriter(
        kafka.bootstrapServers(), 1, Set.of(Topics.PAYMENT_NOTIFICATIONS), clock);
  }

  // A broker answers from its copy of the metadata, which follows the controller's.
  private static void awaitProblems(ClusterCheck check, String... starts) {
    await()
        .atMost(SOON)
        .untilAsserted(
            () -> {
              List<String> problems = check.problems();
              assertThat(problems).hasSize(starts.length);
              for (String start : starts) {
                assertThat(problems).anyMatch(problem -> problem.startsWith(start));
              }
            });
  }

  private static void set(Topic<?> topic, String setting, String value)
      throws ExecutionException, InterruptedException {
    admin
        .incrementalAlterConfigs(
            Map.of(
                new ConfigResource(ConfigResource.Type.TOPIC, topic.name()),
                List.of(
                    new AlterConfigOp(new ConfigEntry(setting, value), AlterConfigOp.OpType.SET))))
        .all()
        .get();
  }

  /** Records that a reader of what is committed gets. */
  private static long visible(Topic<?> topic) {
    Map<String, Object> settings =
        Map.of("bootstrap.servers", kafka.bootstrapServers(), "isolation.level", "read_committed");
    try (Consumer<byte[], byte[]> consumer =
        new KafkaConsumer<>(settings, new ByteArrayDeserializer(), new ByteArrayDeserializer())) {
      List<TopicPartition> partitions =
          consumer.partitionsFor(topic.name()).stream()
              .map(p -> new TopicPartition(p.topic(), p.partition()))
              .toList();
      consumer.assign(partitions);
      consumer.seekToBeginning(partitions);
      Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
      long[] found = {0};
      await()
          .atMost(SOON)
          .until(
              () -> {
                found[0] += consumer.poll(Duration.ofMillis(100)).count();
                return ends.entrySet().stream()
                    .allMatch(end -> consumer.position(end.getKey()) >= end.getValue());
              });
      return found[0];
    }
  }

  private static Map<String, Object> servers() {
    return Map.of("bootstrap.servers", kafka.bootstrapServers());
  }
}

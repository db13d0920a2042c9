package io.paidonce.reconciler.replay;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.paidonce.contract.EventHead;
import io.paidonce.contract.Money;
import io.paidonce.contract.OrderCommand;
import io.paidonce.contract.OrderKey;
import io.paidonce.contract.RecordCoordinates;
import io.paidonce.contract.Topic;
import io.paidonce.contract.Topics;
import io.paidonce.contract.TopicsAdmin;
import io.paidonce.ledger.Decision;
import io.paidonce.ledger.Intake;
import io.paidonce.ledger.Ledgers;
import io.paidonce.ledger.OrderLedger;
import io.paidonce.ledger.Reception;
import io.paidonce.ledger.TimeToPay;
import io.paidonce.localstack.LocalKafka;
import io.paidonce.reconciler.replay.ReplayReport.Outcome;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.acl.AccessControlEntry;
import org.apache.kafka.common.acl.AclBinding;
import org.apache.kafka.common.acl.AclOperation;
import org.apache.kafka.common.acl.AclPermissionType;
import org.apache.kafka.common.errors.GroupAuthorizationException;
import org.apache.kafka.common.errors.TopicAuthorizationException;
import org.apache.kafka.common.resource.PatternType;
import org.apache.kafka.common.resource.ResourcePattern;
import org.apache.kafka.common.resource.ResourceType;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** On a broker that lets us read topics and nothing else. */
class ReadOnlyIT {

  private static final OrderKey ORDER = new OrderKey("s1", "o1");

  @TempDir private Path directory;

  @Test
  void readIsAllThatAReplayNeeds() throws Exception {
    Map<String, String> authorizer =
        Map.of(
            "authorizer.class.name",
            "org.apache.kafka.metadata.authorizer.StandardAuthorizer",
            "allow.everyone.if.no.acl.found",
            "true");
    try (LocalKafka kafka = LocalKafka.startInProcess(directory, 0, authorizer);
        Admin admin = Admin.create(Map.of("bootstrap.servers", kafka.bootstrapServers()));
        Producer<byte[], byte[]> producer =
            new KafkaProducer<>(
                Map.of("bootstrap.servers", kafka.bootstrapServers(), "acks", "all"),
                new ByteArraySerializer(),
                new ByteArraySerializer())) {
      new TopicsAdmin(admin, 1).apply();
      placeAnOrder(producer);
      leaveUsReadOnly(admin);
      awaitRefusal(producer);
      assertThatThrownBy(
              () -> admin.createTopics(List.of(new NewTopic("x", 1, (short) 1))).all().get())
          .hasCauseInstanceOf(TopicAuthorizationException.class);
      assertThatThrownBy(
              () -> admin.listConsumerGroupOffsets("g").partitionsToOffsetAndMetadata().get())
          .hasCauseInstanceOf(GroupAuthorizationException.class);

      ReplayReport report =
          Replay.run(
              new ReplayConfig(kafka.bootstrapServers(), "g", null, Duration.ofSeconds(5), 2),
              ReplayRange.ALL,
              new Tally());

      assertThat(report.shown()).isEmpty();
      assertThat(report.outcome()).isEqualTo(Outcome.SAME);
      assertThat(report.agreed())
          .isEqualTo(Map.of(Topics.ORDER_INPUTS.name(), 1L, Topics.ORDER_TRANSITIONS.name(), 1L));
    }
  }

  // The broker learns of its rules a moment after they are stored.
  private static void awaitRefusal(Producer<byte[], byte[]> producer) {
    await()
        .atMost(Duration.ofSeconds(30))
        .until(
            () -> {
              try {
                producer.send(new ProducerRecord<>(Topics.REJECTIONS.name(), new byte[0])).get();
                return false;
              } catch (ExecutionException e) {
                return e.getCause() instanceof TopicAuthorizationException;
              }
            });
  }

  private static void leaveUsReadOnly(Admin admin) throws Exception {
    admin
        .createAcls(
            List.of(
                allow(ResourceType.TOPIC, "*", "User:ANONYMOUS", AclOperation.READ),
                // Whoever is named, all others are refused.
                allow(ResourceType.GROUP, "*", "User:somebody-else", AclOperation.ALL),
                // The one broker speaks to its controller as anybody does.
                allow(
                    ResourceType.CLUSTER,
                    "kafka-cluster",
                    "User:ANONYMOUS",
                    AclOperation.CLUSTER_ACTION)))
        .all()
        .get();
  }

  private static AclBinding allow(
      ResourceType type, String name, String principal, AclOperation operation) {
    return new AclBinding(
        new ResourcePattern(type, name, PatternType.LITERAL),
        new AccessControlEntry(principal, "*", operation, AclPermissionType.ALLOW));
  }

  /** As an order service, intake and the ledger would write it. */
  private static void placeAnOrder(Producer<byte[], byte[]> producer) throws Exception {
    OrderCommand command =
        OrderCommand.place(ORDER, Money.of(1200, "CNY"), "place", "shop", Instant.EPOCH);
    RecordMetadata stored = send(producer, Topics.ORDER_COMMANDS, command, "place");
    Reception<?> reception =
        Intake.receive(
            null,
            command,
            TimeToPay.DEFAULT,
            Instant.ofEpochMilli(stored.timestamp()),
            new RecordCoordinates(stored.topic(), stored.partition(), stored.offset()));
    Reception.First<?> first = (Reception.First<?>) reception;
    send(producer, Topics.ORDER_INPUTS, first.input(), first.input().inputId());
    Decision.Advance advance =
        (Decision.Advance) Ledgers.apply(OrderLedger.unknown(ORDER), first.input());
    send(producer, Topics.ORDER_TRANSITIONS, advance.transition(), advance.transition().eventId());
  }

  private static <V> RecordMetadata send(
      Producer<byte[], byte[]> producer, Topic<V> topic, V value, String id) throws Exception {
    return producer
        .send(
            topic.record(ORDER.toString(), value, new EventHead(id, "/test", Instant.EPOCH, null)))
        .get();
  }
}

package io.paidonce.launcher.faults;

import static org.assertj.core.api.Assertions.assertThat;

import io.paidonce.contract.EventHead;
import io.paidonce.contract.EventHeaders;
import io.paidonce.contract.Topic;
import io.paidonce.contract.Topics;
import io.paidonce.contract.TopicsAdmin;
import io.paidonce.localstack.LocalKafka;
import io.paidonce.reconciler.diff.ChildBuild;
import io.paidonce.reconciler.diff.KeptDay;
import io.paidonce.reconciler.diff.RunningShadow;
import io.paidonce.reconciler.diff.ShadowMain;
import io.paidonce.reconciler.diff.Traffic;
import io.paidonce.reconciler.diff.TrafficFile;
import io.paidonce.reconciler.replay.Tally;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.Future;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A build with a changed rule beside live traffic on a real broker. */
@Tag("proof")
final class ShadowIT {

  private static final Duration SOON = Duration.ofSeconds(60);
  private static final String GROUP = "shadow-it";

  @TempDir private Path directory;

  @Test
  void aChangedRuleIsSaidWhileTrafficRunsAndNothingIsWritten() throws Exception {
    Path build =
        BuiltFolder.with(
            directory.resolve("build"), Mutation.compiled(Mutation.LATE_MONEY_REOPENS_EVERY_ORDER));
    try (LocalKafka kafka = LocalKafka.startInProcess(directory.resolve("kafka"));
        Admin admin = Admin.create(Map.of("bootstrap.servers", kafka.bootstrapServers()))) {
      new TopicsAdmin(admin, 1).apply();
      try (RunningShadow shadow =
          ShadowMain.start(
              new ShadowMain.Settings(kafka.bootstrapServers(), GROUP, 1_000, "127.0.0.1", 0),
              ChildBuild.start(build))) {
        Await.until("the group has its partitions", SOON, () -> ready(shadow));
        long inputs = playTheDay(kafka.bootstrapServers());
        Await.until(
            "all inputs are folded or passed over",
            SOON,
            () -> metric(shadow, "inputs_total") + metric(shadow, "passed_over_total") == inputs);
        Await.until(
            "the difference is said", SOON, () -> metric(shadow, "orders_different_total") > 0);
        assertThat(metric(shadow, "inputs_different_total"))
            .isGreaterThanOrEqualTo(metric(shadow, "orders_different_total"));
        assertThat(metric(shadow, "orders_followed")).isPositive();
        assertThat(metric(shadow, "orders_left_total")).isZero();
      }
      for (Topic<?> topic : Topics.all()) {
        if (!topic.equals(Topics.ORDER_INPUTS)) {
          assertThat(written(admin, topic)).as(topic.name()).isZero();
        }
      }
      assertThat(admin.listConsumerGroupOffsets(GROUP).partitionsToOffsetAndMetadata().get())
          .isEmpty();
    }
  }

  private static long written(Admin admin, Topic<?> topic) throws Exception {
    TopicPartition first = new TopicPartition(topic.name(), 0);
    return admin
        .listOffsets(Map.of(first, OffsetSpec.latest()))
        .partitionResult(first)
        .get()
        .offset();
  }

  // All into one partition, in the order of the day.
  private static long playTheDay(String kafka) {
    long[] inputs = new long[1];
    try (Producer<byte[], byte[]> producer =
        new KafkaProducer<>(
            Map.of("bootstrap.servers", kafka, "acks", "all"),
            new ByteArraySerializer(),
            new ByteArraySerializer())) {
      new TrafficFile(KeptDay.traffic())
          .each(
              new Traffic.Sink() {
                @Override
                public void record(ConsumerRecord<byte[], byte[]> record, boolean isCompared) {
                  if (record.topic().equals(Topics.ORDER_INPUTS.name())) {
                    inputs[0]++;
                    Future<RecordMetadata> unused =
                        producer.send(
                            new ProducerRecord<>(
                                record.topic(),
                                0,
                                record.key(),
                                record.value(),
                                EventHeaders.of(
                                    Topics.ORDER_INPUTS,
                                    record.value(),
                                    new EventHead("i", "/test", Instant.EPOCH, null))));
                  }
                }

                @Override
                public void end(TopicPartition partition) {}
              },
              new Tally());
    }
    return inputs[0];
  }

  private static boolean ready(RunningShadow shadow) {
    return get(shadow, "/health/ready").contains("up");
  }

  private static long metric(RunningShadow shadow, String name) {
    return get(shadow, "/metrics")
        .lines()
        .filter(line -> line.startsWith("paidonce_shadow_" + name + " "))
        .mapToLong(line -> (long) Double.parseDouble(line.substring(line.indexOf(' ') + 1)))
        .findFirst()
        .orElse(-1);
  }

  private static String get(RunningShadow shadow, String path) {
    try {
      return HttpClient.newHttpClient()
          .send(
              HttpRequest.newBuilder(
                      URI.create("http://127.0.0.1:" + shadow.managementPort() + path))
                  .build(),
              BodyHandlers.ofString())
          .body();
    } catch (IOException e) {
      throw new IllegalStateException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }
}

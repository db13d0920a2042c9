package io.paidonce.reconciler.replay;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.paidonce.contract.ExceptionCase;
import io.paidonce.contract.ExceptionKind;
import io.paidonce.contract.Topic;
import io.paidonce.contract.Topics;
import io.paidonce.contract.TopicsAdmin;
import io.paidonce.contract.UnreadableRecordException;
import io.paidonce.launcher.bench.OurTimes;
import io.paidonce.localstack.LocalKafka;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.EnumSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The same as {@link ReplayTest} on a real broker: a day of many orders, and a replay that is
 * killed.
 */
@Tag("proof")
class LongReplayIT {

  private static final long SEED = Long.getLong("paidonce.seed", 20260131);
  private static final int ORDERS = Integer.getInteger("paidonce.orders", 100_000);
  private static final ReplayConfig NOBODY_ELSE =
      new ReplayConfig("set below", "group", null, Duration.ZERO, 2);

  @TempDir private Path directory;

  private final Set<ExceptionKind> kinds = ConcurrentHashMap.newKeySet();

  @Test
  void aDayWithEveryKindOfExceptionFoldsToTheSameAlsoAfterAKill() throws Exception {
    try (LocalKafka kafka = LocalKafka.startProcess(directory.resolve("kafka"));
        Admin admin = Admin.create(Map.of("bootstrap.servers", kafka.bootstrapServers()))) {
      new TopicsAdmin(admin, 1).apply();
      OurTimes.takenBy(admin);
      play(kafka.bootstrapServers());
      assertThat(kinds).isEqualTo(EnumSet.allOf(ExceptionKind.class));
      Map<String, Long> ends = ends(admin);

      ReplayReport first = replay(kafka);
      assertThat(first.shown()).as("seed %d", SEED).isEmpty();
      assertThat(first.untold()).isEmpty();
      assertThat(first.outcome()).isEqualTo(ReplayReport.Outcome.SAME);
      assertThat(first.inputs()).isGreaterThan(2L * ORDERS);
      for (Topic<?> topic : Plan.OUTPUTS) {
        assertThat(first.agreed().get(topic.name())).isEqualTo(ends.get(topic.name()));
      }
      System.out.println(ReplayTable.lines(first).get(0));

      killHalfWay(kafka.bootstrapServers());
      assertThat(ends(admin)).as("it wrote nothing").isEqualTo(ends);
      assertThat(admin.listGroups().all().get()).as("it joined nothing").isEmpty();
      ReplayReport again = replay(kafka);
      assertThat(again.shown()).isEmpty();
      assertThat(again.agreed()).isEqualTo(first.agreed());
      assertThat(again.inputs()).isEqualTo(first.inputs());
    }
  }

  private static ReplayReport replay(LocalKafka kafka) {
    return Replay.run(
        new ReplayConfig(
            kafka.bootstrapServers(),
            NOBODY_ELSE.streamsGroup(),
            null,
            NOBODY_ELSE.patience(),
            NOBODY_ELSE.threads()),
        ReplayRange.ALL,
        new Tally());
  }

  private void play(String kafka) {
    try (DayOnBroker day = new DayOnBroker(kafka)) {
      SeededTraffic.play(
          SEED,
          ORDERS,
          directory.resolve("day"),
          (record, at) -> {
            note(record);
            day.write(record, at);
          });
    }
  }

  private void note(ProducerRecord<byte[], byte[]> record) {
    if (record.topic().equals(Topics.PAYMENT_EXCEPTIONS.name())) {
      try {
        ExceptionCase one = Topics.PAYMENT_EXCEPTIONS.read(record.headers(), record.value());
        kinds.add(one.kind());
      } catch (UnreadableRecordException e) {
        throw new AssertionError("the topology wrote an exception it could not read", e);
      }
    }
  }

  private void killHalfWay(String kafka) throws IOException, InterruptedException {
    Path config = directory.resolve("paidonce.yaml");
    Files.writeString(
        config,
        """
        kafka:
          bootstrapServers: %s
        streams:
          stateDir: %s
        """
            .formatted(kafka, directory.resolve("unused")),
        UTF_8);
    Path err = directory.resolve("killed.err");
    Process replay =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx512m",
                "-XX:TieredStopAtLevel=1",
                "-cp",
                System.getProperty("java.class.path"),
                "io.paidonce.launcher.Launcher",
                "replay",
                "--config",
                config.toString(),
                "--threads",
                "1")
            .redirectError(err.toFile())
            .redirectOutput(directory.resolve("killed.out").toFile())
            .start();
    try {
      await("it says how far it is")
          .atMost(Duration.ofMinutes(2))
          .until(() -> !replay.isAlive() || Files.readString(err).contains("replay: "));
      assertThat(replay.isAlive()).as(Files.readString(err)).isTrue();
    } finally {
      replay.destroyForcibly();
    }
    assertThat(replay.waitFor(30, TimeUnit.SECONDS)).isTrue();
    assertThat(directory.resolve("killed.out")).isEmptyFile();
  }

  private static Map<String, Long> ends(Admin admin) throws Exception {
    Map<String, Long> ends = new TreeMap<>();
    for (Topic<?> topic : Topics.all()) {
      TopicPartition first = new TopicPartition(topic.name(), 0);
      ends.put(
          topic.name(),
          admin
              .listOffsets(Map.of(first, OffsetSpec.latest()))
              .partitionResult(first)
              .get()
              .offset());
    }
    return ends;
  }
}

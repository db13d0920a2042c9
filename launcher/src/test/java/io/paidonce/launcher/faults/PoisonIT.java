package io.paidonce.launcher.faults;

import static org.assertj.core.api.Assertions.assertThat;

import io.paidonce.verifier.Report;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** A thousand records in a row that nobody can process, among good ones. */
final class PoisonIT {

  private static final Duration LENGTH = Duration.ofSeconds(3);
  private static final int OF_EACH = 100;
  private static final int ALL = OF_EACH * Poison.values().length;
  private static final String KEPT = "paidonce_dead_letters_total";

  private final FaultStack stack = SharedStack.get();

  @ParameterizedTest
  @MethodSource("io.paidonce.launcher.faults.Point#all")
  void aThousandInARowBecomeDeadLettersAndGoodOnesGoOn(Point point) throws Exception {
    Run run = Run.of("1,000 poison records in a row", point);
    String since = Instant.now().toString();
    double keptBefore = stack.streams().metric(KEPT);
    long mark = stack.streams().log().mark();
    Load load = stack.load(run.random(), LENGTH).at(run.delay(500, 2_500));
    run.healing();
    burst();
    JournalTail seen = load.finish();
    // At rest: every record has been passed over, this way or that.
    Report report = stack.requireThePromise();
    run.healed();
    assertThat(stack.streams().log().count(mark, "to PARTITIONS_ASSIGNED")).isZero();
    assertThat(stack.streams().metric(KEPT)).isGreaterThanOrEqualTo(keptBefore + ALL);
    assertThat(byReason(since)).isEqualTo(expected());
    run.passed(seen, report, ALL + " dead letters, each for its reason; no rebalance");
  }

  private void burst() throws ExecutionException, InterruptedException {
    List<Future<RecordMetadata>> sent = new ArrayList<>();
    try (KafkaProducer<byte[], byte[]> producer =
        new KafkaProducer<>(
            Map.of("bootstrap.servers", stack.bootstrapServers(), "acks", "all"),
            new ByteArraySerializer(),
            new ByteArraySerializer())) {
      for (int n = 0; n < OF_EACH; n++) {
        for (Poison poison : Poison.values()) {
          sent.add(producer.send(poison.record(n)));
        }
      }
      for (Future<RecordMetadata> one : sent) {
        one.get();
      }
    }
  }

  private static Map<String, Integer> expected() {
    Map<String, Integer> expected = new TreeMap<>();
    for (Poison poison : Poison.values()) {
      expected.merge(poison.reason().name(), OF_EACH, Integer::sum);
    }
    return expected;
  }

  private Map<String, Integer> byReason(String since) {
    Map<String, Integer> found = new TreeMap<>();
    CommandRun.of(
            "deadletters",
            "list",
            "--json",
            "--since",
            since,
            "--bootstrap-server",
            stack.bootstrapServers())
        .out()
        .forEach(
            line ->
                found.merge(
                    line.replaceFirst(".*\"reason\":\"([A-Z_]+)\".*", "$1"), 1, Integer::sum));
    return found;
  }
}

package io.paidonce.reconciler.diff;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.paidonce.contract.ExceptionKind;
import io.paidonce.contract.Topics;
import io.paidonce.reconciler.replay.Tally;
import io.paidonce.reconciler.replay.UntellableException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.zip.GZIPInputStream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The gate before a deployment, for this build itself: what it makes of kept traffic is what builds
 * made of it before. Where a rule was changed on purpose, run this once with {@code
 * -Dpaidonce.render=true}, and say in the change which orders' histories differ: {@code ./paidonce
 * diff} names them.
 */
class KeptTrafficTest {

  private static final JsonMapper MAPPER = JsonMapper.builder().build();

  @TempDir private static Path directory;
  private static Traffic played;

  @BeforeAll
  static void play() throws IOException {
    played = KeptDay.played(directory.resolve("day"));
    if (Boolean.getBoolean("paidonce.render")) {
      new TrafficFile(KeptDay.traffic()).write(KeptDay.kept(played), new Tally());
      KeptHistories.write(new TrafficFile(KeptDay.traffic()), KeptDay.histories());
    }
  }

  @Test
  void keptTrafficHasTheHistoryThatItAlwaysHad() throws IOException {
    DiffReport report = compare(KeptDay.traffic(), KeptDay.histories());
    assertThat(report.shown()).isEmpty();
    assertThat(report.isSame()).isTrue();
    assertThat(report.records()).isGreaterThan(1_000);
    assertThat(kinds(KeptDay.histories())).isEqualTo(EnumSet.allOf(ExceptionKind.class));
  }

  /**
   * Of renamed orders the ledger makes what it makes of the others: ids it knows by are kept so.
   */
  @Test
  void underOtherNamesTheSameHappens() throws IOException {
    Path whole = directory.resolve("whole.gz");
    KeptHistories.write(played, whole);
    Path kept = directory.resolve("kept.gz");
    KeptHistories.write(KeptDay.kept(played), kept);
    assertThat(happened(kept)).isEqualTo(happened(whole));
  }

  @Test
  void nobodyIsKnownByWhatIsKept() throws IOException {
    String text = text(KeptDay.traffic());
    assertThat(text)
        .doesNotContain("1900000001", "\\\"s1\\\"", "\\\"s2\\\"", "\\\"o1", "\\\"t1", "d-o");
    assertThat(text).contains("wechat", "CNY", "2026-01-31T");
  }

  @Test
  void theSameKeyGivesTheSameFile() throws IOException {
    Path once = directory.resolve("once.gz");
    Path again = directory.resolve("again.gz");
    Path other = directory.resolve("other.gz");
    new TrafficFile(once).write(KeptDay.kept(played), new Tally());
    new TrafficFile(again).write(KeptDay.kept(played), new Tally());
    new TrafficFile(other)
        .write(new KeptTraffic(played, 160, "another one, long".getBytes(UTF_8)), new Tally());
    assertThat(again).hasSameBinaryContentAs(once);
    assertThat(text(other)).isNotEqualTo(text(once));
  }

  @Test
  void asManyOrdersAreKeptAsWereAskedFor() throws IOException {
    Path few = directory.resolve("few.gz");
    new TrafficFile(few).write(new KeptTraffic(played, 3, new byte[16]), new Tally());
    Set<String> orders =
        text(few)
            .lines()
            .filter(line -> line.contains("\"topic\":\"order-inputs\""))
            .filter(line -> !line.contains("\"forget\""))
            .map(line -> line.replaceFirst(".*?\"key\":\"([^\"]*)\".*", "$1"))
            .collect(Collectors.toSet());
    assertThat(orders).hasSize(3);
  }

  @Test
  void aFileThatIsCutOffIsRefused() throws IOException {
    byte[] whole = Files.readAllBytes(KeptDay.traffic());
    Path cut = directory.resolve("cut.gz");
    Files.write(cut, Arrays.copyOf(whole, whole.length / 2));
    assertThatThrownBy(() -> new TrafficFile(cut).each(NOBODY, new Tally()))
        .isInstanceOf(UntellableException.class)
        .hasMessageContaining("cut.gz");
    assertThatThrownBy(() -> new TrafficFile(KeptDay.histories()).each(NOBODY, new Tally()))
        .hasMessageContaining("no file of traffic");
  }

  @Test
  void historiesOfOtherTrafficAreNoHistories() throws IOException {
    Path few = directory.resolve("others.gz");
    new TrafficFile(few).write(new KeptTraffic(played, 3, new byte[16]), new Tally());
    assertThatThrownBy(() -> compare(few, KeptDay.histories()))
        .isInstanceOf(UntellableException.class)
        .hasMessageContaining("where it was asked about");
  }

  private static final Traffic.Sink NOBODY =
      new Traffic.Sink() {
        @Override
        public void record(ConsumerRecord<byte[], byte[]> record, boolean isCompared) {}

        @Override
        public void end(TopicPartition partition) {}
      };

  private static DiffReport compare(Path traffic, Path histories) throws IOException {
    return BuildDiff.run(new TrafficFile(traffic), KeptHistories.open(histories), new Tally());
  }

  private static Set<ExceptionKind> kinds(Path histories) throws IOException {
    return happened(histories).keySet().stream()
        .filter(what -> what.startsWith(Topics.PAYMENT_EXCEPTIONS.name()))
        .map(what -> ExceptionKind.valueOf(what.replaceFirst("\\S+ (\\S+).*", "$1")))
        .collect(Collectors.toCollection(() -> EnumSet.noneOf(ExceptionKind.class)));
  }

  /** How often each kind of record was made. */
  private static Map<String, Integer> happened(Path histories) throws IOException {
    Map<String, Integer> happened = new TreeMap<>();
    for (String line : text(histories).lines().toList()) {
      for (JsonNode one : MAPPER.readTree(line).path("made")) {
        JsonNode value = one.path("value");
        happened.merge(
            one.path("topic").asText()
                + " "
                + value.path("kind").asText()
                + value.path("from").asText()
                + " "
                + value.path("to").asText()
                + value.path("state").asText(),
            1,
            Integer::sum);
      }
    }
    return happened;
  }

  private static String text(Path file) throws IOException {
    try (GZIPInputStream in = new GZIPInputStream(Files.newInputStream(file))) {
      return new String(in.readAllBytes(), UTF_8);
    }
  }
}

package io.paidonce.streams;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.kafka.streams.StreamsConfig;
import org.junit.jupiter.api.Test;

/** The page gives every setting with its value and its reason, so it must not lie. */
class SettingsPageTest {

  private static final Path PAGE = Path.of("..", "docs", "reference", "streams-settings.md");
  private static final Pattern ROW = Pattern.compile("\\| `([^`]+)` \\| `([^`]+)` \\|.*");
  private static final String NAMED_BY_THE_INSTALLATION = "…";

  @Test
  void everySettingIsOnThePageWithItsValue() throws IOException {
    Map<String, String> set = new TreeMap<>();
    try (RocksDbMemory memory = new RocksDbMemory(16)) {
      Settings.of(defaults(), memory, new StreamsMetrics(new SimpleMeterRegistry()))
          .forEach((name, value) -> set.put((String) name, shown((String) name, value)));
    }
    assertThat(page()).isEqualTo(set);
  }

  private static DedupStreamsConfig defaults() {
    return new DedupStreamsConfig("k:1", null, "/s", null, null, null, null, null, null, null);
  }

  private static String shown(String name, Object value) {
    return switch (name) {
      case StreamsConfig.BOOTSTRAP_SERVERS_CONFIG,
          StreamsConfig.STATE_DIR_CONFIG,
          RocksDbMemory.CONFIG_KEY,
          PoisonHandler.METRICS_KEY ->
          NAMED_BY_THE_INSTALLATION;
      default -> value instanceof Class<?> type ? type.getName() : value.toString();
    };
  }

  private static Map<String, String> page() throws IOException {
    Map<String, String> rows = new TreeMap<>();
    for (String line : Files.readAllLines(PAGE)) {
      Matcher row = ROW.matcher(line);
      if (row.matches()) {
        rows.put(row.group(1), row.group(2));
      }
    }
    return rows;
  }
}

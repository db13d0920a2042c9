package io.paidonce.streams;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/**
 * The shape of the topology, kept in a file. Names of stores and processors are part of what is
 * stored in Kafka: a changed one orphans its state. If this test fails, the change needs a new
 * application id or a migration, not only a new file ({@code -Dpaidonce.render=true} writes it).
 */
class TopologyShapeTest {

  private static final Path GOLDEN = Path.of("src", "test", "resources", "topology.txt");

  @Test
  void theShapeIsTheOneThatIsDeployed() throws IOException {
    try (RocksDbMemory memory = new RocksDbMemory(16)) {
      DedupStreamsConfig config =
          new DedupStreamsConfig("unused:9092", null, "unused", 1, 1, 0, null, 16, null, null);
      StreamsMetrics metrics = new StreamsMetrics(new SimpleMeterRegistry());
      String shape =
          Given.topology(Settings.of(config, memory, metrics), metrics).describe().toString();
      if (Boolean.getBoolean("paidonce.render")) {
        Files.writeString(GOLDEN, shape);
      }
      assertThat(shape).isEqualTo(Files.readString(GOLDEN));
    }
  }
}

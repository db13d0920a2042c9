package io.paidonce.launcher;

import io.paidonce.launcher.config.ConfigFile;
import io.paidonce.launcher.config.KafkaConfig;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Which Kafka: named on the command line, or by a configuration. */
final class KafkaOption {

  /**
   * A cluster and the shops that may have orders on it.
   *
   * @param shops empty where no configuration names any
   */
  record Cluster(String bootstrapServers, Set<String> shops) {}

  @Option(
      names = "--bootstrap-server",
      paramLabel = "HOST:PORT",
      description = "Kafka's address, instead of a configuration's.")
  private @Nullable String bootstrapServer;

  @Mixin private final ConfigOption config = new ConfigOption();

  String bootstrapServers() {
    if (bootstrapServer != null) {
      return bootstrapServer;
    }
    ConfigFile file = config.read();
    Optional<KafkaConfig> kafka = file.kafka();
    file.requireSound();
    return kafka.orElseThrow().bootstrapServers();
  }

  /** As the configuration declares it; as for a real installation where there is none. */
  int replicationFactor() {
    boolean named = config.path().isPresent() && config.ofQuickstart().isEmpty();
    if (bootstrapServer != null && !named) {
      return KafkaConfig.DEFAULT_REPLICATION_FACTOR;
    }
    ConfigFile file = config.read();
    Optional<KafkaConfig> kafka = file.kafka();
    file.requireSound();
    return kafka.orElseThrow().replicas();
  }

  Cluster cluster() {
    if (bootstrapServer != null && config.path().isEmpty()) {
      return new Cluster(bootstrapServer, Set.of());
    }
    ConfigFile file = config.read();
    Optional<KafkaConfig> kafka = file.kafka();
    Set<String> shops = file.shops();
    file.requireSound();
    return new Cluster(
        bootstrapServer == null ? kafka.orElseThrow().bootstrapServers() : bootstrapServer, shops);
  }
}

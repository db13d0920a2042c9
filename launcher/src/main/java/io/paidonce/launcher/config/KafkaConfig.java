package io.paidonce.launcher.config;

import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Where Kafka is, and how it is replicated.
 *
 * @param bootstrapServers host:port of at least one broker, several separated by commas
 * @param replicationFactor copies of each partition, which every role requires; default 3. 1
 *     declares an installation on one machine, where nothing can be replicated
 */
public record KafkaConfig(String bootstrapServers, @Nullable Integer replicationFactor) {

  public static final int DEFAULT_REPLICATION_FACTOR = 3;

  public KafkaConfig {
    if (bootstrapServers.isBlank()) {
      throw new IllegalArgumentException("bootstrapServers must name at least one host:port");
    }
  }

  /** The declared one, or the default. */
  public int replicas() {
    return Objects.requireNonNullElse(replicationFactor, DEFAULT_REPLICATION_FACTOR);
  }
}

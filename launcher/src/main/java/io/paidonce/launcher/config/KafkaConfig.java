package io.paidonce.launcher.config;

/**
 * Where Kafka is.
 *
 * @param bootstrapServers host:port of at least one broker, several separated by commas
 */
public record KafkaConfig(String bootstrapServers) {

  public KafkaConfig {
    if (bootstrapServers.isBlank()) {
      throw new IllegalArgumentException("bootstrapServers must name at least one host:port");
    }
  }
}

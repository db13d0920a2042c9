package io.paidonce.launcher.quickstart;

import io.paidonce.launcher.config.ConfigCopy;
import io.paidonce.localstack.LocalPostgres;
import io.paidonce.localstack.LocalStack;
import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;

/** Turns a configuration into one for the embedded Kafka and PostgreSQL, for all roles. */
final class EmbeddedConfig {

  private EmbeddedConfig() {}

  /** Writes {@code source} to {@code target} with the stack's addresses and these ports. */
  static void write(
      Path source, Path target, LocalStack stack, Path streamsState, QuickstartPorts ports)
      throws IOException {
    String kafka = stack.kafka().bootstrapServers();
    LocalPostgres postgres = stack.postgres();
    Map<String, String> settings = new LinkedHashMap<>();
    settings.put("kafka.bootstrapServers", kafka);
    // One broker: nothing can be replicated, and there is no other instance to stand by.
    settings.put("kafka.replicationFactor", "1");
    settings.put("gateway.replicationFactor", "1");
    settings.put("projector.replicationFactor", "1");
    settings.put("gateway.bootstrapServers", kafka);
    listen(settings, "gateway.callbacks", ports.callbacks());
    listen(settings, "gateway.management", ports.gateway());
    settings.put("streams.bootstrapServers", kafka);
    settings.put("streams.stateDir", streamsState.toString());
    settings.put("streams.replicationFactor", "1");
    settings.put("streams.standbyReplicas", "0");
    settings.put("streams.managementPort", Integer.toString(ports.streams()));
    settings.put("reconciler.bootstrapServers", kafka);
    settings.put("reconciler.replicationFactor", "1");
    settings.put("reconciler.managementPort", Integer.toString(ports.reconciler()));
    settings.put("projector.bootstrapServers", kafka);
    settings.put("projector.jdbcUrl", postgres.jdbcUrl());
    settings.put("projector.user", postgres.user());
    settings.put("projector.password", postgres.password());
    listen(settings, "projector.api", ports.api());
    listen(settings, "projector.management", ports.projector());
    ConfigCopy.write(source, target, settings);
  }

  private static void listen(Map<String, String> settings, String place, int port) {
    settings.put(place + ".host", "127.0.0.1");
    settings.put(place + ".port", Integer.toString(port));
  }
}

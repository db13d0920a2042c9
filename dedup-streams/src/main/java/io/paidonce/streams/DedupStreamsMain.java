package io.paidonce.streams;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.binder.kafka.KafkaStreamsMetrics;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.paidonce.contract.ClusterCheck;
import io.paidonce.contract.UnsafeClusterException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Properties;
import org.apache.kafka.streams.KafkaStreams;
import org.apache.kafka.streams.StreamsConfig;
import org.apache.kafka.streams.Topology;
import org.apache.kafka.streams.TopologyConfig;

/** The wiring of the role {@code streams}: every box once, in order. */
public final class DedupStreamsMain {

  private DedupStreamsMain() {}

  /**
   * Starts the topology.
   *
   * @return running; closing it hands its tasks over and keeps its state directory
   * @throws IllegalArgumentException if the configuration is unusable, naming every field
   * @throws UnsafeClusterException if the cluster is unsafe, naming every setting and its fix
   * @throws IllegalStateException if Kafka does not answer
   */
  public static DedupStreams start(DedupStreamsConfig config) {
    refuseIfAny("the configuration of streams is unusable", config.problems());
    List<String> unsafe =
        ClusterCheck.ofWriter(
                config.bootstrapServers(),
                config.replicationFactor(),
                DedupTopology.TOPICS,
                Clock.systemUTC())
            .problems();
    if (!unsafe.isEmpty()) {
      throw new UnsafeClusterException(unsafe);
    }
    PrometheusMeterRegistry registry = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
    RocksDbMemory memory = new RocksDbMemory(config.rocksDbMemoryMib());
    StreamsMetrics metrics = new StreamsMetrics(registry);
    Properties settings = Settings.of(config, memory, metrics);
    LagGuardWatch lagGuard =
        new LagGuardWatch(config.bootstrapServers(), config.applicationId(), Clock.systemUTC());
    Gauge.builder("paidonce.deadlines.behind.seconds", lagGuard, DedupStreamsMain::behind)
        .description("Age of the time before which all that was received is in order-inputs")
        .register(registry);
    Topology topology =
        DedupTopology.build(
            new TopologyConfig(new StreamsConfig(settings)), config::timeToPay, lagGuard, metrics);
    KafkaStreams streams = new KafkaStreams(topology, settings);
    KafkaStreamsMetrics kafkaMetrics = new KafkaStreamsMetrics(streams);
    kafkaMetrics.bindTo(registry);
    ManagementServer management =
        new ManagementServer(
            config.managementHost(), config.managementPort(), streams::state, registry);
    DedupStreams running = new DedupStreams(streams, management, lagGuard, kafkaMetrics, memory);
    running.start();
    return running;
  }

  // NaN while nothing is known, so that no alarm takes it for good.
  private static double behind(LagGuardWatch lagGuard) {
    Instant allInBefore = lagGuard.get();
    return allInBefore.equals(Instant.MIN)
        ? Double.NaN
        : Duration.between(allInBefore, Instant.now()).toMillis() / 1000.0;
  }

  private static void refuseIfAny(String what, List<String> problems) {
    if (!problems.isEmpty()) {
      throw new IllegalArgumentException(listed(what, problems));
    }
  }

  private static String listed(String what, List<String> problems) {
    return what + ":\n  - " + String.join("\n  - ", problems);
  }
}

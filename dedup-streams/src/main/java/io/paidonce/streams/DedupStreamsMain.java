package io.paidonce.streams;

import io.micrometer.core.instrument.binder.kafka.KafkaStreamsMetrics;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.paidonce.contract.ClusterCheck;
import io.paidonce.contract.UnsafeClusterException;
import java.time.Clock;
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
    Topology topology =
        DedupTopology.build(new TopologyConfig(new StreamsConfig(settings)), metrics);
    KafkaStreams streams = new KafkaStreams(topology, settings);
    KafkaStreamsMetrics kafkaMetrics = new KafkaStreamsMetrics(streams);
    kafkaMetrics.bindTo(registry);
    ManagementServer management =
        new ManagementServer(
            config.managementHost(), config.managementPort(), streams::state, registry);
    DedupStreams running = new DedupStreams(streams, management, kafkaMetrics, memory);
    running.start();
    return running;
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

package io.paidonce.reconciler.diff;

import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.paidonce.reconciler.ManagementServer;
import java.util.HashMap;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.CooperativeStickyAssignor;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/** The wiring of the role {@code shadow}: every box once, in order. */
public final class ShadowMain {

  private ShadowMain() {}

  /**
   * How a shadow runs.
   *
   * @param group its own consumer group; several instances of one share the partitions
   * @param mostOrders how many orders are followed at once
   * @param host of health and metrics
   * @param port of health and metrics; 0 for any
   */
  public record Settings(
      String bootstrapServers, String group, int mostOrders, String host, int port) {}

  /** Starts one; {@code other} is closed with it. */
  public static RunningShadow start(Settings settings, Build other) {
    PrometheusMeterRegistry registry = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
    Shadow shadow =
        new Shadow(consumer(settings), other, settings.mostOrders(), new ShadowMetrics(registry));
    ManagementServer management;
    try {
      management =
          new ManagementServer(
              settings.host(), settings.port(), shadow::isAlive, shadow::isReady, registry);
    } catch (RuntimeException e) {
      shadow.close();
      throw e;
    }
    shadow.start();
    return new RunningShadow(shadow, management, registry);
  }

  private static KafkaConsumer<byte[], byte[]> consumer(Settings of) {
    Map<String, Object> settings = new HashMap<>();
    settings.put(ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG, of.bootstrapServers());
    settings.put(ConsumerConfig.GROUP_ID_CONFIG, of.group());
    settings.put(ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_committed");
    // What it knew is gone with the process: an offset to go on from would be of no use.
    settings.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false);
    settings.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "latest");
    settings.put(ConsumerConfig.ALLOW_AUTO_CREATE_TOPICS_CONFIG, false);
    // A rebalance costs only those orders whose partitions move.
    settings.put(
        ConsumerConfig.PARTITION_ASSIGNMENT_STRATEGY_CONFIG,
        CooperativeStickyAssignor.class.getName());
    settings.put(ConsumerConfig.MAX_POLL_RECORDS_CONFIG, 500);
    settings.put(ConsumerConfig.FETCH_MAX_BYTES_CONFIG, 4 << 20);
    return new KafkaConsumer<>(settings, new ByteArrayDeserializer(), new ByteArrayDeserializer());
  }
}

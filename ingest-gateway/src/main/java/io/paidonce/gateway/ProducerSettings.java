package io.paidonce.gateway;

import io.paidonce.contract.Topic;
import java.util.LinkedHashMap;
import java.util.Map;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/**
 * Every producer setting with its reason; Kafka's defaults wait far longer than a provider does.
 */
final class ProducerSettings {

  /** Room for every request in flight; see {@link Limits}. */
  static final int BUFFER_BYTES = 32 * 1024 * 1024;

  private ProducerSettings() {}

  /**
   * A broker works through one connection's requests one after another, and in a request through
   * one partition after another, each with its wait for the disk. Several connections wait side by
   * side. Divides the number of partitions, so that each producer has partitions of its own.
   */
  static final int PRODUCERS = 4;

  static Map<String, Object> of(String bootstrapServers, int number) {
    Map<String, Object> settings = new LinkedHashMap<>();
    settings.put(ProducerConfig.BOOTSTRAP_SERVERS_CONFIG, bootstrapServers);
    settings.put(ProducerConfig.CLIENT_ID_CONFIG, "paidonce-ingest-gateway-" + number);
    settings.put(ProducerConfig.KEY_SERIALIZER_CLASS_CONFIG, ByteArraySerializer.class.getName());
    settings.put(ProducerConfig.VALUE_SERIALIZER_CLASS_CONFIG, ByteArraySerializer.class.getName());
    // Success is answered on the ack: it must mean every in-sync replica has the record.
    settings.put(ProducerConfig.ACKS_CONFIG, "all");
    // A retry inside the client writes no second copy and keeps the order of a partition.
    settings.put(ProducerConfig.ENABLE_IDEMPOTENCE_CONFIG, true);
    // The most that idempotence allows.
    settings.put(ProducerConfig.MAX_IN_FLIGHT_REQUESTS_PER_CONNECTION, 5);
    // Callbacks that come together share a batch; nobody notices 2 ms.
    settings.put(ProducerConfig.LINGER_MS_CONFIG, 2);
    // A silent broker is given up early enough to try another within the delivery time.
    settings.put(ProducerConfig.REQUEST_TIMEOUT_MS_CONFIG, 1_500);
    // Below the 4 s after which we answer: what ends later would be unknown to everybody.
    settings.put(ProducerConfig.DELIVERY_TIMEOUT_MS_CONFIG, 3_000);
    // How long the publisher thread may hang on missing metadata or a full buffer.
    settings.put(ProducerConfig.MAX_BLOCK_MS_CONFIG, 500);
    settings.put(ProducerConfig.BUFFER_MEMORY_CONFIG, BUFFER_BYTES);
    settings.put(ProducerConfig.MAX_REQUEST_SIZE_CONFIG, Topic.MAX_MESSAGE_BYTES);
    // JSON and Base64 shrink well, and lz4 costs least.
    settings.put(ProducerConfig.COMPRESSION_TYPE_CONFIG, "lz4");
    // A broker that comes back is found within a second.
    settings.put(ProducerConfig.RECONNECT_BACKOFF_MAX_MS_CONFIG, 500L);
    return settings;
  }
}

package io.paidonce.streams;

import java.util.Properties;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.common.config.TopicConfig;
import org.apache.kafka.streams.StreamsConfig;
import org.apache.kafka.streams.errors.DefaultProductionExceptionHandler;

/** Every Kafka setting of the topology, with its reason. */
final class Settings {

  private Settings() {}

  static Properties of(DedupStreamsConfig config, RocksDbMemory memory, StreamsMetrics metrics) {
    Properties settings = new Properties();
    settings.put(StreamsConfig.APPLICATION_ID_CONFIG, config.applicationId());
    settings.put(StreamsConfig.BOOTSTRAP_SERVERS_CONFIG, config.bootstrapServers());
    // Kept over restarts: it holds the process id that fences our own predecessor at once.
    settings.put(StreamsConfig.STATE_DIR_CONFIG, config.stateDir());
    settings.put(StreamsConfig.NUM_STREAM_THREADS_CONFIG, config.threads());
    // Output, state and input offset become visible together or not at all.
    settings.put(StreamsConfig.PROCESSING_GUARANTEE_CONFIG, StreamsConfig.EXACTLY_ONCE_V2);
    // A read_committed consumer waits for the commit: this is most of a payment's latency. But each
    // commit writes to some 80 partitions, markers included, each with its wait for the disk where
    // flush.messages=1; at 25 ms a saturated topology commits for longer than it works (ADR 12).
    settings.put(StreamsConfig.COMMIT_INTERVAL_MS_CONFIG, 50);
    // An unnamed resource would be renumbered by the next change of the topology.
    settings.put(StreamsConfig.ENSURE_EXPLICIT_INTERNAL_RESOURCE_NAMING_CONFIG, true);
    settings.put(StreamsConfig.NUM_STANDBY_REPLICAS_CONFIG, config.standbyReplicas());
    settings.put(StreamsConfig.REPLICATION_FACTOR_CONFIG, config.replicationFactor());
    settings.put(
        StreamsConfig.topicPrefix(TopicConfig.MIN_IN_SYNC_REPLICAS_CONFIG),
        config.replicationFactor() >= 3 ? 2 : 1);
    // Our stores are read by key and written at once; a cache would only delay the changelog.
    settings.put(StreamsConfig.STATESTORE_CACHE_MAX_BYTES_CONFIG, 0);
    settings.put(RocksDbMemory.CONFIG_KEY, memory);
    settings.put(StreamsConfig.ROCKSDB_CONFIG_SETTER_CLASS_CONFIG, RocksDbMemory.Setter.class);
    // A defect of ours becomes a dead letter in the same transaction as its offset.
    settings.put(StreamsConfig.PROCESSING_EXCEPTION_HANDLER_CLASS_CONFIG, PoisonHandler.class);
    settings.put(PoisonHandler.METRICS_KEY, metrics);
    // Fails: going on would drop a payment's output and commit its input.
    settings.put(
        StreamsConfig.PRODUCTION_EXCEPTION_HANDLER_CLASS_CONFIG,
        DefaultProductionExceptionHandler.class);
    // Static membership and warm standbys are proven in it.
    settings.put(StreamsConfig.GROUP_PROTOCOL_CONFIG, "classic");
    // What the ledger decides hangs on no order between topics. Asking for it anyway makes Streams
    // look up the lag of each other partition of a task before each record.
    settings.put(StreamsConfig.MAX_TASK_IDLE_MS_CONFIG, -1L);
    settings.put(StreamsConfig.METRICS_RECORDING_LEVEL_CONFIG, "INFO");
    // A crashed instance is noticed after this long; 6 s is the broker's floor.
    settings.put(StreamsConfig.consumerPrefix(ConsumerConfig.SESSION_TIMEOUT_MS_CONFIG), 10_000);
    settings.put(StreamsConfig.consumerPrefix(ConsumerConfig.HEARTBEAT_INTERVAL_MS_CONFIG), 3_000);
    // Larger batches: one transaction of 50 ms holds many records.
    settings.put(StreamsConfig.consumerPrefix(ConsumerConfig.MAX_POLL_RECORDS_CONFIG), 2_000);
    // A fetch costs the broker and us the same for one record as for many. Under load the bytes are
    // there at once; at rest a payment waits for this long at most, in each of two hops.
    settings.put(StreamsConfig.consumerPrefix(ConsumerConfig.FETCH_MIN_BYTES_CONFIG), 16 << 10);
    settings.put(StreamsConfig.consumerPrefix(ConsumerConfig.FETCH_MAX_WAIT_MS_CONFIG), 10);
    if (config.instanceId() != null) {
      settings.put(
          StreamsConfig.consumerPrefix(ConsumerConfig.GROUP_INSTANCE_ID_CONFIG),
          config.instanceId());
    }
    // Longer than a commit interval: everything of a transaction leaves together at its commit.
    // Sent
    // in several requests, the second can overtake the first, which the broker still registers with
    // the transaction; it is refused as out of order, and the retry costs more than was won.
    settings.put(StreamsConfig.producerPrefix(ProducerConfig.LINGER_MS_CONFIG), 100);
    settings.put(StreamsConfig.producerPrefix(ProducerConfig.BATCH_SIZE_CONFIG), 262_144);
    // Where it happens all the same, payments must not wait the default 100 ms for the retry.
    settings.put(StreamsConfig.producerPrefix(ProducerConfig.RETRY_BACKOFF_MS_CONFIG), 10);
    settings.put(StreamsConfig.producerPrefix(ProducerConfig.COMPRESSION_TYPE_CONFIG), "lz4");
    // The largest dead letter must pass.
    settings.put(StreamsConfig.producerPrefix(ProducerConfig.MAX_REQUEST_SIZE_CONFIG), 1_048_576);
    return settings;
  }
}

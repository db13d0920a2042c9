package io.paidonce.streams;

import io.micrometer.core.instrument.binder.kafka.KafkaStreamsMetrics;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import org.apache.kafka.streams.KafkaStreams;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The running topology. */
public final class DedupStreams implements AutoCloseable {

  private static final Logger log = LoggerFactory.getLogger(DedupStreams.class);

  // Within the grace period that supervisors usually give before they kill.
  private static final Duration CLOSE_WITHIN = Duration.ofSeconds(20);

  private final KafkaStreams streams;
  private final ManagementServer management;
  private final LagGuardWatch lagGuard;
  private final KafkaStreamsMetrics kafkaMetrics;
  private final RocksDbMemory memory;
  private final RestoreLog restored = new RestoreLog();
  private final CompletableFuture<Throwable> failure = new CompletableFuture<>();

  DedupStreams(
      KafkaStreams streams,
      ManagementServer management,
      LagGuardWatch lagGuard,
      KafkaStreamsMetrics kafkaMetrics,
      RocksDbMemory memory) {
    this.streams = streams;
    this.management = management;
    this.lagGuard = lagGuard;
    this.kafkaMetrics = kafkaMetrics;
    this.memory = memory;
  }

  void start() {
    streams.setUncaughtExceptionHandler(new ThreadFailure(failure::complete));
    streams.setGlobalStateRestoreListener(restored);
    streams.start();
    lagGuard.start();
  }

  /** Whether every task is assigned and restored. */
  public boolean isReady() {
    return streams.state() == KafkaStreams.State.RUNNING;
  }

  /** Records read back from the stores' topics since the start: what the disk did not have. */
  public long restoredRecords() {
    return restored.records();
  }

  /** Completes with the cause if the topology stops by itself; the process should then exit. */
  public CompletableFuture<Throwable> failure() {
    return failure;
  }

  /** The port of health and metrics. */
  public int managementPort() {
    return management.port();
  }

  @Override
  public void close() {
    if (!streams.close(CLOSE_WITHIN)) {
      log.warn(
          "the topology did not stop within {} s; its transaction will time out",
          CLOSE_WITHIN.toSeconds());
    }
    lagGuard.close();
    kafkaMetrics.close();
    management.close();
    memory.close();
  }
}

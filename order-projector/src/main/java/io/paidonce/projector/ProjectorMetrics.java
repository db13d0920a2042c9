package io.paidonce.projector;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.DistributionSummary;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.IntSupplier;
import org.apache.kafka.common.TopicPartition;

/** The projector's metrics, each named here and nowhere else. */
final class ProjectorMetrics {

  private final MeterRegistry registry;
  private final Clock clock;
  private final DistributionSummary batchRecords;
  private final Timer batchTime;
  private final Counter fenced;
  private final Map<TopicPartition, Long> nextOffsets = new ConcurrentHashMap<>();
  private final Map<TopicPartition, Long> endOffsets = new ConcurrentHashMap<>();
  private final Map<String, Long> lastTimestamps = new ConcurrentHashMap<>();

  ProjectorMetrics(MeterRegistry registry, Clock clock, Health health) {
    this.registry = registry;
    this.clock = clock;
    this.batchRecords =
        DistributionSummary.builder("paidonce.projector.batch.records")
            .description("Records in one PostgreSQL transaction")
            .register(registry);
    this.batchTime =
        Timer.builder("paidonce.projector.batch.time")
            .description("From polled to committed")
            .register(registry);
    this.fenced =
        Counter.builder("paidonce.projector.fenced")
            .description("Batches given up since another instance had written their partition")
            .register(registry);
    Gauge.builder("paidonce.projector.ready", health, h -> h.isReady() ? 1 : 0)
        .description("1 while rows are written")
        .register(registry);
    for (TopicRows<?> rows : TopicRows.all()) {
      String topic = rows.topic().name();
      records(topic);
      refusals(topic);
      Gauge.builder("paidonce.projector.lag.records", () -> lagRecords(topic))
          .tag("topic", topic)
          .description("Offsets between this instance's rows and the end of the log")
          .register(registry);
      Gauge.builder("paidonce.projector.lag.seconds", () -> lagSeconds(topic))
          .tag("topic", topic)
          .description("Age of the last applied record while there are newer ones, else 0")
          .register(registry);
    }
  }

  /** How many wait for orders. */
  void waiters(IntSupplier waiting) {
    Gauge.builder("paidonce.projector.waiters", waiting::getAsInt)
        .description("Long polls and event streams that wait for orders")
        .register(registry);
  }

  void applied(Batch batch, Duration took, Iterable<Refusal> refused) {
    int size = 0;
    for (Slice<?> slice : batch.slices()) {
      records(slice.rows().topic().name()).increment(slice.size());
      size += slice.size();
    }
    for (Refusal refusal : refused) {
      refusals(refusal.record().topic()).increment();
    }
    if (size > 0) {
      batchRecords.record(size);
      batchTime.record(took);
    }
    batch.advances().forEach(a -> nextOffsets.put(a.partition(), a.next()));
  }

  void fencedOff() {
    fenced.increment();
  }

  void lastRecord(String topic, long timestampMs) {
    lastTimestamps.put(topic, timestampMs);
  }

  void startsAt(TopicPartition partition, long offset) {
    nextOffsets.put(partition, offset);
  }

  void endsAt(TopicPartition partition, long offset) {
    endOffsets.put(partition, offset);
  }

  void lost(TopicPartition partition) {
    nextOffsets.remove(partition);
    endOffsets.remove(partition);
  }

  private double lagRecords(String topic) {
    long lag = 0;
    for (Map.Entry<TopicPartition, Long> next : nextOffsets.entrySet()) {
      if (next.getKey().topic().equals(topic)) {
        long end = endOffsets.getOrDefault(next.getKey(), next.getValue());
        lag += Math.max(0, end - next.getValue());
      }
    }
    return lag;
  }

  private double lagSeconds(String topic) {
    Long last = lastTimestamps.get(topic);
    return last == null || lagRecords(topic) == 0 ? 0 : Math.max(0, clock.millis() - last) / 1000.0;
  }

  private Counter records(String topic) {
    return Counter.builder("paidonce.projector.records")
        .tag("topic", topic)
        .description("Records applied, duplicates included")
        .register(registry);
  }

  private Counter refusals(String topic) {
    return Counter.builder("paidonce.projector.refusals")
        .tag("topic", topic)
        .description("Records in projection_refusals: each wants a developer's look")
        .register(registry);
  }
}

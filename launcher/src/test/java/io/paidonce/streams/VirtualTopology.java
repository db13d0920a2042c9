package io.paidonce.streams;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.paidonce.contract.Topic;
import io.paidonce.ledger.TimeToPay;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.streams.StreamsConfig;
import org.apache.kafka.streams.TestInputTopic;
import org.apache.kafka.streams.TestOutputTopic;
import org.apache.kafka.streams.TopologyConfig;
import org.apache.kafka.streams.TopologyTestDriver;
import org.apache.kafka.streams.test.TestRecord;

/**
 * The real topology in virtual time, with its stores on disk. It can stand still: what comes
 * meanwhile waits in the log, and nobody knows what time it is for a deadline.
 */
public final class VirtualTopology implements AutoCloseable {

  private final RocksDbMemory memory = new RocksDbMemory(64);
  private final TopologyTestDriver driver;
  private final Map<String, TestInputTopic<byte[], byte[]>> inputs = new HashMap<>();
  private final Map<String, TestOutputTopic<byte[], byte[]>> outputs = new HashMap<>();
  private final List<Waiting> waiting = new ArrayList<>();
  private Instant now;
  private Instant allInBefore;
  private boolean isRunning = true;

  private record Waiting(ProducerRecord<byte[], byte[]> record, Instant at) {}

  public VirtualTopology(Path stateDir, Instant start) {
    this.now = start;
    this.allInBefore = start;
    DedupStreamsConfig config =
        new DedupStreamsConfig(
            "unused:9092", "day", stateDir.toString(), 1, 1, 0, null, 64, null, null);
    StreamsMetrics metrics = new StreamsMetrics(new SimpleMeterRegistry());
    Properties settings = Settings.of(config, memory, metrics);
    driver =
        new TopologyTestDriver(
            DedupTopology.build(
                new TopologyConfig(new StreamsConfig(settings)),
                shop -> TimeToPay.DEFAULT,
                () -> allInBefore,
                metrics),
            settings,
            start);
  }

  public void stop() {
    isRunning = false;
  }

  /** Goes on with what waits; no deadline is over before all of it is in. */
  public void start() {
    readWhatWaits();
  }

  /** Goes on as if there were no lag guard: what the clock calls over is over at once. */
  public void startWithoutTheLagGuard() {
    allInBefore = now;
    driver.advanceWallClockTime(DueOrders.FIRE_EVERY);
    readWhatWaits();
  }

  private void readWhatWaits() {
    isRunning = true;
    waiting.forEach(one -> pipe(one.record(), one.at()));
    waiting.clear();
  }

  /** Time goes on, and what is due is said. */
  public void moveTo(Instant moment) {
    Duration step = Duration.between(now, moment);
    now = moment;
    if (isRunning) {
      allInBefore = moment;
    }
    driver.advanceWallClockTime(step);
  }

  public void send(ProducerRecord<byte[], byte[]> record) {
    if (isRunning) {
      pipe(record, now);
    } else {
      waiting.add(new Waiting(record, now));
    }
  }

  private void pipe(ProducerRecord<byte[], byte[]> record, Instant at) {
    inputs
        .computeIfAbsent(
            record.topic(),
            name ->
                driver.createInputTopic(name, new ByteArraySerializer(), new ByteArraySerializer()))
        .pipeInput(new TestRecord<>(record.key(), record.value(), record.headers(), at));
  }

  /** What was written to a topic since this was last asked. */
  public List<ProducerRecord<byte[], byte[]>> written(Topic<?> topic) {
    if (!driver.producedTopicNames().contains(topic.name())) {
      return List.of();
    }
    List<ProducerRecord<byte[], byte[]>> written = new ArrayList<>();
    TestOutputTopic<byte[], byte[]> output =
        outputs.computeIfAbsent(
            topic.name(),
            name ->
                driver.createOutputTopic(
                    name, new ByteArrayDeserializer(), new ByteArrayDeserializer()));
    for (TestRecord<byte[], byte[]> one : output.readRecordsToList()) {
      written.add(
          new ProducerRecord<>(
              topic.name(), null, one.timestamp(), one.key(), one.value(), one.headers()));
    }
    return written;
  }

  @Override
  public void close() {
    driver.close();
    memory.close();
  }
}

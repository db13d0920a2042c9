package io.paidonce.streams;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.paidonce.contract.EventHeaders;
import io.paidonce.contract.ExceptionCase;
import io.paidonce.contract.OrderEvent;
import io.paidonce.contract.OrderTransition;
import io.paidonce.contract.Topic;
import io.paidonce.contract.Topics;
import io.paidonce.contract.UnreadableRecordException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.streams.TopologyTestDriver;
import org.apache.kafka.streams.test.TestRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Downstream tells a repetition by the event's id and the later of two events by the order's
 * version: over every topic that the topology writes, ids are there, different, the same at a
 * replay, and the ones the record itself states.
 */
class EventIdsTest {

  @TempDir private Path stateDir;

  @Test
  void everyRecordSaysWhichEventItIsAndAReplaySaysTheSame() throws Exception {
    List<ProducerRecord<byte[], byte[]>> traffic =
        List.of(
            Given.placed("o1", 1200),
            Given.paid("t1", "o1", 1200),
            Given.paid("t1", "o1", 1200),
            Given.paid("t1", "o1", 1300),
            Given.paid("t2", "o1", 1200),
            Given.refunded("t1", "r1", "o1", 1200),
            Given.placed("o2", 1200),
            Given.cancelled("o2"),
            Given.placed("o2", 1300),
            Given.unrecognised(),
            new ProducerRecord<>(
                Topics.ORDER_COMMANDS.name(), "s1:o3".getBytes(UTF_8), "poison".getBytes(UTF_8)));
    Map<String, List<String>> first = play(traffic, "first");
    assertThat(first)
        .containsOnlyKeys(
            Topics.ORDER_INPUTS.name(),
            Topics.ORDER_TRANSITIONS.name(),
            Topics.ORDER_PAID.name(),
            Topics.ORDER_CANCELLED.name(),
            Topics.ORDER_REFUNDED.name(),
            Topics.NOTIFICATION_RECEIPTS.name(),
            Topics.PAYMENT_EXCEPTIONS.name(),
            Topics.COMMAND_OUTCOMES.name(),
            Topics.DEAD_LETTERS.name());
    assertThat(play(traffic, "replay")).isEqualTo(first);
  }

  private Map<String, List<String>> play(List<ProducerRecord<byte[], byte[]>> traffic, String run)
      throws UnreadableRecordException {
    RocksDbMemory memory = new RocksDbMemory(32);
    DedupStreamsConfig config =
        new DedupStreamsConfig(
            "unused:9092", run, stateDir.resolve(run).toString(), 1, 1, 0, null, 32, null, null);
    StreamsMetrics metrics = new StreamsMetrics(new SimpleMeterRegistry());
    Properties settings = Settings.of(config, memory, metrics);
    try (TopologyTestDriver driver =
        new TopologyTestDriver(Given.topology(settings, metrics), settings, Given.NOW)) {
      for (ProducerRecord<byte[], byte[]> record : traffic) {
        driver
            .createInputTopic(record.topic(), new ByteArraySerializer(), new ByteArraySerializer())
            .pipeInput(new TestRecord<>(record.key(), record.value(), record.headers(), Given.NOW));
      }
      Map<String, List<String>> ids = new LinkedHashMap<>();
      Map<String, List<Long>> versions = new LinkedHashMap<>();
      for (Topic<?> topic : Topics.all()) {
        List<String> written = ids(driver, topic, versions);
        if (!written.isEmpty()) {
          assertThat(written).as(topic.name()).doesNotHaveDuplicates();
          ids.put(topic.name(), written);
        }
      }
      return ids;
    } finally {
      memory.close();
    }
  }

  private static List<String> ids(
      TopologyTestDriver driver, Topic<?> topic, Map<String, List<Long>> versions)
      throws UnreadableRecordException {
    List<String> ids = new ArrayList<>();
    for (TestRecord<byte[], byte[]> record :
        driver
            .createOutputTopic(
                topic.name(), new ByteArrayDeserializer(), new ByteArrayDeserializer())
            .readRecordsToList()) {
      String id = EventHeaders.text(record.headers(), EventHeaders.ID);
      assertThat(id).as("ce_id in " + topic.name()).isNotBlank();
      Object value = topic.read(record.headers(), record.value());
      if (value instanceof OrderTransition transition) {
        versions
            .computeIfAbsent(transition.order().toString(), order -> new ArrayList<>())
            .add(transition.version());
      }
      if (value instanceof OrderEvent event) {
        assertThat(id).isEqualTo(event.eventId());
        assertThat(new String(record.key(), UTF_8)).isEqualTo(event.order().toString());
        assertThat(versions.get(event.order().toString()))
            .as("versions of " + event.order() + " in order-transitions")
            .contains(event.orderVersion());
      }
      if (value instanceof ExceptionCase exception) {
        assertThat(id).isEqualTo(exception.eventId());
      }
      ids.add(id);
    }
    return ids;
  }
}

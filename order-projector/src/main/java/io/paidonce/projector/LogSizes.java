package io.paidonce.projector;

import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ListOffsetsOptions;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.common.IsolationLevel;
import org.apache.kafka.common.TopicPartition;

/** Where the logs begin and end that a read store is made of. */
final class LogSizes {

  private static final int TIMEOUT_MS = 10_000;

  private final Admin admin;

  LogSizes(Admin admin) {
    this.admin = admin;
  }

  /** The first offset of each partition, by topic and partition. */
  Map<String, Long> begins() {
    return ask(OffsetSpec.earliest());
  }

  /**
   * The offset behind the last that a committed reader sees: nobody's rows can be further, so that
   * who is there has caught up, whatever hangs behind it.
   */
  Map<String, Long> ends() {
    return ask(OffsetSpec.latest());
  }

  private Map<String, Long> ask(OffsetSpec spec) {
    try {
      Map<TopicPartition, OffsetSpec> asked = new HashMap<>();
      admin
          .describeTopics(TopicRows.all().stream().map(rows -> rows.topic().name()).toList())
          .allTopicNames()
          .get()
          .values()
          .forEach(topic -> add(topic, spec, asked));
      Map<String, Long> offsets = new HashMap<>();
      admin
          .listOffsets(
              asked, new ListOffsetsOptions(IsolationLevel.READ_COMMITTED).timeoutMs(TIMEOUT_MS))
          .all()
          .get()
          .forEach((partition, at) -> offsets.put(partition.toString(), at.offset()));
      return offsets;
    } catch (ExecutionException e) {
      throw new IllegalStateException("Kafka does not say how long the topics are", e.getCause());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while asking how long the topics are", e);
    }
  }

  private static void add(
      TopicDescription topic, OffsetSpec spec, Map<TopicPartition, OffsetSpec> asked) {
    topic
        .partitions()
        .forEach(p -> asked.put(new TopicPartition(topic.name(), p.partition()), spec));
  }
}

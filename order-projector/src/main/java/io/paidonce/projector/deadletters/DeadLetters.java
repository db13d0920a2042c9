package io.paidonce.projector.deadletters;

import io.paidonce.contract.DeadLetter;
import io.paidonce.contract.DeadLetterRedrive;
import io.paidonce.contract.Topic;
import io.paidonce.contract.Topics;
import io.paidonce.contract.UnreadableRecordException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.BiConsumer;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/** Reads {@code dead-letters} and what was driven again of it; joins no group, changes nothing. */
public final class DeadLetters implements AutoCloseable {

  private static final Duration POLL = Duration.ofMillis(500);
  private static final Duration SILENT_AFTER = Duration.ofSeconds(30);

  private final Consumer<byte[], byte[]> consumer;
  private final String bootstrapServers;
  private final Duration patience;

  /**
   * What was found.
   *
   * @param letters oldest first in each partition
   * @param unreadable a sentence for each record that this build can't read
   */
  public record Found(List<StoredLetter> letters, List<String> unreadable) {
    public Found {
      letters = List.copyOf(letters);
      unreadable = List.copyOf(unreadable);
    }
  }

  private DeadLetters(
      Consumer<byte[], byte[]> consumer, String bootstrapServers, Duration patience) {
    this.consumer = consumer;
    this.bootstrapServers = bootstrapServers;
    this.patience = patience;
  }

  public static DeadLetters at(String bootstrapServers) {
    return at(bootstrapServers, SILENT_AFTER);
  }

  /**
   * As above.
   *
   * @param patience with a Kafka that says nothing
   */
  public static DeadLetters at(String bootstrapServers, Duration patience) {
    return new DeadLetters(
        new KafkaConsumer<>(
            Map.of(
                ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG,
                bootstrapServers,
                ConsumerConfig.CLIENT_ID_CONFIG,
                "paidonce-deadletters",
                ConsumerConfig.ISOLATION_LEVEL_CONFIG,
                "read_committed",
                ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG,
                false,
                ConsumerConfig.ALLOW_AUTO_CREATE_TOPICS_CONFIG,
                false,
                ConsumerConfig.DEFAULT_API_TIMEOUT_MS_CONFIG,
                (int) patience.toMillis(),
                // A person waits: a fetch at the end of one partition must not hold up the others.
                ConsumerConfig.FETCH_MAX_WAIT_MS_CONFIG,
                20),
            new ByteArrayDeserializer(),
            new ByteArrayDeserializer()),
        bootstrapServers,
        patience);
  }

  /**
   * Those that pass.
   *
   * @throws IllegalStateException if Kafka does not answer
   */
  public Found find(LetterFilter filter) {
    Map<LetterId, List<DeadLetterRedrive>> redrives = redrives();
    List<StoredLetter> found = new ArrayList<>();
    List<String> unreadable = new ArrayList<>();
    whole(
        Topics.DEAD_LETTERS,
        (id, record) -> {
          try {
            DeadLetter letter = Topics.DEAD_LETTERS.read(record.headers(), record.value());
            if (filter.lets(letter)) {
              found.add(new StoredLetter(id, letter, redrives.getOrDefault(id, List.of())));
            }
          } catch (UnreadableRecordException e) {
            unreadable.add(notOurs(record, e));
          }
        });
    return new Found(found, unreadable);
  }

  /**
   * One of them.
   *
   * @throws IllegalArgumentException if there is none of that id
   * @throws IllegalStateException if Kafka does not answer
   */
  public StoredLetter get(LetterId id) {
    TopicPartition partition = new TopicPartition(Topics.DEAD_LETTERS.name(), id.partition());
    List<DeadLetter> found = new ArrayList<>();
    answered(
        () -> {
          consumer.assign(List.of(partition));
          long first = offset(consumer.beginningOffsets(List.of(partition)), partition);
          long end = offset(consumer.endOffsets(List.of(partition)), partition);
          if (id.offset() < first || id.offset() >= end) {
            throw new IllegalArgumentException(
                "there is no dead letter "
                    + id
                    + ": partition "
                    + id.partition()
                    + (first == end
                        ? " holds none"
                        : " holds offsets " + first + " to " + (end - 1)));
          }
          consumer.seek(partition, id.offset());
          drain(
              Map.of(partition, id.offset() + 1),
              (at, record) -> {
                if (at.equals(id)) {
                  found.add(ours(Topics.DEAD_LETTERS, record));
                }
              });
        });
    if (found.isEmpty()) {
      throw new IllegalArgumentException(
          "there is no dead letter " + id + ": at that offset a transaction ends, or was aborted");
    }
    return new StoredLetter(id, found.get(0), redrives().getOrDefault(id, List.of()));
  }

  private Map<LetterId, List<DeadLetterRedrive>> redrives() {
    Map<LetterId, List<DeadLetterRedrive>> redrives = new TreeMap<>();
    whole(
        Topics.DEAD_LETTER_REDRIVES,
        (at, record) -> {
          // One that can't be read may be of any dead letter: then nothing may be driven again.
          DeadLetterRedrive redrive = ours(Topics.DEAD_LETTER_REDRIVES, record);
          redrives
              .computeIfAbsent(LetterId.of(redrive.deadLetter()), id -> new ArrayList<>())
              .add(redrive);
        });
    return redrives;
  }

  private void whole(Topic<?> topic, BiConsumer<LetterId, ConsumerRecord<byte[], byte[]>> each) {
    answered(
        () -> {
          List<TopicPartition> partitions = new ArrayList<>();
          for (int i = 0; i < topic.partitions(); i++) {
            partitions.add(new TopicPartition(topic.name(), i));
          }
          consumer.assign(partitions);
          consumer.seekToBeginning(partitions);
          drain(consumer.endOffsets(partitions), each);
        });
  }

  private void drain(
      Map<TopicPartition, Long> ends, BiConsumer<LetterId, ConsumerRecord<byte[], byte[]>> each) {
    long deadline = System.nanoTime() + patience.toNanos();
    while (ends.entrySet().stream().anyMatch(e -> consumer.position(e.getKey()) < e.getValue())) {
      ConsumerRecords<byte[], byte[]> records = consumer.poll(POLL);
      if (!records.isEmpty()) {
        deadline = System.nanoTime() + patience.toNanos();
      } else if (System.nanoTime() - deadline > 0) {
        throw new IllegalStateException(
            "Kafka at "
                + bootstrapServers
                + " delivers nothing for "
                + patience.toSeconds()
                + " s before the end of "
                + ends.keySet());
      }
      records.forEach(
          record -> each.accept(new LetterId(record.partition(), record.offset()), record));
    }
  }

  private static long offset(Map<TopicPartition, Long> offsets, TopicPartition partition) {
    return offsets.getOrDefault(partition, 0L);
  }

  private static <V> V ours(Topic<V> topic, ConsumerRecord<byte[], byte[]> record) {
    try {
      return topic.read(record.headers(), record.value());
    } catch (UnreadableRecordException e) {
      throw new IllegalStateException(notOurs(record, e), e);
    }
  }

  private static String notOurs(
      ConsumerRecord<byte[], byte[]> record, UnreadableRecordException why) {
    return record.topic()
        + "-"
        + record.partition()
        + "@"
        + record.offset()
        + " can't be read by this build: "
        + why.getMessage();
  }

  private void answered(Runnable question) {
    try {
      question.run();
    } catch (KafkaException e) {
      throw new IllegalStateException(
          "Kafka at "
              + bootstrapServers
              + " can't be read: "
              + e.getMessage()
              + "; is it running, and has paidonce topics apply been run?",
          e);
    }
  }

  @Override
  public void close() {
    consumer.close();
  }
}

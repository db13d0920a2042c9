package io.paidonce.reconciler.replay;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.consumer.OffsetAndTimestamp;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.jspecify.annotations.Nullable;

/**
 * The topics on brokers, by consumers that are assigned what they read. They join no group and
 * commit nothing, so that READ on the topics is all they need; with DESCRIBE on the group of
 * streams it can also be told how far that has come.
 */
public final class BrokerLog implements Log {

  private static final Duration ANSWER_WITHIN = Duration.ofSeconds(30);

  private final Map<String, Object> client;
  private final String streamsGroup;
  private final Consumer<byte[], byte[]> looks;
  private final Consumer<byte[], byte[]> looksBehind;
  private final Admin admin;
  private final Map<String, TopicDescription> topics = new HashMap<>();
  private final List<String> holes = new ArrayList<>();
  private final Deque<Consumer<byte[], byte[]>> idle = new ConcurrentLinkedDeque<>();

  /**
   * Connects.
   *
   * @param client how every client of ours reaches the cluster
   */
  BrokerLog(Map<String, Object> client, String streamsGroup) {
    this.client = Map.copyOf(client);
    this.streamsGroup = streamsGroup;
    this.looks = consumer("read_committed");
    this.looksBehind = consumer("read_uncommitted");
    Map<String, Object> settings = new HashMap<>(client);
    settings.put(AdminClientConfig.CLIENT_ID_CONFIG, "paidonce-replay");
    this.admin = Admin.create(settings);
  }

  /** With no settings but where the cluster is. */
  public static BrokerLog of(String bootstrapServers, String streamsGroup) {
    return new BrokerLog(
        Map.of(ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG, bootstrapServers), streamsGroup);
  }

  Consumer<byte[], byte[]> consumer(String isolation) {
    Map<String, Object> settings = new HashMap<>(client);
    settings.put(ConsumerConfig.CLIENT_ID_CONFIG, "paidonce-replay");
    settings.put(ConsumerConfig.ISOLATION_LEVEL_CONFIG, isolation);
    settings.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false);
    // What expires while it is read must be said, and not jumped over.
    settings.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "none");
    settings.put(ConsumerConfig.ALLOW_AUTO_CREATE_TOPICS_CONFIG, false);
    settings.put(ConsumerConfig.MAX_POLL_RECORDS_CONFIG, 2_000);
    // Each thread holds at most this many bytes of each partition, and of all together.
    settings.put(ConsumerConfig.MAX_PARTITION_FETCH_BYTES_CONFIG, 1 << 20);
    settings.put(ConsumerConfig.FETCH_MAX_BYTES_CONFIG, 8 << 20);
    // At the end of one partition a fetch that waits for more would hold up the others.
    settings.put(ConsumerConfig.FETCH_MAX_WAIT_MS_CONFIG, 20);
    return new KafkaConsumer<>(settings, new ByteArrayDeserializer(), new ByteArrayDeserializer());
  }

  @Override
  public int partitions(String topic) {
    return description(topic).partitions().size();
  }

  @Override
  public String identity(String topic) {
    topics.remove(topic);
    return description(topic).topicId().toString();
  }

  private TopicDescription description(String topic) {
    return topics.computeIfAbsent(
        topic,
        name -> {
          TopicDescription found =
              ask(admin.describeTopics(List.of(name)).allTopicNames(), "topic " + name).get(name);
          if (found == null) {
            throw new UntellableException("there is no topic " + name, null);
          }
          return found;
        });
  }

  @Override
  public synchronized Extent extent(TopicPartition partition) {
    List<TopicPartition> one = List.of(partition);
    return tell(
        partition,
        () ->
            new Extent(
                looks.beginningOffsets(one, ANSWER_WITHIN).getOrDefault(partition, 0L),
                looks.endOffsets(one, ANSWER_WITHIN).getOrDefault(partition, 0L)));
  }

  @Override
  public synchronized long offsetAt(TopicPartition partition, Instant time) {
    return tell(
        partition,
        () -> {
          @Nullable OffsetAndTimestamp found =
              looks
                  .offsetsForTimes(Map.of(partition, time.toEpochMilli()), ANSWER_WITHIN)
                  .get(partition);
          return found == null ? Long.MAX_VALUE : found.offset();
        });
  }

  @Override
  public OptionalLong processed(TopicPartition partition) {
    try {
      @Nullable OffsetAndMetadata committed =
          admin
              .listConsumerGroupOffsets(streamsGroup)
              .partitionsToOffsetAndMetadata()
              .get(ANSWER_WITHIN.toMillis(), TimeUnit.MILLISECONDS)
              .get(partition);
      return committed == null ? OptionalLong.empty() : OptionalLong.of(committed.offset());
    } catch (ExecutionException | TimeoutException e) {
      // Not ours to know: then what is not there may still come.
      return OptionalLong.empty();
    } catch (InterruptedException e) {
      throw interrupted();
    }
  }

  @Override
  public long written(TopicPartition partition) {
    synchronized (looksBehind) {
      return tell(
          partition,
          () ->
              looksBehind
                  .endOffsets(List.of(partition), ANSWER_WITHIN)
                  .getOrDefault(partition, 0L));
    }
  }

  @Override
  public Feed open(Map<TopicPartition, Span> spans) {
    Consumer<byte[], byte[]> used = idle.poll();
    return new BrokerFeed(this, used == null ? consumer("read_committed") : used, spans);
  }

  /**
   * A feed has ended. Its consumer has its connections and knows the cluster, which costs more than
   * what many a feed reads, so that the next one gets it.
   */
  void giveBack(Consumer<byte[], byte[]> consumer) {
    try {
      consumer.unsubscribe();
      idle.add(consumer);
    } catch (KafkaException e) {
      consumer.close();
    }
  }

  /**
   * Looks into a stretch of offsets that a read_committed reader sees nothing of: records of
   * aborted transactions are there, and what was cut out of a log is not.
   */
  void look(TopicPartition partition, long from, long to) {
    try (Consumer<byte[], byte[]> any = consumer("read_uncommitted")) {
      any.assign(List.of(partition));
      any.seek(partition, from);
      long end = System.nanoTime() + ANSWER_WITHIN.toNanos();
      while (any.position(partition) < to && System.nanoTime() < end) {
        List<ConsumerRecord<byte[], byte[]>> found =
            any.poll(Duration.ofMillis(200)).records(partition);
        if (!found.isEmpty()) {
          if (found.get(0).offset() >= to) {
            hole(partition, from, to);
          }
          return;
        }
      }
    }
  }

  private synchronized void hole(TopicPartition partition, long from, long to) {
    holes.add(partition + " holds nothing from offset " + from + " to " + (to - 1));
  }

  @Override
  public synchronized List<String> holes() {
    return List.copyOf(holes);
  }

  /** Turns what a client throws into a sentence. */
  static <T> T tell(TopicPartition partition, Supplier<T> question) {
    try {
      return question.get();
    } catch (KafkaException e) {
      throw new UntellableException(partition + " can't be read: " + e.getMessage(), e);
    }
  }

  private static <T> T ask(KafkaFuture<T> question, String about) {
    try {
      return question.get(ANSWER_WITHIN.toMillis(), TimeUnit.MILLISECONDS);
    } catch (ExecutionException e) {
      String why = e.getCause() == null ? e.getMessage() : e.getCause().getMessage();
      throw new UntellableException(about + " can't be read: " + why, e);
    } catch (TimeoutException e) {
      throw new UntellableException(
          "Kafka did not answer about " + about + " for " + ANSWER_WITHIN.toSeconds() + " s", e);
    } catch (InterruptedException e) {
      throw interrupted();
    }
  }

  private static IllegalStateException interrupted() {
    Thread.currentThread().interrupt();
    return new IllegalStateException("interrupted while Kafka was asked");
  }

  @Override
  public void close() {
    admin.close(Duration.ZERO);
    looks.close();
    looksBehind.close();
    for (Consumer<byte[], byte[]> each = idle.poll(); each != null; each = idle.poll()) {
      each.close();
    }
  }
}

package io.paidonce.projector;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.paidonce.contract.DeadLetter;
import io.paidonce.contract.OrderCommand;
import io.paidonce.contract.OrderKey;
import io.paidonce.contract.OrderTransition;
import io.paidonce.contract.PaymentNotification;
import io.paidonce.contract.ProviderRequest;
import io.paidonce.contract.RecordCoordinates;
import io.paidonce.contract.RefundFact;
import io.paidonce.contract.Topic;
import io.paidonce.contract.Topics;
import io.paidonce.contract.UnreadableRecordException;
import io.paidonce.projector.story.TopicStory;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.BiConsumer;
import java.util.function.LongConsumer;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/**
 * Finds an order and its story in the topics alone, for when the read store is down. Reads every
 * topic from its beginning, twice at most: slow where there are many records, and needs nothing but
 * Kafka. Joins no group and changes nothing.
 */
public final class TopicLookup implements AutoCloseable {

  private static final Duration POLL = Duration.ofMillis(500);
  private static final Duration SILENT_AFTER = Duration.ofSeconds(30);
  private static final long TELL_EVERY = 100_000;
  private static final Set<Topic<?>> OF_NO_ORDER = Set.of(Topics.REJECTIONS, Topics.GATEWAY_STATUS);

  private static final Comparator<OrderKey> BY_NAME =
      Comparator.comparing(OrderKey::shop).thenComparing(OrderKey::orderNo);

  private final String bootstrapServers;
  private final Consumer<byte[], byte[]> consumer;
  private final LongConsumer progress;
  private long seen;

  /**
   * Connects when first asked.
   *
   * @param progress is told now and then how many records were read
   */
  public TopicLookup(String bootstrapServers, LongConsumer progress) {
    this.bootstrapServers = bootstrapServers;
    this.progress = progress;
    this.consumer =
        new KafkaConsumer<>(
            Map.of(
                ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG,
                bootstrapServers,
                ConsumerConfig.CLIENT_ID_CONFIG,
                "paidonce-order",
                ConsumerConfig.ISOLATION_LEVEL_CONFIG,
                "read_committed",
                ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG,
                false,
                ConsumerConfig.ALLOW_AUTO_CREATE_TOPICS_CONFIG,
                false,
                ConsumerConfig.MAX_POLL_RECORDS_CONFIG,
                2_000,
                ConsumerConfig.DEFAULT_API_TIMEOUT_MS_CONFIG,
                (int) SILENT_AFTER.toMillis(),
                // A fetch at the end of one partition must not hold up the others.
                ConsumerConfig.FETCH_MAX_WAIT_MS_CONFIG,
                20),
            new ByteArrayDeserializer(),
            new ByteArrayDeserializer());
  }

  /**
   * The orders that an id means, each with what the id is of it.
   *
   * @throws IllegalStateException if Kafka does not answer
   */
  public Map<OrderKey, Set<String>> find(String id) {
    Map<OrderKey, Set<String>> found = new TreeMap<>(BY_NAME);
    BiConsumer<OrderKey, String> match =
        (order, kind) -> found.computeIfAbsent(order, o -> new TreeSet<>()).add(kind);
    readAll(
        List.of(
            new OrderRows(), LogTables.commands(), LogTables.deliveries(), LogTables.requests()),
        (at, value) -> match(id, value, match));
    return found;
  }

  private static void match(String id, Object value, BiConsumer<OrderKey, String> match) {
    if (value instanceof OrderTransition t) {
      matchNumber(id, t.order(), match);
      t.after()
          .refunds()
          .forEach(
              refund -> {
                if (id.equals(refund.merchantRefundNo())) {
                  match.accept(t.order(), "merchantRefundNo");
                }
              });
    } else if (value instanceof OrderCommand c) {
      matchNumber(id, c.order(), match);
      if (c.commandId().equals(id)) {
        match.accept(c.order(), "commandId");
      }
    } else if (value instanceof ProviderRequest r && id.equals(r.refundNo())) {
      match.accept(r.order(), "refundNo");
    } else if (value instanceof PaymentNotification n && n.orderNo() != null) {
      OrderKey order = new OrderKey(n.shop(), n.orderNo());
      matchNumber(id, order, match);
      if (id.equals(n.notificationId())) {
        match.accept(order, "notificationId");
      }
      RefundFact refund = n.refund();
      boolean isPayment = n.payment() != null && n.payment().transactionId().equals(id);
      if (isPayment || (refund != null && refund.transactionId().equals(id))) {
        match.accept(order, "transactionId");
      }
      if (refund != null && refund.refundId().equals(id)) {
        match.accept(order, "refundId");
      }
    }
  }

  private static void matchNumber(String id, OrderKey order, BiConsumer<OrderKey, String> match) {
    if (order.orderNo().equals(id)) {
      match.accept(order, "orderNo");
    }
  }

  /**
   * An order's story, as the read store tells it; nothing, where no record is of it.
   *
   * @throws IllegalStateException if Kafka does not answer
   */
  public Optional<ObjectNode> tell(OrderKey order) {
    TopicStory story = new TopicStory(order);
    List<TopicRows<?>> topics =
        TopicRows.all().stream().filter(rows -> !OF_NO_ORDER.contains(rows.topic())).toList();
    readAll(
        topics,
        (at, value) ->
            story.take(
                at,
                value,
                value instanceof DeadLetter letter ? LetterOrder.of(letter) : Optional.empty()));
    return story.tell();
  }

  private void readAll(List<TopicRows<?>> topics, BiConsumer<RecordCoordinates, Object> each) {
    try {
      for (TopicRows<?> rows : topics) {
        read(rows, each);
      }
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

  private void read(TopicRows<?> rows, BiConsumer<RecordCoordinates, Object> each) {
    List<TopicPartition> partitions = new ArrayList<>();
    for (int i = 0; i < rows.topic().partitions(); i++) {
      partitions.add(new TopicPartition(rows.topic().name(), i));
    }
    consumer.assign(partitions);
    consumer.seekToBeginning(partitions);
    Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
    long deadline = System.nanoTime() + SILENT_AFTER.toNanos();
    while (ends.entrySet().stream().anyMatch(e -> consumer.position(e.getKey()) < e.getValue())) {
      ConsumerRecords<byte[], byte[]> records = consumer.poll(POLL);
      if (!records.isEmpty()) {
        deadline = System.nanoTime() + SILENT_AFTER.toNanos();
      } else if (System.nanoTime() - deadline > 0) {
        throw new IllegalStateException(
            "Kafka at "
                + bootstrapServers
                + " delivers nothing for "
                + SILENT_AFTER.toSeconds()
                + " s before the end of "
                + rows.topic().name());
      }
      records.forEach(record -> show(rows, record, each));
    }
  }

  private void show(
      TopicRows<?> rows,
      ConsumerRecord<byte[], byte[]> record,
      BiConsumer<RecordCoordinates, Object> each) {
    seen++;
    if (seen % TELL_EVERY == 0) {
      progress.accept(seen);
    }
    try {
      each.accept(
          new RecordCoordinates(record.topic(), record.partition(), record.offset()),
          Objects.requireNonNull(rows.read(record.headers(), record.value())));
    } catch (UnreadableRecordException e) {
      // What can't be read is of no order; streams has put it into dead-letters.
    }
  }

  @Override
  public void close() {
    consumer.close();
  }
}

package io.paidonce.contract.downstream;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;

import io.paidonce.contract.OrderEvent;
import io.paidonce.contract.Topic;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import javax.sql.DataSource;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRebalanceListener;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.OffsetAndTimestamp;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.jspecify.annotations.Nullable;

/**
 * Applies each event exactly once to a PostgreSQL database: effect, memory of the event and place
 * in the log are one transaction. Kafka's own offsets are not used.
 *
 * <p>Guaranteed, whatever is killed, paused or restarted, and however many instances run: each
 * event that the log holds is given to its handler in a transaction that commits exactly once;
 * events of one order and topic in the order of the log. An instance that lost its partitions while
 * it was paused can't commit any more (fencing by epoch), and an event that stands in the log twice
 * is applied once (by its event id).
 *
 * <p>Not guaranteed: anything a handler does outside of its connection, which may happen again; and
 * an order between the topics, for which there is {@link #onUnlessOvertaken}. PostgreSQL must store
 * what it commits ({@code fsync} and {@code synchronous_commit} on).
 *
 * <p>After an exception nothing of the poll is applied. Polling again tries again from what the
 * database knows; ending the process and starting it anew does the same. Not for several threads.
 */
public final class ExactlyOnce implements AutoCloseable {

  // Once fenced, an instance hears from its group by a heartbeat whether it still owns anything;
  // claiming sooner would only disturb the one that does.
  private static final Duration AFTER_FENCING = Duration.ofSeconds(3);

  private static final Comparator<TopicPartition> ONE_ORDER_FOR_ALL =
      Comparator.comparing(TopicPartition::topic).thenComparing(TopicPartition::partition);

  private final Consumer<byte[], byte[]> consumer;
  private final DataSource database;
  private final Instant from;
  private final Offsets offsets;
  private final AppliedEvents applied;
  private final Map<String, Subscription<?>> subscriptions = new LinkedHashMap<>();

  /** The epoch of each partition that is at the place the database knows. */
  private final Map<TopicPartition, Long> flowing = new HashMap<>();

  /** Partitions paused until they are claimed. */
  private final Set<TopicPartition> waiting = new TreeSet<>(ONE_ORDER_FOR_ALL);

  private boolean subscribed;
  private long claimNotBefore = System.nanoTime();

  private ExactlyOnce(
      String name, Consumer<byte[], byte[]> consumer, DataSource database, Instant from) {
    this.consumer = consumer;
    this.database = requireNonNull(database, "database");
    this.from = requireNonNull(from, "from");
    this.offsets = new Offsets(name);
    this.applied = new AppliedEvents(name);
  }

  /**
   * Connects to Kafka; the tables of {@link #ddl()} must exist.
   *
   * @param name of this service, in the tables and as its group: instances of the same name share
   *     the work, others have a memory of their own. Never changed later
   * @param kafka {@code bootstrap.servers} and what else it takes to connect; the settings that the
   *     guarantee depends on are set here and win
   * @param database where the handlers write
   * @param from where the very first start begins: with the first record that the log took at or
   *     after it. {@link Instant#EPOCH} is all that is kept. Later starts go on from the database
   */
  public static ExactlyOnce open(
      String name, Map<String, ?> kafka, DataSource database, Instant from) {
    return new ExactlyOnce(
        name,
        new KafkaConsumer<>(
            ConsumerSettings.of(name, kafka),
            new ByteArrayDeserializer(),
            new ByteArrayDeserializer()),
        database,
        from);
  }

  /** The statements that make the two tables; running them again changes nothing. */
  public static String ddl() {
    try (InputStream sql = ExactlyOnce.class.getResourceAsStream("exactly-once.sql")) {
      return new String(requireNonNull(sql, "exactly-once.sql").readAllBytes(), UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Applies every event of a topic. To be called before the first poll. */
  public <V extends OrderEvent> ExactlyOnce on(Topic<V> topic, EventHandler<V> handler) {
    return subscribe(new Subscription<>(topic, false, handler));
  }

  /**
   * Applies the events of a topic, but for those of an order of which a later event was applied:
   * what was refunded need not be shipped. Topics are read at their own pace, so {@code
   * order-refunded} may well come before the {@code order-paid} that it takes back.
   */
  public <V extends OrderEvent> ExactlyOnce onUnlessOvertaken(
      Topic<V> topic, EventHandler<V> handler) {
    return subscribe(new Subscription<>(topic, true, handler));
  }

  private ExactlyOnce subscribe(Subscription<?> subscription) {
    if (subscribed) {
      throw new IllegalStateException("topics are named before the first poll");
    }
    subscriptions.put(subscription.topic().name(), subscription);
    return this;
  }

  /**
   * Waits for events and applies them in one transaction. To be called in a loop, at least every
   * {@code max.poll.interval.ms} (five minutes).
   *
   * @throws SQLException if it is not known to be committed; polling again finds out
   */
  public Polled poll(Duration timeout) throws SQLException {
    if (!subscribed) {
      consumer.subscribe(subscriptions.keySet(), new Rebalances());
      subscribed = true;
    }
    ConsumerRecords<byte[], byte[]> records = consumer.poll(timeout);
    if (!waiting.isEmpty() && System.nanoTime() - claimNotBefore >= 0) {
      claim();
    }
    List<TopicPartition> moved =
        records.partitions().stream()
            .filter(flowing::containsKey)
            .sorted(ONE_ORDER_FOR_ALL)
            .toList();
    return moved.isEmpty() ? Polled.NOTHING : apply(records, moved);
  }

  private Polled apply(ConsumerRecords<byte[], byte[]> records, List<TopicPartition> moved)
      throws SQLException {
    boolean committed = false;
    try {
      List<Subscription.Event<?>> events = new ArrayList<>();
      for (TopicPartition partition : moved) {
        Subscription<?> subscription =
            requireNonNull(subscriptions.get(partition.topic()), "subscription");
        records.records(partition).forEach(record -> events.add(subscription.read(record)));
      }
      Polled polled = Transaction.run(database, connection -> apply(connection, moved, events));
      committed = polled != null;
      return polled == null ? fenced() : polled;
    } finally {
      if (!committed) {
        waitForClaims();
      }
    }
  }

  private Polled fenced() {
    claimNotBefore = System.nanoTime() + AFTER_FENCING.toNanos();
    return Polled.FENCED;
  }

  private @Nullable Polled apply(
      Connection connection, List<TopicPartition> moved, List<Subscription.Event<?>> events)
      throws SQLException {
    // Places first: an instance that was replaced stops before it touches anything else.
    for (TopicPartition partition : moved) {
      long epoch = requireNonNull(flowing.get(partition), "epoch");
      if (!offsets.advance(connection, partition, epoch, consumer.position(partition))) {
        return null;
      }
    }
    applied.lock(connection, events.stream().map(Subscription.Event::value).toList());
    int done = 0;
    int overtaken = 0;
    for (Subscription.Event<?> event : events) {
      if (!applied.remember(connection, event.value())) {
        continue;
      }
      if (event.subscription().unlessOvertaken()
          && applied.isOvertaken(connection, event.value())) {
        overtaken++;
      } else {
        event.handle(connection);
        done++;
      }
    }
    return new Polled(done, events.size() - done - overtaken, overtaken, false);
  }

  private void claim() throws SQLException {
    Map<TopicPartition, Offsets.Claim> claims = new HashMap<>();
    Transaction.run(
        database,
        connection -> {
          for (TopicPartition partition : waiting) {
            claims.put(partition, offsets.claim(connection, partition, this::start));
          }
          return claims;
        });
    claims.forEach(
        (partition, claim) -> {
          consumer.seek(partition, claim.nextOffset());
          flowing.put(partition, claim.epoch());
        });
    consumer.resume(claims.keySet());
    waiting.clear();
  }

  // The end is asked for first: a record that comes between the two questions must not be skipped.
  private long start(TopicPartition partition) {
    long end = requireNonNull(consumer.endOffsets(Set.of(partition)).get(partition), "end");
    @Nullable OffsetAndTimestamp first =
        consumer.offsetsForTimes(Map.of(partition, from.toEpochMilli())).get(partition);
    return first == null ? end : first.offset();
  }

  // The consumer's own position has moved past what was not applied: it is not trusted any more.
  private void waitForClaims() {
    waiting.addAll(flowing.keySet());
    consumer.pause(flowing.keySet());
    flowing.clear();
  }

  /** Leaves the group, so that others take over at once. */
  @Override
  public void close() {
    consumer.close();
  }

  private final class Rebalances implements ConsumerRebalanceListener {

    @Override
    public void onPartitionsAssigned(Collection<TopicPartition> partitions) {
      // The seek only keeps the consumer from asking Kafka for a place; it is paused until claimed.
      partitions.forEach(partition -> consumer.seek(partition, 0));
      consumer.pause(partitions);
      waiting.addAll(partitions);
    }

    @Override
    public void onPartitionsRevoked(Collection<TopicPartition> partitions) {
      flowing.keySet().removeAll(Set.copyOf(partitions));
      waiting.removeAll(Set.copyOf(partitions));
    }
  }
}

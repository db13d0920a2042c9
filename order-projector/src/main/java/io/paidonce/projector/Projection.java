package io.paidonce.projector;

import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.locks.LockSupport;
import org.apache.kafka.clients.consumer.CloseOptions;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRebalanceListener;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.OffsetOutOfRangeException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.RetriableException;
import org.apache.kafka.common.errors.WakeupException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The writer: polls and parses a batch while the one before is written. A partition is either at a
 * place that the database confirmed and flowing, or paused until the database says where it is;
 * assignment, fencing and any trouble with PostgreSQL all end in the second state, so there is one
 * way back and memory is never trusted. While it waits it goes on polling, which keeps its
 * membership of the group.
 */
final class Projection implements Runnable, ConsumerRebalanceListener {

  private static final Logger log = LoggerFactory.getLogger(Projection.class);
  private static final Duration POLL = Duration.ofMillis(100);
  private static final Duration LOG_STARTS = Duration.ofSeconds(10);
  private static final Duration CLOSING = Duration.ofSeconds(5);
  private static final Duration PROBE = Duration.ofSeconds(2);

  private final ClusterGate gate;
  private final Consumer<byte[], byte[]> consumer;
  private final Database database;
  private final Offsets offsets;
  private final BatchInHand inHand;
  private final Backoff backoff;
  private final LogEnds logEnds;
  private final ProjectorMetrics metrics;
  private final Health health;
  private final List<TopicRows<?>> topics = TopicRows.all();

  /**
   * What the database says of each flowing partition, its next_offset; or will say once the batch
   * in hand is committed. If that fails no partition flows any more.
   */
  private final Map<TopicPartition, Long> flowing = new HashMap<>();

  private final Set<TopicPartition> waiting = new HashSet<>();
  private volatile boolean stopping;

  Projection(
      ClusterGate gate,
      Consumer<byte[], byte[]> consumer,
      Database database,
      Offsets offsets,
      BatchWriter writer,
      Backoff backoff,
      LogEnds logEnds,
      ProjectorMetrics metrics,
      Health health) {
    this.gate = gate;
    this.consumer = consumer;
    this.database = database;
    this.offsets = offsets;
    this.inHand = new BatchInHand(database, writer);
    this.backoff = backoff;
    this.logEnds = logEnds;
    this.metrics = metrics;
    this.health = health;
  }

  @Override
  public void run() {
    try {
      awaitSafeCluster();
      consumer.subscribe(topics.stream().map(rows -> rows.topic().name()).toList(), this);
      while (!stopping) {
        step();
      }
    } catch (WakeupException e) {
      if (!stopping) {
        health.died(e);
      }
    } catch (OffsetOutOfRangeException e) {
      health.died(
          new IllegalStateException(
              "PostgreSQL's projector_offsets and Kafka disagree: "
                  + e.offsetOutOfRangePartitions()
                  + " is outside of the log. Either records were deleted before they were applied,"
                  + " or the topic was made anew; empty the read store and replay",
              e));
    } catch (RuntimeException | Error e) {
      health.died(e);
    } finally {
      close();
    }
  }

  private void close() {
    try {
      settle();
    } catch (RuntimeException | Error e) {
      health.died(e);
    } finally {
      inHand.close();
      database.disconnect();
      consumer.close(CloseOptions.timeout(CLOSING));
    }
  }

  private void awaitSafeCluster() {
    while (!stopping && !gate.isOpen(health)) {
      LockSupport.parkNanos(POLL.toNanos());
    }
  }

  /** Ends the loop after the batch in hand. */
  void stop() {
    stopping = true;
    consumer.wakeup();
  }

  private void step() {
    ConsumerRecords<byte[], byte[]> records = poll();
    long polled = System.nanoTime();
    Batch next = Batch.of(topics, records, advances());
    boolean stands = settle();
    logEnds.askIfDue(consumer.assignment());
    if (backoff.isDue()) {
      if (!waiting.isEmpty()) {
        findPlaces();
      } else if (database.isSilentFor(PROBE)) {
        probe();
      }
    }
    // What follows on a batch that is not there begins at no place that the database knows.
    if (stands && !next.advances().isEmpty()) {
      next.advances().forEach(advance -> flowing.put(advance.partition(), advance.next()));
      inHand.write(next, records, polled);
    }
  }

  private ConsumerRecords<byte[], byte[]> poll() {
    try {
      return consumer.poll(POLL);
    } catch (RetriableException e) {
      health.kafkaDown(e.getClass().getSimpleName());
      return ConsumerRecords.empty();
    }
  }

  private List<Advance> advances() {
    List<Advance> advances = new ArrayList<>();
    flowing.forEach(
        (partition, expected) -> {
          long next = consumer.position(partition);
          if (next != expected) {
            advances.add(new Advance(partition, expected, next));
          }
        });
    return advances;
  }

  /** Waits for the batch in hand; says whether the next one may follow. */
  private boolean settle() {
    try {
      BatchInHand.Settled settled = inHand.settle();
      if (settled == null) {
        return true;
      }
      if (settled.outcome() instanceof Outcome.Applied applied) {
        metrics.applied(settled.batch(), settled.took(), applied.refused());
        tell(settled.records(), applied.refused());
        return true;
      }
      log.warn(
          "another instance has written these partitions; reading where they are: {}",
          settled.batch().advances());
      metrics.fencedOff();
      waitForPlaces();
      return false;
    } catch (SQLException e) {
      databaseFailed(e);
      return false;
    }
  }

  private void tell(ConsumerRecords<byte[], byte[]> records, List<Refusal> refused) {
    for (ConsumerRecord<byte[], byte[]> record : records) {
      metrics.lastRecord(record.topic(), record.timestamp());
    }
    for (Refusal refusal : refused) {
      log.warn("{} is refused (projection_refusals): {}", refusal.record(), refusal.reason());
    }
  }

  // Without records nothing else would notice that PostgreSQL went or came back.
  private void probe() {
    try {
      database.probe();
      backoff.succeeded();
      health.databaseUp();
    } catch (SQLException e) {
      databaseFailed(e);
    }
  }

  private void findPlaces() {
    try {
      Map<TopicPartition, Long> places = offsets.read(database.connection(), waiting);
      Map<TopicPartition, Long> starts = logStarts(places);
      places.forEach(
          (partition, offset) -> {
            consumer.seek(partition, starts.getOrDefault(partition, offset));
            flowing.put(partition, offset);
            metrics.startsAt(partition, offset);
          });
      waiting.removeAll(places.keySet());
      consumer.resume(places.keySet());
      backoff.succeeded();
      health.databaseUp();
    } catch (SQLException e) {
      databaseFailed(e);
    } catch (RetriableException e) {
      backoff.failed();
      health.kafkaDown(e.getClass().getSimpleName());
    }
  }

  // A partition never read begins where its log begins, which retention moves away from 0. For one
  // that was read, a log that begins later is a loss, and auto.offset.reset=none says so.
  private Map<TopicPartition, Long> logStarts(Map<TopicPartition, Long> places) {
    Set<TopicPartition> neverRead = new HashSet<>();
    places.forEach(
        (partition, offset) -> {
          if (offset == 0) {
            neverRead.add(partition);
          }
        });
    return neverRead.isEmpty() ? Map.of() : consumer.beginningOffsets(neverRead, LOG_STARTS);
  }

  private void databaseFailed(SQLException e) {
    health.databaseDown("SQLSTATE " + e.getSQLState() + ", " + e.getMessage());
    database.disconnect();
    backoff.failed();
    waitForPlaces();
  }

  private void waitForPlaces() {
    waiting.addAll(flowing.keySet());
    consumer.pause(flowing.keySet());
    flowing.clear();
  }

  @Override
  public void onPartitionsAssigned(Collection<TopicPartition> partitions) {
    // The seek only keeps the consumer from asking Kafka for a place; it is paused until
    // findPlaces() knows the right one.
    partitions.forEach(partition -> consumer.seek(partition, 0));
    consumer.pause(partitions);
    waiting.addAll(partitions);
  }

  @Override
  public void onPartitionsRevoked(Collection<TopicPartition> partitions) {
    // Who gets them next begins where this batch ends, and need not be fenced to find that out.
    settle();
    partitions.forEach(
        partition -> {
          flowing.remove(partition);
          waiting.remove(partition);
          metrics.lost(partition);
        });
  }
}

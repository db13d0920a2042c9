package io.paidonce.projector.deadletters;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;

import io.paidonce.contract.DeadLetter;
import io.paidonce.contract.DeadLetterRedrive;
import io.paidonce.contract.EventHead;
import io.paidonce.contract.RawBytes;
import io.paidonce.contract.RecordCoordinates;
import io.paidonce.contract.Topics;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.jspecify.annotations.Nullable;

/**
 * Publishes originals anew: same bytes, same key, same topic and partition, with headers that say
 * so, each in one transaction with the record of it. From there it is a record like any other;
 * whoever has processed it before recognises it by its identity, as with any duplicate.
 */
public final class Redrive implements AutoCloseable {

  // One for all: whoever begins ends the transaction of another, and then reads what that one did.
  private static final String TRANSACTIONAL_ID = "paidonce-redrive";
  private static final String SOURCE = "/paidonce/redrive";
  private static final Duration PATIENCE = Duration.ofSeconds(30);

  // An abort takes back this many at most.
  private static final int PER_TRANSACTION = 100;

  private final Producer<byte[], byte[]> producer;
  private final Clock clock;

  private Redrive(Producer<byte[], byte[]> producer, Clock clock) {
    this.producer = producer;
    this.clock = clock;
  }

  /**
   * Ready to publish, and the only one: read which dead letters were driven again after this.
   *
   * @throws IllegalStateException if Kafka does not answer
   */
  public static Redrive begin(String bootstrapServers, Clock clock) {
    return begin(bootstrapServers, clock, PATIENCE);
  }

  /**
   * As above.
   *
   * @param patience with a Kafka that says nothing
   */
  public static Redrive begin(String bootstrapServers, Clock clock, Duration patience) {
    Redrive redrive = new Redrive(producer(bootstrapServers, patience), clock);
    try {
      redrive.producer.initTransactions();
      return redrive;
    } catch (KafkaException e) {
      redrive.close();
      throw new IllegalStateException(
          "Kafka at " + bootstrapServers + " begins no transaction: " + e.getMessage(), e);
    }
  }

  private static Producer<byte[], byte[]> producer(String bootstrapServers, Duration patience) {
    return new KafkaProducer<>(
        Map.of(
            ProducerConfig.BOOTSTRAP_SERVERS_CONFIG,
            bootstrapServers,
            ProducerConfig.CLIENT_ID_CONFIG,
            "paidonce-redrive",
            ProducerConfig.TRANSACTIONAL_ID_CONFIG,
            TRANSACTIONAL_ID,
            // Killed amid one, it holds up the readers of those partitions for as long.
            ProducerConfig.TRANSACTION_TIMEOUT_CONFIG,
            10_000,
            ProducerConfig.MAX_BLOCK_MS_CONFIG,
            (int) patience.toMillis(),
            ProducerConfig.DELIVERY_TIMEOUT_MS_CONFIG,
            (int) patience.toMillis(),
            ProducerConfig.REQUEST_TIMEOUT_MS_CONFIG,
            (int) patience.toMillis() / 3),
        new ByteArraySerializer(),
        new ByteArraySerializer());
  }

  /**
   * Publishes them anew, a hundred in a transaction.
   *
   * @return how many
   * @throws IllegalArgumentException if who or why can't be recorded
   * @throws IllegalStateException if Kafka refuses; says how many were published before
   */
  public int run(List<StoredLetter> letters, String actor, String why) {
    List<ProducerRecord<byte[], byte[]>> records = new ArrayList<>();
    letters.forEach(letter -> records.addAll(recordsOf(letter, actor, why)));
    int done = 0;
    try {
      while (done < records.size()) {
        int end = Math.min(done + 2 * PER_TRANSACTION, records.size());
        producer.beginTransaction();
        records.subList(done, end).forEach(this::send);
        producer.commitTransaction();
        done = end;
      }
      return letters.size();
    } catch (KafkaException e) {
      throw new IllegalStateException(
          "Kafka did not take all: "
              + e.getMessage()
              + ". Surely driven again: "
              + done / 2
              + " of "
              + letters.size()
              + "; paidonce deadletters list shows which",
          e);
    }
  }

  @SuppressWarnings("FutureReturnValueIgnored") // the commit fails if one of them did
  private void send(ProducerRecord<byte[], byte[]> record) {
    producer.send(record);
  }

  /** The original, and the record of it. */
  private List<ProducerRecord<byte[], byte[]>> recordsOf(
      StoredLetter stored, String actor, String why) {
    DeadLetter letter = stored.letter();
    RecordCoordinates source = requireNonNull(letter.source());
    Instant now = clock.instant();
    DeadLetterRedrive redrive =
        new DeadLetterRedrive(
            DeadLetterRedrive.SCHEMA,
            stored.id().coordinates(),
            source,
            actor,
            why,
            stored.times() + 1,
            now);
    // To its partition, whatever its key: the memory of what its writer sent before is there.
    ProducerRecord<byte[], byte[]> again =
        new ProducerRecord<>(
            source.topic(),
            source.partition(),
            null,
            bytes(letter.key()),
            bytes(letter.original()));
    letter.headers().forEach((name, value) -> mark(again, name, value));
    mark(again, DeadLetterRedrive.HEADER_OF, stored.id().toString());
    mark(again, DeadLetterRedrive.HEADER_BY, actor);
    mark(again, DeadLetterRedrive.HEADER_WHY, why);
    mark(again, DeadLetterRedrive.HEADER_TIMES, Integer.toString(redrive.times()));
    return List.of(
        again,
        Topics.DEAD_LETTER_REDRIVES.record(
            stored.id().toString(),
            redrive,
            new EventHead(stored.id() + "/" + UUID.randomUUID(), SOURCE, now, null)));
  }

  /** In place of what an earlier redrive of the same original wrote. */
  private static void mark(ProducerRecord<?, ?> record, String name, String value) {
    record.headers().remove(name);
    record.headers().add(name, value.getBytes(UTF_8));
  }

  private static byte @Nullable [] bytes(@Nullable RawBytes raw) {
    return raw == null ? null : raw.bytes();
  }

  @Override
  public void close() {
    producer.close();
  }
}

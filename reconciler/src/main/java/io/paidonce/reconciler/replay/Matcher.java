package io.paidonce.reconciler.replay;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.paidonce.contract.EventHeaders;
import io.paidonce.contract.RecordCoordinates;
import io.paidonce.contract.Topic;
import io.paidonce.contract.Topics;
import io.paidonce.reconciler.replay.Log.Feed;
import java.util.Arrays;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;

/**
 * Compares what the fold makes with one partition of a topic. One task of streams wrote it, in the
 * order of its inputs, so that both sides agree record by record; where they do not, a window of
 * each side is searched for the other's next record, and what leaves the window unmatched has no
 * partner. So memory does not grow with the number of differences.
 */
final class Matcher {

  private static final int WINDOW = 4_096;

  private final Topic<?> topic;
  private final TopicPartition partition;
  private final boolean tellsByVersion;
  private final Plan.Part part;
  private final Written written;
  private final Feed feed;
  private final Predicate<ConsumerRecord<byte[], byte[]>> elsewhere;
  private final Patience patience;
  private final Verdicts verdicts;

  private final Map<String, Waiting> expected = new LinkedHashMap<>();
  private final Map<String, ConsumerRecord<byte[], byte[]>> strays = new LinkedHashMap<>();
  private final LongSet seen = new LongSet();
  private @Nullable ConsumerRecord<byte[], byte[]> head;
  private long made;
  private long firstMatched = -1;
  private long lastMatched = -1;
  private long agreed;
  private long notYet;

  private record Waiting(Expected record, long number) {}

  /** What becomes of what has no partner. */
  interface Verdicts {

    /**
     * The largest offset of an input that something was matched of, in any topic: streams has
     * committed what follows from those before it.
     */
    long provenUpTo();

    void proven(long inputOffset);

    void missing(Topic<?> topic, Expected record);

    void extra(Topic<?> topic, ConsumerRecord<byte[], byte[]> record, boolean isRepeated);

    void differs(Topic<?> topic, ConsumerRecord<byte[], byte[]> record, Expected expected);

    void expired(Topic<?> topic, Expected record);

    void notYet(Topic<?> topic, long records, String example);

    void agreed(Topic<?> topic, long records);
  }

  /**
   * A matcher at the beginning of its partition.
   *
   * @param elsewhere records that are none of its business
   */
  Matcher(
      Topic<?> topic,
      int partition,
      Plan.Part part,
      Log log,
      Feed feed,
      Predicate<ConsumerRecord<byte[], byte[]>> elsewhere,
      Patience patience,
      Verdicts verdicts) {
    this.topic = topic;
    this.tellsByVersion = topic.equals(Topics.ORDER_TRANSITIONS);
    this.partition = new TopicPartition(topic.name(), partition);
    this.part = part;
    this.written =
        new Written(
            log,
            List.of(new TopicPartition(Topics.ORDER_INPUTS.name(), partition)),
            List.of(this.partition));
    this.feed = feed;
    this.elsewhere = elsewhere;
    this.patience = patience;
    this.verdicts = verdicts;
  }

  /** The fold makes a record. */
  void expect(Expected record) {
    long number = made++;
    ConsumerRecord<byte[], byte[]> next = head == null ? pull() : head;
    if (next != null && id(next).equals(record.eventId())) {
      head = null;
      matched(record, number, next);
      return;
    }
    head = next;
    ConsumerRecord<byte[], byte[]> stray = strays.remove(record.eventId());
    if (stray != null) {
      matched(record, number, stray);
      return;
    }
    expected.put(record.eventId(), new Waiting(record, number));
    if (record.phase() == Phase.WITHIN) {
      while (expected.containsKey(record.eventId()) && strays.size() < WINDOW && takeOne()) {
        // Looks ahead for it.
      }
    }
    if (expected.size() > WINDOW) {
      leaveWindow();
    }
  }

  /** The fold has ended: what is left on both sides is judged. */
  void finish() {
    while (isWanted() && (takeOne() || awaitMore())) {
      // Reads on.
    }
    expected.values().forEach(this::unmatched);
    expected.clear();
    strays.values().forEach(record -> stray(record, false));
    strays.clear();
    verdicts.agreed(topic, agreed);
    if (notYet > 0) {
      verdicts.notYet(topic, notYet, partition.toString());
    }
  }

  // What the range holds is read to its end; what comes after only while it may hold a partner.
  private boolean isWanted() {
    ConsumerRecord<byte[], byte[]> next = head == null ? pull() : head;
    head = next;
    if (next != null && next.offset() < part.to()) {
      return true;
    }
    return expected.values().stream().anyMatch(one -> one.record().phase() == Phase.WITHIN);
  }

  private boolean awaitMore() {
    return !isDecided() && patience.retry(() -> feed.extend(partition), this::isDecided);
  }

  private boolean isDecided() {
    if (expected.values().stream().anyMatch(this::isUndecided)) {
      written.notice(feed::readUpTo, inputs -> verdicts.provenUpTo());
    }
    return expected.values().stream().noneMatch(this::isUndecided);
  }

  // Nobody waits for what is known to be missing: what came after it is there.
  private boolean isUndecided(Waiting one) {
    return one.record().phase() == Phase.WITHIN && !isExpired(one) && !isOverdue(one);
  }

  private boolean isOverdue(Waiting one) {
    return one.number() < lastMatched || written.covers(one.record().cause());
  }

  private boolean takeOne() {
    ConsumerRecord<byte[], byte[]> next = head == null ? pull() : head;
    head = null;
    if (next == null) {
      return false;
    }
    Waiting waiting = expected.remove(id(next));
    if (waiting != null) {
      matched(waiting.record(), waiting.number(), next);
    } else {
      // Of two with one id the first is what the fold makes.
      if (strays.putIfAbsent(id(next), next) != null) {
        stray(next, true);
      }
    }
    if (strays.size() > WINDOW) {
      Iterator<ConsumerRecord<byte[], byte[]>> eldest = strays.values().iterator();
      stray(eldest.next(), false);
      eldest.remove();
    }
    return true;
  }

  private @Nullable ConsumerRecord<byte[], byte[]> pull() {
    ConsumerRecord<byte[], byte[]> next;
    do {
      next = feed.next(partition);
    } while (next != null && elsewhere.test(next));
    return next;
  }

  private void matched(Expected record, long number, ConsumerRecord<byte[], byte[]> found) {
    firstMatched = firstMatched < 0 ? number : Math.min(firstMatched, number);
    lastMatched = Math.max(lastMatched, number);
    verdicts.proven(record.cause().offset());
    if (record.phase() != Phase.BEFORE) {
      remember(record.eventId());
    }
    if (record.phase() != Phase.WITHIN) {
      return;
    }
    if (Arrays.equals(record.payload().bytes(), found.value()) && isSealed(found)) {
      agreed++;
    } else {
      verdicts.differs(topic, found, record);
    }
  }

  // Of a change of an order its version tells whether it was said before.
  private void remember(String eventId) {
    if (!tellsByVersion) {
      seen.add(Digests.of(eventId));
    }
  }

  // A reader refuses what does not have the hash that its header states.
  private static boolean isSealed(ConsumerRecord<byte[], byte[]> record) {
    return EventHeaders.sha256Hex(record.value())
        .equals(EventHeaders.text(record.headers(), EventHeaders.PAYLOAD_SHA256));
  }

  private void leaveWindow() {
    // Streams may be far behind: what it has not written yet is no difference.
    boolean isRead = strays.size() < WINDOW;
    if (isRead && isUndecided(expected.values().iterator().next()) && awaitMore()) {
      while (takeOne()) {
        // Catches up with it.
      }
      if (expected.size() <= WINDOW) {
        return;
      }
    }
    Iterator<Waiting> eldest = expected.values().iterator();
    Waiting out = eldest.next();
    eldest.remove();
    unmatched(out);
  }

  private void unmatched(Waiting one) {
    if (one.record().phase() != Phase.WITHIN) {
      return;
    }
    if (isExpired(one)) {
      verdicts.expired(topic, one.record());
    } else if (isOverdue(one)) {
      verdicts.missing(topic, one.record());
    } else {
      notYet++;
    }
  }

  // All that stood before the first that is kept was made before it.
  private boolean isExpired(Waiting one) {
    return part.kept().begin() > 0
        && part.read().from() <= part.kept().begin()
        && (firstMatched < 0 || one.number() < firstMatched);
  }

  private void stray(ConsumerRecord<byte[], byte[]> record, boolean isTwin) {
    if (record.offset() >= part.from() && record.offset() < part.to()) {
      verdicts.extra(topic, record, isTwin || seen.contains(Digests.of(id(record))));
    }
  }

  static String id(ConsumerRecord<byte[], byte[]> record) {
    String id = EventHeaders.text(record.headers(), EventHeaders.ID);
    return id == null ? "" : id;
  }

  static RecordCoordinates at(ConsumerRecord<byte[], byte[]> record) {
    return new RecordCoordinates(record.topic(), record.partition(), record.offset());
  }

  static @Nullable String key(ConsumerRecord<byte[], byte[]> record) {
    return record.key() == null ? null : new String(record.key(), UTF_8);
  }
}

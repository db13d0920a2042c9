package io.paidonce.reconciler.replay;

import static java.util.Objects.requireNonNull;

import io.paidonce.contract.Topic;
import io.paidonce.contract.Topics;
import io.paidonce.reconciler.replay.Log.Extent;
import io.paidonce.reconciler.replay.Log.Span;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;

/**
 * Which offsets a range is, in every partition, settled once at the beginning: live traffic goes on
 * meanwhile. Ends are looked up against the stream: first those of what the ledger writes, then
 * those of its inputs, then those of their sources. So each record below an end has its cause below
 * an end.
 */
final class Plan {

  /** What the ledger writes, partitioned as its inputs are. */
  static final List<Topic<?>> OUTPUTS =
      List.of(
          Topics.ORDER_TRANSITIONS,
          Topics.ORDER_PAID,
          Topics.ORDER_CANCELLED,
          Topics.ORDER_REFUNDED,
          Topics.PAYMENT_EXCEPTIONS,
          Topics.PROVIDER_REQUESTS);

  /** What intake reads. */
  static final List<Topic<?>> SOURCES =
      List.of(Topics.PAYMENT_NOTIFICATIONS, Topics.ORDER_COMMANDS);

  /** Intake remembers an identity for 35 days, and walks its memory within a day or two. */
  static final Duration MEMORY = Duration.ofDays(37);

  /** For so long an input may come after its source; streams was away for longer where it does. */
  private static final Duration UNDERWAY = Duration.ofDays(1);

  /** Brokers' clocks may differ by so much. */
  static final Duration CLOCKS = Duration.ofMinutes(1);

  /**
   * The offsets of one partition.
   *
   * @param kept what the partition held when the replay began
   * @param read from where to where it is read at first
   * @param from first offset of the range
   * @param to end of the range
   * @param known from where on sources are remembered, to be met by inputs of the range
   */
  record Part(Extent kept, Span read, long from, long to, long known) {
    Phase phase(long offset) {
      return offset < from ? Phase.BEFORE : offset < to ? Phase.WITHIN : Phase.AFTER;
    }
  }

  private final Map<TopicPartition, Part> parts;
  private final Map<String, String> identities;

  private Plan(Map<TopicPartition, Part> parts, Map<String, String> identities) {
    this.parts = Map.copyOf(parts);
    this.identities = Map.copyOf(identities);
  }

  static Plan of(Log log, ReplayRange range) {
    Map<TopicPartition, Part> parts = new LinkedHashMap<>();
    Map<String, String> identities = new HashMap<>();
    for (Topic<?> topic : OUTPUTS) {
      identities.put(topic.name(), log.identity(topic.name()));
      for (TopicPartition each : partitions(log, topic)) {
        Extent kept = log.extent(each);
        long from = at(log, each, kept, range.from(), kept.begin());
        parts.put(
            each,
            new Part(
                kept,
                // A record that was appended a little early by another broker's clock.
                new Span(at(log, each, kept, minus(range.from(), CLOCKS), from), kept.end()),
                from,
                at(log, each, kept, range.to(), kept.end()),
                from));
      }
    }
    parts.putAll(read(log, Topics.ORDER_INPUTS, range, null, null, identities));
    Instant since = firstThatAllKeep(log, parts);
    for (Topic<?> topic : SOURCES) {
      parts.putAll(read(log, topic, range, MEMORY, since, identities));
    }
    return new Plan(parts, identities);
  }

  /**
   * Since when all partitions keep their inputs: of older sources nobody knows whether an input was
   * made. Null where nothing has expired, and no topic was created anew.
   */
  private static @Nullable Instant firstThatAllKeep(Log log, Map<TopicPartition, Part> parts) {
    Instant since = null;
    for (TopicPartition each : partitions(log, Topics.ORDER_INPUTS)) {
      Extent kept = requireNonNull(parts.get(each)).kept();
      Instant first = log.firstAppended(each);
      if (kept.begin() > 0 || beganLater(log, each.partition(), first)) {
        // Where nothing is left, no source can be asked for its input.
        Instant from = first == null ? Instant.MAX : first;
        since = since == null || from.isAfter(since) ? from : since;
      }
    }
    return since;
  }

  private static boolean beganLater(Log log, int partition, @Nullable Instant firstInput) {
    Instant changed =
        log.firstAppended(new TopicPartition(Topics.ORDER_TRANSITIONS.name(), partition));
    return changed != null && (firstInput == null || changed.isBefore(firstInput.minus(CLOCKS)));
  }

  private static Map<TopicPartition, Part> read(
      Log log,
      Topic<?> topic,
      ReplayRange range,
      @Nullable Duration lead,
      @Nullable Instant since,
      Map<String, String> identities) {
    identities.put(topic.name(), log.identity(topic.name()));
    Map<TopicPartition, Part> parts = new LinkedHashMap<>();
    for (TopicPartition each : partitions(log, topic)) {
      Extent kept = log.extent(each);
      long from =
          Math.max(
              at(log, each, kept, range.from(), kept.begin()),
              at(log, each, kept, since, kept.begin()));
      long to = Math.max(from, at(log, each, kept, range.to(), kept.end()));
      Instant after = range.to() == null ? null : range.to().plus(CLOCKS);
      Instant before = lead == null ? null : minus(range.from(), lead);
      parts.put(
          each,
          new Part(
              kept,
              new Span(
                  at(log, each, kept, before, kept.begin()),
                  at(log, each, kept, after, kept.end())),
              from,
              to,
              at(log, each, kept, minus(range.from(), UNDERWAY), kept.begin())));
    }
    return parts;
  }

  private static @Nullable Instant minus(@Nullable Instant time, Duration by) {
    return time == null ? null : time.minus(by);
  }

  private static long at(
      Log log, TopicPartition partition, Extent kept, @Nullable Instant time, long without) {
    if (Instant.MAX.equals(time)) {
      return kept.end();
    }
    return time == null
        ? without
        : Math.max(kept.begin(), Math.min(kept.end(), log.offsetAt(partition, time)));
  }

  static List<TopicPartition> partitions(Log log, Topic<?> topic) {
    return IntStream.range(0, log.partitions(topic.name()))
        .mapToObj(i -> new TopicPartition(topic.name(), i))
        .toList();
  }

  Part part(TopicPartition partition) {
    Part part = parts.get(partition);
    if (part == null) {
      throw new IllegalStateException(partition + " was not planned");
    }
    return part;
  }

  Part part(Topic<?> topic, int partition) {
    return part(new TopicPartition(topic.name(), partition));
  }

  boolean has(Topic<?> topic, int partition) {
    return parts.containsKey(new TopicPartition(topic.name(), partition));
  }

  /** What each topic was when the replay began. */
  Map<String, String> identities() {
    return identities;
  }
}

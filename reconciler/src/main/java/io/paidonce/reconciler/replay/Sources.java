package io.paidonce.reconciler.replay;

import io.paidonce.contract.ExceptionCase;
import io.paidonce.contract.OrderInput;
import io.paidonce.contract.RawBytes;
import io.paidonce.contract.RecordCoordinates;
import io.paidonce.contract.Topic;
import io.paidonce.contract.Topics;
import java.util.ArrayDeque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;

/**
 * What intake lets pass, by the source's coordinates, met by the inputs as they are read. Threads
 * share it.
 */
final class Sources {

  private static final Passed NOTHING = new Passed();

  private final Map<TopicPartition, Passed> passed = new HashMap<>();
  private final Map<String, ArrayDeque<Opened>> opened = new HashMap<>();
  private final Set<RecordCoordinates> deadInputs = new HashSet<>();

  /** A case that intake opens by itself. */
  record Opened(RawBytes payload, OrderedBy by) {}

  /** The record that made it, and whether it is of the range. */
  record OrderedBy(RecordCoordinates at, Phase phase, String order) {}

  /** What a source is to an input that names it. */
  enum Met {
    SAME,
    DIFFERS,
    AGAIN,
    UNKNOWN
  }

  synchronized void add(TopicPartition partition, Passed of) {
    passed.put(partition, of);
  }

  synchronized void open(ExceptionCase one, Opened how) {
    opened.computeIfAbsent(one.eventId(), id -> new ArrayDeque<>()).add(how);
  }

  /** The case that intake opens under this id; null where it opens none, or no more. */
  synchronized @Nullable Opened claim(String eventId) {
    ArrayDeque<Opened> waiting = opened.get(eventId);
    Opened first = waiting == null ? null : waiting.poll();
    if (waiting != null && waiting.isEmpty()) {
      opened.remove(eventId);
    }
    return first;
  }

  /** The cases that nobody has claimed. */
  synchronized Map<String, List<Opened>> unclaimed() {
    Map<String, List<Opened>> left = new HashMap<>();
    opened.forEach((id, each) -> left.put(id, List.copyOf(each)));
    return left;
  }

  /** Whether it is remembered what intake makes of a source. */
  synchronized boolean holds(RecordCoordinates source) {
    return place(source) >= 0;
  }

  /** Whether this is what intake makes of a source, met or not. */
  synchronized boolean isMadeOf(RecordCoordinates source, long digest) {
    int place = place(source);
    return place >= 0 && of(source).digest(place) == digest;
  }

  private int place(RecordCoordinates source) {
    return of(source).place(source.offset());
  }

  private Passed of(RecordCoordinates source) {
    return passed.getOrDefault(new TopicPartition(source.topic(), source.partition()), NOTHING);
  }

  /**
   * An input is here.
   *
   * @param isDead whether the ledger could not take it: then it may have been driven again
   */
  synchronized Met meet(RecordCoordinates source, long digest, boolean isDead) {
    Passed of = of(source);
    int place = of.place(source.offset());
    if (place < 0) {
      return Met.UNKNOWN;
    }
    // One that could not be taken may be driven again, once for each time.
    boolean isAgain = of.meet(place) && !deadInputs.remove(source);
    if (isDead) {
      deadInputs.add(source);
    }
    if (isAgain) {
      return Met.AGAIN;
    }
    return of.digest(place) == digest ? Met.SAME : Met.DIFFERS;
  }

  /** Shown each source of the range that no input has met. */
  interface Unmet {
    void source(TopicPartition partition, long offset, boolean isOptional);
  }

  /**
   * Shows what was not met.
   *
   * @return how many of them must have been
   */
  synchronized long unmet(Plan plan, Unmet each) {
    long missing = 0;
    for (Map.Entry<TopicPartition, Passed> entry : passed.entrySet()) {
      Plan.Part part = plan.part(entry.getKey());
      missing +=
          entry
              .getValue()
              .unmet(
                  offset -> part.phase(offset) == Phase.WITHIN,
                  (offset, optional) -> each.source(entry.getKey(), offset, optional));
    }
    return missing;
  }

  /** The offset of the last record of a partition that an input has met; 0 where there is none. */
  synchronized long metUpTo(TopicPartition partition) {
    return passed.getOrDefault(partition, NOTHING).metUpTo();
  }

  /** What two records of one input have in common, whatever its shop was configured to then. */
  static long digest(OrderInput input) {
    return Digests.of(Topics.ORDER_INPUTS.json().write(input.asOfSource()));
  }

  static boolean isOfIntake(RecordCoordinates source) {
    for (Topic<?> topic : Plan.SOURCES) {
      if (topic.name().equals(source.topic())) {
        return true;
      }
    }
    return false;
  }
}

package io.paidonce.reconciler.replay;

import io.paidonce.contract.ExceptionCase;
import io.paidonce.contract.OrderInput;
import io.paidonce.contract.RawBytes;
import io.paidonce.contract.RecordCoordinates;
import io.paidonce.contract.Topic;
import io.paidonce.contract.Topics;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.BitSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;

/**
 * What intake lets pass, by the source's coordinates: sixteen bytes for each, met by the inputs as
 * they are read. Threads share it.
 */
final class Sources {

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

  /** The passed records of one partition, in the order of their offsets. */
  static final class Passed {
    private long[] offsets = new long[1024];
    private long[] digests = new long[1024];
    private final BitSet optional = new BitSet();
    private final BitSet met = new BitSet();
    private int size;

    /**
     * Adds one.
     *
     * @param isOptional whether intake may have taken it for a repetition
     */
    void add(long offset, long digest, boolean isOptional) {
      if (size == offsets.length) {
        offsets = Arrays.copyOf(offsets, size + (size >> 1));
        digests = Arrays.copyOf(digests, offsets.length);
      }
      offsets[size] = offset;
      digests[size] = digest;
      if (isOptional) {
        optional.set(size);
      }
      size++;
    }
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
    Passed of = passed.get(new TopicPartition(source.topic(), source.partition()));
    return of != null && Arrays.binarySearch(of.offsets, 0, of.size, source.offset()) >= 0;
  }

  /**
   * An input is here.
   *
   * @param isDead whether the ledger could not take it: then it may have been driven again
   */
  synchronized Met meet(RecordCoordinates source, long digest, boolean isDead) {
    Passed of = passed.get(new TopicPartition(source.topic(), source.partition()));
    int place = of == null ? -1 : Arrays.binarySearch(of.offsets, 0, of.size, source.offset());
    if (of == null || place < 0) {
      return Met.UNKNOWN;
    }
    // One that could not be taken may be driven again, once for each time.
    boolean isAgain = of.met.get(place) && !deadInputs.remove(source);
    of.met.set(place);
    if (isDead) {
      deadInputs.add(source);
    }
    if (isAgain) {
      return Met.AGAIN;
    }
    return of.digests[place] == digest ? Met.SAME : Met.DIFFERS;
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
      Passed of = entry.getValue();
      Plan.Part part = plan.part(entry.getKey());
      for (int i = of.met.nextClearBit(0); i < of.size; i = of.met.nextClearBit(i + 1)) {
        if (part.phase(of.offsets[i]) == Phase.WITHIN) {
          missing += of.optional.get(i) ? 0 : 1;
          each.source(entry.getKey(), of.offsets[i], of.optional.get(i));
        }
      }
    }
    return missing;
  }

  /** The offset of the last record of a partition that an input has met; 0 where there is none. */
  synchronized long metUpTo(TopicPartition partition) {
    Passed of = passed.get(partition);
    int last = of == null ? 0 : of.met.length();
    return of == null || last == 0 ? 0 : of.offsets[last - 1];
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

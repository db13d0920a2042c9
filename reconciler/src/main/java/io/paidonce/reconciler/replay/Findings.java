package io.paidonce.reconciler.replay;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** What was found so far: all of it counted, the first of each kind kept. Threads share it. */
final class Findings {

  /** Enough to see a pattern; a wrong build can make millions. */
  private static final int KEPT_OF_A_KIND = 100;

  private final Map<DifferenceKind, Map<String, Long>> differences =
      new EnumMap<>(DifferenceKind.class);
  private final Map<DifferenceKind, Integer> keptOf = new EnumMap<>(DifferenceKind.class);
  private final List<Difference> kept = new ArrayList<>();
  private final Map<Untold, Long> untold = new EnumMap<>(Untold.class);
  private final Map<Untold, List<String>> untoldDetails = new EnumMap<>(Untold.class);
  private final Map<String, Long> agreed = new TreeMap<>();
  private final Map<String, Long> notes = new TreeMap<>();

  synchronized void add(Difference difference) {
    differences
        .computeIfAbsent(difference.kind(), kind -> new TreeMap<>())
        .merge(difference.topic(), 1L, Long::sum);
    if (keptOf.merge(difference.kind(), 1, Integer::sum) <= KEPT_OF_A_KIND) {
      kept.add(difference);
    }
  }

  synchronized void untold(Untold why, long count, String detail) {
    untold.merge(why, count, Long::sum);
    List<String> details = untoldDetails.computeIfAbsent(why, any -> new ArrayList<>());
    if (details.size() < KEPT_OF_A_KIND) {
      details.add(detail);
    }
  }

  /** What was compared and found the same. */
  synchronized void agreed(String topic, long count) {
    if (count > 0) {
      agreed.merge(topic, count, Long::sum);
    }
  }

  /** What is worth saying and leaves nothing open. */
  synchronized void note(String what, long count) {
    if (count > 0) {
      notes.merge(what, count, Long::sum);
    }
  }

  synchronized ReplayReport report(long inputs, long notifications, long elapsedMs) {
    Map<DifferenceKind, Map<String, Long>> counts = new EnumMap<>(DifferenceKind.class);
    differences.forEach((kind, topics) -> counts.put(kind, Map.copyOf(topics)));
    return new ReplayReport(
        inputs,
        notifications,
        elapsedMs,
        new TreeMap<>(agreed),
        counts,
        kept,
        new EnumMap<>(untold),
        new EnumMap<>(untoldDetails),
        new TreeMap<>(notes));
  }
}

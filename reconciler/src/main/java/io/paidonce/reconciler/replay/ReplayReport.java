package io.paidonce.reconciler.replay;

import java.util.List;
import java.util.Map;

/**
 * What a replay found.
 *
 * @param inputs records of order-inputs folded
 * @param notifications records of payment-notifications and order-commands folded
 * @param elapsedMs how long it took
 * @param agreed what was compared and found the same, by topic or table
 * @param differences how many, by kind and topic
 * @param shown the first of each kind
 * @param untold what could not be judged
 * @param untoldDetails the first of each
 * @param notes what else is worth saying, with counts
 */
public record ReplayReport(
    long inputs,
    long notifications,
    long elapsedMs,
    Map<String, Long> agreed,
    Map<DifferenceKind, Map<String, Long>> differences,
    List<Difference> shown,
    Map<Untold, Long> untold,
    Map<Untold, List<String>> untoldDetails,
    Map<String, Long> notes) {

  /** What the exit code says. */
  public enum Outcome {
    SAME,
    DIFFERENT,
    /** Nothing differs as far as could be judged, and not all could be. */
    UNTOLD
  }

  public ReplayReport {
    shown = List.copyOf(shown);
  }

  public Outcome outcome() {
    if (!differences.isEmpty()) {
      return Outcome.DIFFERENT;
    }
    return untold.keySet().stream().anyMatch(Untold::leavesOpen) ? Outcome.UNTOLD : Outcome.SAME;
  }

  /** How many differences. */
  public long total() {
    return differences.values().stream()
        .flatMap(topics -> topics.values().stream())
        .mapToLong(Long::longValue)
        .sum();
  }
}

package io.paidonce.reconciler.diff;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * What a comparison of two builds found.
 *
 * @param records of how many records the two histories were compared
 * @param elapsedMs how long it took
 * @param orders how many orders have another history
 * @param recordsDiffering of how many records the builds make different things
 * @param shown the first orders, each at the first record that parts them
 * @param notes what else is worth saying, with counts
 */
public record DiffReport(
    long records,
    long elapsedMs,
    long orders,
    long recordsDiffering,
    List<OrderDifference> shown,
    Map<String, Long> notes) {

  public DiffReport {
    shown = List.copyOf(shown);
    notes = new TreeMap<>(notes);
  }

  /** Whether both builds make the same of all of it. */
  public boolean isSame() {
    return recordsDiffering == 0;
  }
}

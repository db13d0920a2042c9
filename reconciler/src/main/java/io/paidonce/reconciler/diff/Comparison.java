package io.paidonce.reconciler.diff;

import io.paidonce.reconciler.replay.Digests;
import io.paidonce.reconciler.replay.LongSet;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Two histories read side by side, line by line: counted, and the first of each order kept. */
final class Comparison {

  /** Enough to see a pattern; a changed rule can part millions. */
  private static final int MOST_SHOWN = 100;

  private final LongSet orders = new LongSet();
  private final List<OrderDifference> shown = new ArrayList<>();
  private final Map<String, Long> notes = new HashMap<>();
  private final HistoryDifference difference =
      new HistoryDifference(
          layout -> notes.merge("records of another layout, " + layout, 1L, Long::sum));
  private long records;
  private long differing;

  /**
   * Compares what two builds make of one record.
   *
   * @param here with the end of its line
   * @param there without
   */
  void lines(byte[] here, byte[] there) throws IOException {
    records++;
    int length = here.length - 1;
    if (Arrays.equals(here, 0, length, there, 0, there.length)) {
      return;
    }
    OrderDifference found = difference.between(here, there);
    if (found != null) {
      differing++;
      String order = found.order() == null ? found.at() : found.order();
      if (orders.add(Digests.of(order)) && shown.size() < MOST_SHOWN) {
        shown.add(found);
      }
    }
  }

  /** What was found, once all is read. */
  DiffReport report(long elapsedMs, Map<String, Long> more) {
    Map<String, Long> all = new HashMap<>(notes);
    all.putAll(more);
    return new DiffReport(records, elapsedMs, orders.size(), differing, shown, all);
  }
}

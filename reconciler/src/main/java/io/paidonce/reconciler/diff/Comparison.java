package io.paidonce.reconciler.diff;

import io.paidonce.reconciler.replay.Digests;
import io.paidonce.reconciler.replay.LongSet;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Two histories read side by side, line by line: counted, and the first of each order kept. */
final class Comparison {

  /** Enough to see a pattern; a changed rule can part millions. */
  private static final int MOST_SHOWN = 100;

  private final int remembered;
  private LongSet orders = new LongSet();
  private long ordersDiffering;
  private final List<OrderDifference> shown = new ArrayList<>();
  private final Map<String, Long> notes = new HashMap<>();
  private final HistoryDifference difference =
      new HistoryDifference(
          layout -> notes.merge("records of another layout, " + layout, 1L, Long::sum));
  private long records;
  private long differing;

  /**
   * Nothing compared yet.
   *
   * @param remembered how many orders that differ are known apart; beyond that one is named again
   */
  Comparison(int remembered) {
    this.remembered = remembered;
  }

  /**
   * Compares what two builds make of one record; returns what parts an order that was not known to
   * differ.
   *
   * @param here with the end of its line
   * @param there without
   */
  @Nullable OrderDifference lines(byte[] here, byte[] there) throws IOException {
    records++;
    int length = here.length - 1;
    if (Arrays.equals(here, 0, length, there, 0, there.length)) {
      return null;
    }
    OrderDifference found = difference.between(here, there);
    if (found == null) {
      return null;
    }
    differing++;
    if (orders.size() >= remembered) {
      orders = new LongSet();
    }
    if (!orders.add(Digests.of(found.order() == null ? found.at() : found.order()))) {
      return null;
    }
    ordersDiffering++;
    if (shown.size() < MOST_SHOWN) {
      shown.add(found);
    }
    return found;
  }

  /** The same for whoever reads the report at the end. */
  void count(byte[] here, byte[] there) throws IOException {
    @Nullable OrderDifference unused = lines(here, there);
  }

  /** Of how many records the builds have made different things so far. */
  long differing() {
    return differing;
  }

  /** What was found, once all is read. */
  DiffReport report(long elapsedMs, Map<String, Long> more) {
    Map<String, Long> all = new HashMap<>(notes);
    all.putAll(more);
    return new DiffReport(records, elapsedMs, ordersDiffering, differing, shown, all);
  }
}

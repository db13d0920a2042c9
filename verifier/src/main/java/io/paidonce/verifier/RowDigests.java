package io.paidonce.verifier;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** The rows that a table must hold, as hashes: 32 bytes a row, whatever is in it. */
final class RowDigests {

  private static final int KEY = 0;
  private static final int VERSION = 1;
  private static final int ROW = 2;
  private static final int SEEN = 3;
  private static final int WIDTH = 4;

  private final int keys;
  private long[] cells = new long[WIDTH << 10];
  private int size;

  RowDigests(int keys) {
    this.keys = keys;
  }

  /** What a row of the table is, against what it must be. */
  enum Match {
    SAME,
    DIFFERENT,
    /** No record makes such a row. */
    UNKNOWN
  }

  /** Takes a row; of one key the greatest version holds, and of that the first. */
  void put(long version, List<@Nullable String> row) {
    if (size * 3 > cells.length / WIDTH * 2) {
      grow();
    }
    long key = keyOf(row);
    int at = slot(cells, key);
    if (cells[at + KEY] == 0) {
      size++;
    } else if (version <= cells[at + VERSION]) {
      return;
    }
    cells[at + KEY] = key;
    cells[at + VERSION] = version;
    cells[at + ROW] = Digest64.of(row);
  }

  /** Compares a row of the table, and remembers that it is there. */
  Match see(List<@Nullable String> row) {
    int at = slot(cells, keyOf(row));
    if (cells[at + KEY] == 0) {
      return Match.UNKNOWN;
    }
    cells[at + SEEN] = 1;
    return cells[at + ROW] == Digest64.of(row) ? Match.SAME : Match.DIFFERENT;
  }

  /** Whether this is what the row of its key must be. */
  boolean isExpected(List<@Nullable String> row) {
    return cells[slot(cells, keyOf(row)) + ROW] == Digest64.of(row);
  }

  /** Whether the row of this key is not in the table. */
  boolean isMissing(List<@Nullable String> row) {
    return cells[slot(cells, keyOf(row)) + SEEN] == 0;
  }

  /** How many rows are not in the table. */
  long missing() {
    long missing = 0;
    for (int at = 0; at < cells.length; at += WIDTH) {
      missing += cells[at + KEY] != 0 && cells[at + SEEN] == 0 ? 1 : 0;
    }
    return missing;
  }

  private long keyOf(List<@Nullable String> row) {
    long key = Digest64.of(row.subList(0, keys));
    return key == 0 ? 1 : key;
  }

  private static int slot(long[] cells, long key) {
    int slots = cells.length / WIDTH;
    int slot = (int) (key & (slots - 1));
    while (cells[slot * WIDTH + KEY] != 0 && cells[slot * WIDTH + KEY] != key) {
      slot = (slot + 1) & (slots - 1);
    }
    return slot * WIDTH;
  }

  private void grow() {
    long[] grown = new long[Math.multiplyExact(cells.length, 2)];
    for (int at = 0; at < cells.length; at += WIDTH) {
      if (cells[at + KEY] != 0) {
        System.arraycopy(cells, at, grown, slot(grown, cells[at + KEY]), WIDTH);
      }
    }
    cells = grown;
  }
}

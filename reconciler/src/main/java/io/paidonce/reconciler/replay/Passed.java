package io.paidonce.reconciler.replay;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import java.util.function.LongPredicate;

/**
 * What intake lets pass of one partition, in the order of the offsets: twelve bytes for each, since
 * a range of ten million is held whole. In pieces, so that growing copies nothing.
 */
final class Passed {

  private static final int PIECE = 4_096;

  private final List<Piece> pieces = new ArrayList<>();
  private final BitSet optional = new BitSet();
  private final BitSet met = new BitSet();

  /** Offsets by how far they lie beyond the first. */
  private static final class Piece {
    private final long first;
    private final int[] beyond = new int[PIECE];
    private final long[] digests = new long[PIECE];
    private int size;

    Piece(long first) {
      this.first = first;
    }

    boolean takes(long offset) {
      return size < PIECE && offset - first <= Integer.MAX_VALUE;
    }

    int find(long offset) {
      return offset - first > Integer.MAX_VALUE
          ? -1
          : Arrays.binarySearch(beyond, 0, size, (int) (offset - first));
    }
  }

  /** Shown each source that no input has met. */
  interface Unmet {
    void source(long offset, boolean isOptional);
  }

  /**
   * Adds one.
   *
   * @param isOptional whether intake may have taken it for a repetition
   */
  void add(long offset, long digest, boolean isOptional) {
    Piece last = pieces.isEmpty() ? null : pieces.get(pieces.size() - 1);
    if (last == null || !last.takes(offset)) {
      last = new Piece(offset);
      pieces.add(last);
    }
    last.beyond[last.size] = (int) (offset - last.first);
    last.digests[last.size] = digest;
    if (isOptional) {
      optional.set((pieces.size() - 1) * PIECE + last.size);
    }
    last.size++;
  }

  /** The place of what was passed at an offset; negative where nothing was. */
  int place(long offset) {
    int low = 0;
    int high = pieces.size() - 1;
    while (low <= high) {
      int middle = (low + high) >>> 1;
      if (pieces.get(middle).first <= offset) {
        low = middle + 1;
      } else {
        high = middle - 1;
      }
    }
    if (high < 0) {
      return -1;
    }
    int within = pieces.get(high).find(offset);
    return within < 0 ? -1 : high * PIECE + within;
  }

  long digest(int place) {
    return pieces.get(place / PIECE).digests[place % PIECE];
  }

  private long offset(int place) {
    Piece piece = pieces.get(place / PIECE);
    return piece.first + piece.beyond[place % PIECE];
  }

  /** An input is here; whether one was before. */
  boolean meet(int place) {
    boolean isAgain = met.get(place);
    met.set(place);
    return isAgain;
  }

  /**
   * Shows what was not met.
   *
   * @return how many of them must have been
   */
  long unmet(LongPredicate isAsked, Unmet each) {
    long missing = 0;
    for (int i = 0; i < pieces.size(); i++) {
      int end = i * PIECE + pieces.get(i).size;
      for (int at = met.nextClearBit(i * PIECE); at < end; at = met.nextClearBit(at + 1)) {
        if (isAsked.test(offset(at))) {
          missing += optional.get(at) ? 0 : 1;
          each.source(offset(at), optional.get(at));
        }
      }
    }
    return missing;
  }

  /** The offset of the last one that an input has met; 0 where there is none. */
  long metUpTo() {
    return met.isEmpty() ? 0 : offset(met.length() - 1);
  }
}

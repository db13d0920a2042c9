package io.paidonce.reconciler.replay;

/** A set of hashes, sixteen bytes each at most where a set of objects takes eighty. */
public final class LongSet {

  private long[] slots = new long[64];
  private int size;
  private boolean holdsZero;

  /** Whether it is new. */
  public boolean add(long value) {
    if (value == 0) {
      boolean isNew = !holdsZero;
      holdsZero = true;
      return isNew;
    }
    if (2 * (size + 1) > slots.length) {
      grow();
    }
    int slot = slot(slots, value);
    if (slots[slot] == value) {
      return false;
    }
    slots[slot] = value;
    size++;
    return true;
  }

  public boolean contains(long value) {
    return value == 0 ? holdsZero : slots[slot(slots, value)] == value;
  }

  public int size() {
    return size + (holdsZero ? 1 : 0);
  }

  private void grow() {
    long[] larger = new long[slots.length * 2];
    for (long value : slots) {
      if (value != 0) {
        larger[slot(larger, value)] = value;
      }
    }
    slots = larger;
  }

  // Where the value is, or would be.
  private static int slot(long[] in, long value) {
    int slot = Long.hashCode(value * 0x9E3779B97F4A7C15L) & (in.length - 1);
    while (in[slot] != 0 && in[slot] != value) {
      slot = (slot + 1) & (in.length - 1);
    }
    return slot;
  }
}

package io.paidonce.reconciler;

import java.util.SortedSet;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * How far a partition is done, as it is committed: an offset, and beside it which of the records
 * behind that offset are open. A refund may be open for a day; without the list, a restart would
 * carry out again all that was asked since.
 *
 * @param offset of the first record that is open
 * @param end every record from here on is open
 * @param open between the two, those that are open
 */
record Mark(long offset, long end, SortedSet<Long> open) {

  private static final String FORM = "open1";
  private static final int RADIX = 36;
  // A broker takes 4096 bytes. What does not fit is carried out again, which is only work.
  private static final int LONGEST = 3_000;

  Mark {
    open = new TreeSet<>(open);
  }

  /**
   * Of a partition.
   *
   * @param open every record that was read and is open
   * @param next the one to be read next
   */
  static Mark of(SortedSet<Long> open, long next) {
    if (open.isEmpty()) {
      return new Mark(next, next, open);
    }
    long first = open.first();
    SortedSet<Long> listed = new TreeSet<>();
    int length = FORM.length() + 2 * Long.toString(Long.MAX_VALUE, RADIX).length();
    for (long offset : open.tailSet(first + 1)) {
      length += 1 + Long.toString(offset - first, RADIX).length();
      if (length > LONGEST) {
        return new Mark(first, offset, listed);
      }
      listed.add(offset);
    }
    return new Mark(first, next, listed);
  }

  /** What {@link #text} wrote; without a text that can be read, all from the offset on is open. */
  static Mark parse(long offset, @Nullable String text) {
    String[] parts = text == null ? new String[0] : text.split(" ");
    if (parts.length < 2 || !parts[0].equals(FORM)) {
      return new Mark(offset, offset, new TreeSet<>());
    }
    try {
      SortedSet<Long> open = new TreeSet<>();
      for (int i = 2; i < parts.length; i++) {
        open.add(offset + Long.parseLong(parts[i], RADIX));
      }
      return new Mark(offset, offset + Long.parseLong(parts[1], RADIX), open);
    } catch (NumberFormatException e) {
      return new Mark(offset, offset, new TreeSet<>());
    }
  }

  /** To be committed beside the offset. */
  String text() {
    if (end <= offset) {
      return "";
    }
    StringBuilder text =
        new StringBuilder(FORM).append(' ').append(Long.toString(end - offset, RADIX));
    for (long one : open) {
      text.append(' ').append(Long.toString(one - offset, RADIX));
    }
    return text.toString();
  }

  /** Whether the answer of that record is stored. */
  boolean isDone(long record) {
    return record < end && record != offset && !open.contains(record);
  }
}

package io.paidonce.streams;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.paidonce.contract.OrderKey;
import io.paidonce.ledger.Wake;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.BooleanSupplier;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.KeyValue;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;
import org.jspecify.annotations.Nullable;

/**
 * When to look at which order again: an index by due time, of the orders that wait for one reason.
 *
 * <p>It lives among the orders themselves, in the same store: a store of its own would add a
 * changelog to each transaction of payments. Its keys are a byte that no text in UTF-8 holds, the
 * due time in milliseconds, big-endian, and the key of the order; so what is due comes first.
 */
final class DueTimes {

  private static final int DEADLINES = 0xFF;
  private static final int ASKS = 0xFE;

  private final KeyValueStore<Bytes, byte[]> store;
  private final byte mark;
  private final @Nullable Bytes end;

  // What is deleted lies before these, so that no reading passes over it twice.
  private Bytes first;
  private long nothingDueBefore = Long.MIN_VALUE;

  /**
   * An order that is due.
   *
   * @param at since when
   * @param sourceOffset offset of the input that made it so
   */
  record Due(OrderKey order, Instant at, long sourceOffset) {}

  private DueTimes(KeyValueStore<Bytes, byte[]> store, int mark) {
    this.store = store;
    this.mark = (byte) mark;
    this.first = Bytes.wrap(new byte[] {(byte) mark});
    this.end = mark == 0xFF ? null : Bytes.wrap(new byte[] {(byte) (mark + 1)});
  }

  /** The orders that wait for this. */
  static DueTimes in(KeyValueStore<Bytes, byte[]> store, Wake.Why why) {
    return new DueTimes(
        store,
        switch (why) {
          case DEADLINE -> DEADLINES;
          case ASK -> ASKS;
        });
  }

  /** The order need not be looked at then. */
  void remove(Bytes order, Instant at) {
    store.delete(key(at, order));
  }

  /**
   * The order must be looked at then.
   *
   * @param sourceOffset offset of the input that makes it so
   */
  void add(Bytes order, Instant at, long sourceOffset) {
    Bytes key = key(at, order);
    store.put(key, ByteBuffer.allocate(Long.BYTES).putLong(sourceOffset).array());
    first = key.compareTo(first) < 0 ? key : first;
    nothingDueBefore = Math.min(nothingDueBefore, at.toEpochMilli());
  }

  /** Takes out what is due until then, the earliest first, while there is time, and not more. */
  List<Due> take(Instant until, int most, BooleanSupplier isTimeLeft) {
    List<Due> due = new ArrayList<>();
    long last = until.toEpochMilli();
    if (last < nothingDueBefore) {
      return due;
    }
    List<Bytes> taken = new ArrayList<>();
    try (KeyValueIterator<Bytes, byte[]> entries = store.range(first, end)) {
      nothingDueBefore = Long.MAX_VALUE;
      while (entries.hasNext()) {
        first = entries.peekNextKey();
        long next = ByteBuffer.wrap(first.get(), 1, Long.BYTES).getLong();
        if (next > last || due.size() == most || !isTimeLeft.getAsBoolean()) {
          nothingDueBefore = next;
          break;
        }
        KeyValue<Bytes, byte[]> entry = entries.next();
        taken.add(entry.key);
        due.add(
            new Due(
                order(first), Instant.ofEpochMilli(next), ByteBuffer.wrap(entry.value).getLong()));
      }
    }
    taken.forEach(store::delete);
    return due;
  }

  /** Whether some are due until then. */
  boolean hasSome(Instant until) {
    // Looks only where what was decided meanwhile may have been the last.
    take(until, 0, () -> true);
    return until.toEpochMilli() >= nothingDueBefore;
  }

  private Bytes key(Instant due, Bytes order) {
    return Bytes.wrap(
        ByteBuffer.allocate(1 + Long.BYTES + order.get().length)
            .put(mark)
            .putLong(due.toEpochMilli())
            .put(order.get())
            .array());
  }

  private static OrderKey order(Bytes key) {
    byte[] bytes = key.get();
    return OrderKey.parse(
        new String(Arrays.copyOfRange(bytes, 1 + Long.BYTES, bytes.length), UTF_8));
  }
}

package io.paidonce.streams;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.paidonce.contract.OrderKey;
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
 * When to look at which order again: an index by due time, of the orders that wait.
 *
 * <p>It lives among the orders themselves, in the same store: a store of its own would add a
 * changelog to each transaction of payments. Its keys are a byte that no text in UTF-8 holds, the
 * due time in milliseconds, big-endian, and the key of the order; so what is due comes first.
 */
final class DueTimes {

  private static final byte MARK = (byte) 0xFF;
  private static final Bytes FIRST = Bytes.wrap(new byte[] {MARK});

  private final KeyValueStore<Bytes, byte[]> store;

  // What is deleted lies before these, so that no reading passes over it twice.
  private Bytes first = FIRST;
  private long nothingDueBefore = Long.MIN_VALUE;

  /**
   * An order that is due.
   *
   * @param at since when
   * @param placedAt offset of the input that placed it
   */
  record Due(OrderKey order, Instant at, long placedAt) {}

  DueTimes(KeyValueStore<Bytes, byte[]> store) {
    this.store = store;
  }

  /** Keeps the index as the order is: from when to when it must be looked at; null is never. */
  void moved(Bytes order, @Nullable Instant from, @Nullable Instant to, long placedAt) {
    if (from != null) {
      store.delete(key(from, order));
    }
    if (to != null) {
      Bytes key = key(to, order);
      store.put(key, ByteBuffer.allocate(Long.BYTES).putLong(placedAt).array());
      first = key.compareTo(first) < 0 ? key : first;
      nothingDueBefore = Math.min(nothingDueBefore, to.toEpochMilli());
    }
  }

  /** Takes out what is due until then, the earliest first, while there is time, and not more. */
  List<Due> take(Instant until, int most, BooleanSupplier isTimeLeft) {
    List<Due> due = new ArrayList<>();
    long last = until.toEpochMilli();
    if (last < nothingDueBefore) {
      return due;
    }
    List<Bytes> taken = new ArrayList<>();
    try (KeyValueIterator<Bytes, byte[]> entries = store.range(first, null)) {
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

  private static Bytes key(Instant due, Bytes order) {
    return Bytes.wrap(
        ByteBuffer.allocate(1 + Long.BYTES + order.get().length)
            .put(MARK)
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

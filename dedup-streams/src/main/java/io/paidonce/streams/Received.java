package io.paidonce.streams;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.nio.ByteBuffer;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.KeyValue;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.state.StoreBuilder;
import org.apache.kafka.streams.state.Stores;
import org.jspecify.annotations.Nullable;

/**
 * Intake's memory of identities. A key-value store and not a window store: a window expires by the
 * largest timestamp it has seen, so that one record dated in the future would forget everything.
 *
 * <p>What expires is found by walking the store, a little at a time, and not by an index of due
 * times: an index would be written with every payment, to a second store and a second changelog,
 * for what happens once, 35 days later.
 */
final class Received {

  static final String STORE = "received";

  /**
   * Longer than any provider's retry plan (WeChat 24 h, Alipay 25 h, Stripe 3 days, others 30
   * days). After it the ledger's own memory, which never expires, is the guard.
   */
  static final Duration REMEMBERED = Duration.ofDays(35);

  // About a millisecond of reading: one firing must not hold up payments.
  static final int READ_A_FIRING = 1_000;

  private static final Instant NONE_MET = Instant.MAX.minus(REMEMBERED);

  private final KeyValueStore<Bytes, byte[]> store;

  // However young all was that the last walk met: what arrives from a backlog may be older.
  private static final Duration WALK_AGAIN_AFTER = Duration.ofDays(1);

  // The walk: where it goes on, null at the start of the store; the oldest it has met and left; and
  // until when nothing falls due, known once it is complete.
  private @Nullable Bytes next;
  private Instant oldest = NONE_MET;
  private Instant nothingDueBefore = Instant.MIN;

  private Received(KeyValueStore<Bytes, byte[]> store) {
    this.store = store;
  }

  static Received in(ProcessorContext<?, ?> context) {
    return new Received(context.getStateStore(STORE));
  }

  static StoreBuilder<KeyValueStore<Bytes, byte[]>> store() {
    return Stores.keyValueStoreBuilder(
        Stores.persistentKeyValueStore(STORE), Serdes.Bytes(), Serdes.ByteArray());
  }

  /** The receipt of an identity; null where it is not remembered. */
  byte @Nullable [] find(String identity) {
    byte[] entry = store.get(key(identity));
    return entry == null ? null : Arrays.copyOfRange(entry, Long.BYTES, entry.length);
  }

  /**
   * Remembers the receipt of an identity.
   *
   * @param firstReceivedAt when the log took its first notification, by the broker's clock
   */
  void remember(String identity, byte[] receipt, Instant firstReceivedAt) {
    store.put(key(identity), entry(firstReceivedAt.toEpochMilli(), receipt));
  }

  /** Replaces a receipt; it is remembered no longer for that. */
  void update(String identity, byte[] receipt) {
    Bytes key = key(identity);
    store.put(key, entry(receivedAt(store.get(key)).toEpochMilli(), receipt));
  }

  /** Walks on and forgets what has been remembered long enough; how many identities. */
  int forget(Instant now) {
    if (now.isBefore(nothingDueBefore)) {
      return 0;
    }
    List<Bytes> due = new ArrayList<>();
    int read = 0;
    try (KeyValueIterator<Bytes, byte[]> entries = store.range(next, null)) {
      while (entries.hasNext() && read < READ_A_FIRING) {
        KeyValue<Bytes, byte[]> entry = entries.next();
        Instant receivedAt = receivedAt(entry.value);
        if (receivedAt.plus(REMEMBERED).isAfter(now)) {
          oldest = receivedAt.isBefore(oldest) ? receivedAt : oldest;
        } else {
          due.add(entry.key);
        }
        read++;
      }
      next = entries.hasNext() ? entries.peekNextKey() : null;
    }
    if (next == null) {
      Instant walkAgain = now.plus(WALK_AGAIN_AFTER);
      Instant nextDue = oldest.plus(REMEMBERED);
      nothingDueBefore = nextDue.isBefore(walkAgain) ? nextDue : walkAgain;
      oldest = NONE_MET;
    }
    due.forEach(store::delete);
    return due.size();
  }

  private static Bytes key(String identity) {
    return Bytes.wrap(identity.getBytes(UTF_8));
  }

  private static byte[] entry(long receivedAt, byte[] receipt) {
    return ByteBuffer.allocate(Long.BYTES + receipt.length)
        .putLong(receivedAt)
        .put(receipt)
        .array();
  }

  private static Instant receivedAt(byte[] entry) {
    return Instant.ofEpochMilli(ByteBuffer.wrap(entry).getLong());
  }
}

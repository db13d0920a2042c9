package io.paidonce.streams;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.nio.ByteBuffer;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
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
 * Expiry goes by an index of our own receive times.
 */
final class Received {

  static final String STORE = "received";
  static final String EXPIRY_STORE = "received-expiry";

  /**
   * Longer than any provider's retry plan (WeChat 24 h, Alipay 25 h, Stripe 3 days, others 30
   * days). After it the ledger's own memory, which never expires, is the guard.
   */
  static final Duration REMEMBERED = Duration.ofDays(35);

  // One firing must not hold up payments; what is left waits for the next one.
  private static final int MOST_A_FIRING = 1_000;

  private final KeyValueStore<Bytes, byte[]> store;
  private final KeyValueStore<Bytes, byte[]> expiry;

  private Received(KeyValueStore<Bytes, byte[]> store, KeyValueStore<Bytes, byte[]> expiry) {
    this.store = store;
    this.expiry = expiry;
  }

  static Received in(ProcessorContext<?, ?> context) {
    return new Received(context.getStateStore(STORE), context.getStateStore(EXPIRY_STORE));
  }

  static List<StoreBuilder<KeyValueStore<Bytes, byte[]>>> stores() {
    return List.of(store(STORE), store(EXPIRY_STORE));
  }

  private static StoreBuilder<KeyValueStore<Bytes, byte[]>> store(String name) {
    return Stores.keyValueStoreBuilder(
        Stores.persistentKeyValueStore(name), Serdes.Bytes(), Serdes.ByteArray());
  }

  byte @Nullable [] find(String identity) {
    return store.get(key(identity));
  }

  void remember(String identity, byte[] receipt, Instant receivedAt) {
    store.put(key(identity), receipt);
    expiry.put(due(receivedAt.plus(REMEMBERED), identity), new byte[0]);
  }

  void update(String identity, byte[] receipt) {
    store.put(key(identity), receipt);
  }

  /** Forgets what has been remembered long enough; the number of identities forgotten. */
  int forget(Instant now) {
    List<Bytes> due = new ArrayList<>();
    try (KeyValueIterator<Bytes, byte[]> oldest =
        expiry.range(due(Instant.EPOCH, ""), due(now, ""))) {
      while (oldest.hasNext() && due.size() < MOST_A_FIRING) {
        KeyValue<Bytes, byte[]> entry = oldest.next();
        due.add(entry.key);
      }
    }
    for (Bytes entry : due) {
      store.delete(Bytes.wrap(identityOf(entry)));
      expiry.delete(entry);
    }
    return due.size();
  }

  private static Bytes key(String identity) {
    return Bytes.wrap(identity.getBytes(UTF_8));
  }

  // Big-endian time first, so that the store's byte order is the order of falling due.
  private static Bytes due(Instant at, String identity) {
    byte[] name = identity.getBytes(UTF_8);
    return Bytes.wrap(
        ByteBuffer.allocate(Long.BYTES + name.length).putLong(at.toEpochMilli()).put(name).array());
  }

  private static byte[] identityOf(Bytes due) {
    byte[] bytes = due.get();
    byte[] identity = new byte[bytes.length - Long.BYTES];
    System.arraycopy(bytes, Long.BYTES, identity, 0, identity.length);
    return identity;
  }
}

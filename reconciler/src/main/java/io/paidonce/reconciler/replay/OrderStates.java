package io.paidonce.reconciler.replay;

import io.paidonce.contract.OrderKey;
import io.paidonce.contract.UnreadableRecordException;
import io.paidonce.ledger.OrderLedger;
import io.paidonce.ledger.StoredLedgers;
import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/**
 * The orders of one partition. Those that changed last are at hand, since most inputs of an order
 * come soon after each other; the others are kept as streams stores them, an ended one in less than
 * 200 bytes, and one that has not ended packed to about as many.
 */
public final class OrderStates {

  private static final int AT_HAND = 16_384;

  private final Map<String, OrderLedger> recent = new LinkedHashMap<>(AT_HAND, 0.75f, true);
  private final Map<String, byte[]> stored = new HashMap<>();
  private final Map<String, byte[]> packed = new HashMap<>();
  private final Packing packing = new Packing();

  /** What is known of an order. */
  public OrderLedger get(OrderKey order, String key) {
    OrderLedger known = recent.get(key);
    if (known != null) {
      return known;
    }
    byte[] ended = stored.get(key);
    byte[] bytes = ended == null ? unpacked(packed.get(key)) : ended;
    return bytes == null ? OrderLedger.unknown(order) : read(order, bytes);
  }

  /** Keeps what an order is now. */
  public void put(String key, OrderLedger order) {
    recent.put(key, order);
    if (recent.size() > AT_HAND) {
      Iterator<Map.Entry<String, OrderLedger>> eldest = recent.entrySet().iterator();
      Map.Entry<String, OrderLedger> out = eldest.next();
      store(out.getKey(), StoredLedgers.write(out.getValue()));
      eldest.remove();
    }
  }

  private void store(String key, byte[] bytes) {
    boolean isEnded = StoredLedgers.isStub(bytes);
    (isEnded ? packed : stored).remove(key);
    if (isEnded) {
      stored.put(key, bytes);
    } else {
      packed.put(key, packing.pack(bytes));
    }
  }

  private byte @Nullable [] unpacked(byte @Nullable [] bytes) {
    return bytes == null ? null : packing.unpack(bytes);
  }

  /** Keeps nothing of an order any more. */
  public void forget(String key) {
    recent.remove(key);
    stored.remove(key);
    packed.remove(key);
  }

  /** Every order, as it is now. */
  void forEach(BiConsumer<String, OrderLedger> each) {
    recent.forEach(each);
    stored.forEach(
        (key, bytes) -> {
          if (!recent.containsKey(key)) {
            each.accept(key, read(OrderKey.parse(key), bytes));
          }
        });
    packed.forEach(
        (key, bytes) -> {
          if (!recent.containsKey(key)) {
            each.accept(key, read(OrderKey.parse(key), packing.unpack(bytes)));
          }
        });
  }

  private static OrderLedger read(OrderKey order, byte[] bytes) {
    try {
      return StoredLedgers.read(order, bytes);
    } catch (UnreadableRecordException e) {
      throw new IllegalStateException("the ledger of " + order + " can't be read again", e);
    }
  }
}

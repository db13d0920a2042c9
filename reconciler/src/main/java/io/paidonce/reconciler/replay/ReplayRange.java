package io.paidonce.reconciler.replay;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.paidonce.contract.OrderKey;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What is compared. A fold needs the state of its orders, so what stands before {@code from} is
 * folded too, and not compared.
 *
 * @param from brokers' clock, inclusive: when order-inputs took an input; absent for all that is
 *     kept
 * @param to brokers' clock, exclusive; absent for all that is written when the replay begins
 * @param shop only its orders
 * @param order only this one
 */
public record ReplayRange(
    @Nullable Instant from, @Nullable Instant to, @Nullable String shop, @Nullable OrderKey order) {

  /** All that is kept. */
  public static final ReplayRange ALL = new ReplayRange(null, null, null, null);

  public ReplayRange {
    if (from != null && to != null && !from.isBefore(to)) {
      throw new IllegalArgumentException("--from " + from + " must be before --to " + to);
    }
    if (shop != null && order != null && !order.shop().equals(shop)) {
      throw new IllegalArgumentException("--order " + order + " is not of --shop " + shop);
    }
  }

  /** Whether it asks for less than all orders. */
  boolean selects() {
    return shop != null || order != null;
  }

  /** Whether a record with this key, {@code shop:order_no}, is asked for. */
  public boolean takes(byte @Nullable [] key) {
    return !selects() || (key != null && takes(new String(key, UTF_8)));
  }

  boolean takes(String key) {
    if (order != null) {
      return key.equals(order.toString());
    }
    return shop == null || key.startsWith(shop + ":");
  }
}

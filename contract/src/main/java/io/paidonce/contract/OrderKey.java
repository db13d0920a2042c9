package io.paidonce.contract;

import static java.util.Objects.requireNonNull;

/**
 * Who owns an order and what they call it; the key of every order topic as {@code shop:order_no}.
 *
 * @param shop a configured shop id, without a colon
 * @param orderNo the shop's own number, which may hold colons
 */
public record OrderKey(String shop, String orderNo) {

  public OrderKey {
    requireNonNull(shop, "shop");
    requireNonNull(orderNo, "orderNo");
    if (shop.isBlank() || shop.indexOf(':') >= 0) {
      throw new IllegalArgumentException("shop must be non-blank and hold no colon: " + shop);
    }
    if (orderNo.isBlank()) {
      throw new IllegalArgumentException("orderNo must not be blank (shop " + shop + ")");
    }
  }

  /**
   * Parses {@code shop:order_no}.
   *
   * @throws IllegalArgumentException if there is no colon or a part is blank
   */
  public static OrderKey parse(String text) {
    int colon = text.indexOf(':');
    if (colon < 0) {
      throw new IllegalArgumentException("an order key reads shop:order_no, not: " + text);
    }
    return new OrderKey(text.substring(0, colon), text.substring(colon + 1));
  }

  @Override
  public String toString() {
    return shop + ":" + orderNo;
  }
}

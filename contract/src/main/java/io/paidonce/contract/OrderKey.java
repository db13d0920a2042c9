package io.paidonce.contract;

/**
 * Who owns an order and what they call it; the key of every order topic as {@code shop:order_no}.
 *
 * @param shop a configured shop id, without a colon, at most 64 characters
 * @param orderNo the shop's own number, at most 128 characters; may hold colons
 */
public record OrderKey(String shop, String orderNo) {

  public OrderKey {
    Text.required(shop, "shop", 64);
    Text.required(orderNo, "orderNo", 128);
    if (shop.indexOf(':') >= 0) {
      throw new IllegalArgumentException("shop must hold no colon: " + shop);
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

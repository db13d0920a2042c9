package io.paidonce.gateway;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A path of commands: {@code /v1/orders}, or {@code /v1/orders/{shop}/{orderNo}/ship} and its like.
 * Shop and order number are percent-encoded segments, since a shop numbers its orders as it likes.
 *
 * @param shop as in the path; absent where the body says it
 * @param orderNo as in the path; absent where the body says it
 */
record OrderRoute(OrderAction action, @Nullable String shop, @Nullable String orderNo) {

  static final String ORDERS = "/v1/orders";

  static Optional<OrderRoute> of(@Nullable String path) {
    if (path == null) {
      return Optional.empty();
    }
    if (path.equals(ORDERS)) {
      return Optional.of(new OrderRoute(OrderAction.PLACE, null, null));
    }
    if (!path.startsWith(ORDERS + "/")) {
      return Optional.empty();
    }
    String[] segments = path.substring(ORDERS.length() + 1).split("/", -1);
    if (segments.length != 3) {
      return Optional.empty();
    }
    Optional<String> shop = decoded(segments[0]);
    Optional<String> orderNo = decoded(segments[1]);
    Optional<OrderAction> action = OrderAction.ofSegment(segments[2]);
    return shop.isPresent() && orderNo.isPresent() && action.isPresent()
        ? Optional.of(new OrderRoute(action.get(), shop.get(), orderNo.get()))
        : Optional.empty();
  }

  // A plus sign is itself in a path; what is no UTF-8 is no order number.
  private static Optional<String> decoded(String segment) {
    byte[] raw = segment.getBytes(UTF_8);
    ByteBuffer bytes = ByteBuffer.allocate(raw.length);
    for (int i = 0; i < raw.length; i++) {
      if (raw[i] != '%') {
        bytes.put(raw[i]);
        continue;
      }
      int high = i + 2 < raw.length ? Character.digit(raw[i + 1], 16) : -1;
      int low = i + 2 < raw.length ? Character.digit(raw[i + 2], 16) : -1;
      if (high < 0 || low < 0) {
        return Optional.empty();
      }
      bytes.put((byte) (high << 4 | low));
      i += 2;
    }
    try {
      return Optional.of(UTF_8.newDecoder().decode(bytes.flip()).toString());
    } catch (CharacterCodingException e) {
      return Optional.empty();
    }
  }
}

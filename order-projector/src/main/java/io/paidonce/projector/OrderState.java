package io.paidonce.projector;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.paidonce.contract.OrderKey;
import io.paidonce.contract.OrderStatus;
import io.paidonce.projector.story.Words;

/**
 * Where an order stands, as far as who waits for its payment need know.
 *
 * @param version grows with each change; 0 where nothing is known of the order
 * @param status as its row says, which a newer build may have written
 */
record OrderState(OrderKey order, long version, String status) {

  private enum Payment {
    AWAITED,
    THERE,
    NOT_TO_COME
  }

  static OrderState unknown(OrderKey order) {
    return new OrderState(order, 0, "");
  }

  boolean isKnown() {
    return version > 0;
  }

  boolean isPaid() {
    return payment() == Payment.THERE;
  }

  /** Whether waiting for the payment is over: it is there, or it will not come. */
  boolean isDecided() {
    return payment() != Payment.AWAITED;
  }

  /** Its {@code ETag}. */
  String tag() {
    return "\"" + version + "\"";
  }

  ObjectNode toJson() {
    return JsonNodeFactory.instance
        .objectNode()
        .put("shop", order.shop())
        .put("orderNo", order.orderNo())
        .put("status", status)
        .put("version", version)
        .put("isPaid", isPaid())
        .put("isDecided", isDecided());
  }

  // Of a status that this build does not know nobody can say that it is paid: waiting goes on.
  private Payment payment() {
    OrderStatus known = Words.of(OrderStatus.class, status);
    if (known == null) {
      return Payment.AWAITED;
    }
    return switch (known) {
      case UNPLACED, PENDING -> Payment.AWAITED;
      case PAID, SHIPPED, COMPLETED -> Payment.THERE;
      case REFUNDED, CANCELLED -> Payment.NOT_TO_COME;
    };
  }
}

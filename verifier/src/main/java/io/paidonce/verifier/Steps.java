package io.paidonce.verifier;

import io.paidonce.contract.OrderStatus;

/** From where an order may go where, as this checker understands it. */
final class Steps {

  private Steps() {}

  static boolean isLegal(OrderStatus from, OrderStatus to) {
    return from == to
        || switch (from) {
          case UNPLACED ->
              to == OrderStatus.PENDING || to == OrderStatus.PAID || to == OrderStatus.REFUNDED;
          case PENDING ->
              to == OrderStatus.PAID || to == OrderStatus.REFUNDED || to == OrderStatus.CANCELLED;
          case PAID -> to == OrderStatus.SHIPPED || to == OrderStatus.REFUNDED;
          case SHIPPED -> to == OrderStatus.COMPLETED || to == OrderStatus.REFUNDED;
          case COMPLETED -> to == OrderStatus.REFUNDED;
          // By late money, where the shop wants its orders opened again.
          case CANCELLED -> to == OrderStatus.PAID;
          case REFUNDED -> false;
        };
  }
}

package io.paidonce.verifier;

import io.paidonce.contract.OrderStatus;
import java.util.List;
import java.util.Set;

/** The sums that decide about an order which several payments may pay. */
final class Parts {

  private final long due;
  private long all;
  private long gone;
  private long here;

  /**
   * Of one order.
   *
   * @param fitting those that name its currency and its payee
   */
  Parts(long due, List<Payment> fitting, WentBack wentBack) {
    this.due = due;
    for (Payment payment : fitting) {
      all = Math.addExact(all, payment.amountMinor());
      gone += wentBack.isAllOf(payment) ? payment.amountMinor() : 0;
      here += payment.amountMinor() - wentBack.minor(payment);
    }
  }

  /** Whether they reach it, if none of them had gone back yet. */
  boolean reach() {
    return all >= due;
  }

  /** Whether they reach it whatever came first: a part that went back in full counts nothing. */
  boolean reachWithoutTheGone() {
    return all - gone >= due;
  }

  /** Whether those that went back in full reach it, so that the order may have ended with them. */
  boolean goneReach() {
    return gone > 0 && gone >= due;
  }

  boolean someIsLeft() {
    return all > gone;
  }

  /** What of the money that is here pays the order. */
  long appliedMinor(OrderStatus status) {
    return switch (status) {
      case UNPLACED, REFUNDED, CANCELLED -> 0;
      case PENDING, PAID, SHIPPED, COMPLETED -> Math.min(here, due);
    };
  }

  long owedBackMinor(OrderStatus status) {
    return here - appliedMinor(status);
  }

  /**
   * Whether the order was paid by parts of which some went back, and what is left is too little.
   */
  boolean areTooFew(OrderStatus status) {
    return Set.of(OrderStatus.PENDING, OrderStatus.PAID, OrderStatus.SHIPPED, OrderStatus.COMPLETED)
            .contains(status)
        && reach()
        && someIsLeft()
        && !reachWithoutTheGone();
  }
}

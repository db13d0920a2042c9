package io.paidonce.contract;

/** Where an order stands. {@link InputKind} says what happened to it. */
public enum OrderStatus {
  /** Something is known of it, but our order service has not placed it yet. */
  UNPLACED,
  /** Placed; its payment, or a part of it, is awaited. */
  PENDING,
  /** {@code order-paid} was emitted; that can't be taken back. */
  PAID,
  /** Paid, and the goods left. */
  SHIPPED,
  /** Paid, shipped and done. */
  COMPLETED,
  /**
   * Nothing of its payment is left; {@code order-refunded} was emitted, and that can't be taken
   * back. A partial refund is an amount and no status.
   */
  REFUNDED,
  /** {@code order-cancelled} was emitted; that can't be taken back. */
  CANCELLED
}

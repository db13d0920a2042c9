package io.paidonce.simulator;

/**
 * What can befall one order. Each is told at least once in a plan that has room for all; beyond
 * that, by weight.
 */
public enum Story {
  PAID_ONCE(46),
  /** The same notice twice, 1 ms apart, on two connections. */
  DELIVERED_TWICE_AT_ONCE(10),
  /** Delivered again after it was acknowledged. */
  REDELIVERED_LATE(7),
  PAID_BEFORE_PLACED(8),
  FLIPPED_BYTE(3),
  ALTERED_AMOUNT(3),
  PROBED(4),
  /** Two transactions, where possible at two providers. */
  PAID_TWICE(5),
  AMOUNT_MISMATCH(3),
  NEVER_PLACED(2),
  CANCELLED_THEN_PAID(3),
  CANCELLED_UNPAID(3),
  NEVER_PAID(3);

  private final int weight;

  Story(int weight) {
    this.weight = weight;
  }

  int weight() {
    return weight;
  }
}

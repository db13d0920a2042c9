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
  NEVER_PAID(3),
  /** All of it goes back, by one refund. */
  REFUNDED(4),
  /** All of it goes back, by two refunds. */
  REFUNDED_IN_PARTS(3),
  /** The refund is told first, the payment afterwards. */
  REFUNDED_BEFORE_PAID(3),
  /** The refund's notice twice at once, and again after it was acknowledged. */
  REFUND_REDELIVERED(2),
  /** WeChat: the refund gets stuck, and succeeds later. */
  REFUND_STUCK(2),
  /** WeChat: the refund fails for good. */
  REFUND_FAILED(2),
  /** WeChat: one payment for two or three orders. */
  PAID_TOGETHER(2),
  /** Alipay: a trade refunded in full, and finished later. */
  REFUNDED_THEN_FINISHED(2),
  /** Alipay: the trade is closed, since nobody paid. */
  CLOSED_UNPAID(2);

  private final int weight;

  Story(int weight) {
    this.weight = weight;
  }

  int weight() {
    return weight;
  }
}

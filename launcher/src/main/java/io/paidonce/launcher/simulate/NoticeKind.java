package io.paidonce.launcher.simulate;

/** What a simulated callback tells of. */
public enum NoticeKind {
  /** An order was paid. */
  PAYMENT,
  /** A payment was refunded, in part or in whole. */
  REFUND,
  /** Several orders were paid at once. */
  COMBINED,
  /** A paid trade can't be refunded any more. */
  FINISHED,
  /** Nobody paid in time. */
  CLOSED
}

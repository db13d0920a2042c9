package io.paidonce.contract;

/** What an authenticated notification is about. */
public enum NotificationKind {
  /** A customer's payment succeeded. */
  PAYMENT,
  /** What became of a refund. */
  REFUND,
  /** The provider closed a trade that was never paid; kept and counted, moves no money. */
  TRADE_CLOSED,
  /** The one answer to a request of ours; a fact that came with it is a record of its own. */
  OBSERVATION,
  /** Authentic, but of a type this build does not know; kept whole, applied to nothing. */
  UNRECOGNISED
}

package io.paidonce.simulator.provider;

/** Why a provider does not do what it is asked. Each desk has its own words for it. */
public enum TradeRefusal {
  NO_SUCH_TRADE,
  NO_SUCH_REFUND,
  /** It was paid, so it can be neither closed nor paid again. */
  ALREADY_PAID,
  ALREADY_CLOSED,
  /** There is no money that could go back. */
  NOT_PAID,
  /** The same number stood for something else before. */
  OTHER_CONTENT,
  /** More than what is left of the payment. */
  MORE_THAN_LEFT,
  TOO_MANY_REFUNDS,
  /** The time for refunds is over. */
  TOO_LATE,
  /** It came to its end before. */
  SETTLED
}

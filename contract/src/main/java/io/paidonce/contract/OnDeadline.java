package io.paidonce.contract;

/** What becomes of an order whose time to pay is over. */
public enum OnDeadline {
  /** It is noted, and the order waits for its payment as before. */
  NONE,
  /**
   * It is cancelled without asking the provider, which may still take the customer's money: for
   * shops that gave us no credentials to ask with.
   */
  LOCAL
}

package io.paidonce.contract;

/** What becomes of an order whose time to pay is over. */
public enum OnDeadline {
  /** It is noted, and the order waits for its payment as before. */
  NONE,
  /**
   * Each account at which it can be paid is asked, and told to take no money for it any more. It is
   * cancelled when all of them say that nobody paid and nobody can; until then it waits.
   */
  PROVIDER,
  /**
   * It is cancelled without asking the provider, which may still take the customer's money: for
   * shops that gave us no credentials to ask with.
   */
  LOCAL
}

package io.paidonce.contract;

/** What became of one refund, as its provider says. */
public enum RefundOutcome {
  /** The money went back to the customer; final. */
  SUCCEEDED,
  /**
   * The money could not be returned (the card is void, say) and waits for the merchant to act; not
   * final.
   */
  ABNORMAL,
  /** The refund failed for good and no money moved; another attempt is another refund. */
  CLOSED
}

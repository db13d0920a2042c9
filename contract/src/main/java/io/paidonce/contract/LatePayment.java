package io.paidonce.contract;

/** What becomes of money that arrives after its order was cancelled. */
public enum LatePayment {
  /** It is owed back and a person decides. */
  REVIEW,
  /**
   * It pays the order after all: {@code order-cancelled} stays said, {@code order-paid} follows.
   */
  REOPEN,
  /** It is owed back, and its refund is asked for at once. */
  REFUND
}

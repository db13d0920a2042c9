package io.paidonce.contract;

/** What becomes of a second payment of an order that one payment pays. */
public enum DoublePayment {
  /** It is owed back until a person decides. */
  REVIEW,
  /** It is owed back, and its refund is asked for. */
  REFUND
}

package io.paidonce.contract;

/**
 * What one payment's money is for. Every unit received that was not refunded stands in exactly one
 * of these.
 */
public enum PaymentStanding {
  /** It pays the order. */
  APPLIED,
  /** It is the customer's: paid twice or too much, or paid to an order that was cancelled. */
  OWED_BACK,
  /** It fits no order yet, or not this one; a person decides. */
  SUSPENSE
}

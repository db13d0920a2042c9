package io.paidonce.contract;

/** What can happen to an order. Says what happened; {@link OrderStatus} says where it stands. */
public enum InputKind {
  /** Our order service made the order known. */
  ORDER_PLACED,
  /** A provider says the customer paid. */
  PAYMENT_SUCCEEDED,
  /** Our order service wants it cancelled. */
  CANCEL_REQUESTED
}

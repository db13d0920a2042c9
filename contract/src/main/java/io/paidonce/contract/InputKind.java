package io.paidonce.contract;

/** What can happen to an order. Says what happened; {@link OrderStatus} says where it stands. */
public enum InputKind {
  /** Our order service made the order known. */
  ORDER_PLACED,
  /** A provider says the customer paid. */
  PAYMENT_SUCCEEDED,
  /** A provider says money went back to the customer. */
  REFUND_SUCCEEDED,
  /** A provider says a refund is stuck and waits for the merchant. */
  REFUND_ABNORMAL,
  /** A provider says a refund failed for good. */
  REFUND_CLOSED,
  /** Our order service wants it cancelled. */
  CANCEL_REQUESTED
}

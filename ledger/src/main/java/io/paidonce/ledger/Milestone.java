package io.paidonce.ledger;

/** What was told to others and can't be taken back. */
enum Milestone {
  NONE,
  ORDER_PAID,
  ORDER_REFUNDED,
  ORDER_CANCELLED
}

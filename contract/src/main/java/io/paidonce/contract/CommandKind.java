package io.paidonce.contract;

/** What an order service may ask for. Commands can be refused; facts can't. */
public enum CommandKind {
  /** An order exists and this much is due. */
  PLACE,
  /** The order is no longer wanted. */
  CANCEL
}

package io.paidonce.contract;

/** What an order service may ask for. Commands can be refused; facts can't. */
public enum CommandKind {
  /** An order exists and this much is due. */
  PLACE,
  /** The order is no longer wanted. */
  CANCEL,
  /** The goods left the house. */
  SHIP,
  /** The order is done: received, and nothing more is expected of it. */
  COMPLETE,
  /** A person decided about an exception. */
  RESOLVE
}

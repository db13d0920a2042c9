package io.paidonce.contract;

/**
 * What a provider answered that is no fact. Unknown, unpaid and gone are three things: only a
 * signed word about money is a fact, and none of these takes one back.
 */
public enum Answer {
  /** The provider knows the order and waits for the customer. */
  UNPAID,
  /** The provider closed it unpaid. */
  CLOSED,
  /** The provider has no such order. */
  NOT_FOUND,
  /** It was told as a fact, in a record of its own: a payment, or what became of a refund. */
  TOLD,
  /** The provider answered something that says neither. */
  UNKNOWN,
  /** Nobody answered until the time allowed was over. */
  GAVE_UP
}

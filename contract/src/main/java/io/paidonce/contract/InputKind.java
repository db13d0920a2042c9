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
  CANCEL_REQUESTED,
  /** Our order service says the goods left. */
  SHIP_REQUESTED,
  /** Our order service says it is done. */
  COMPLETE_REQUESTED,
  /** A person decided about an exception. */
  RESOLVE_REQUESTED,
  /** A provider answered that it waits for the customer. */
  OBSERVED_UNPAID,
  /** A provider answered that it closed the order unpaid. */
  OBSERVED_CLOSED,
  /** A provider answered that it has no such order. */
  OBSERVED_NOT_FOUND,
  /** A provider answered with a fact, which is an input of its own. */
  OBSERVED_TOLD,
  /** A provider answered something that says neither. */
  OBSERVED_UNKNOWN,
  /** No provider answered in the time allowed. */
  OBSERVED_GAVE_UP,
  /** The time to pay is over. */
  DEADLINE_DUE,
  /** It is time to ask a provider, or to ask again. */
  ASK_DUE;

  /** What an answer is as an input. */
  public static InputKind of(Answer answer) {
    return switch (answer) {
      case UNPAID -> OBSERVED_UNPAID;
      case CLOSED -> OBSERVED_CLOSED;
      case NOT_FOUND -> OBSERVED_NOT_FOUND;
      case TOLD -> OBSERVED_TOLD;
      case UNKNOWN -> OBSERVED_UNKNOWN;
      case GAVE_UP -> OBSERVED_GAVE_UP;
    };
  }
}

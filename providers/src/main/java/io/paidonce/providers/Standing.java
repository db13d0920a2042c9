package io.paidonce.providers;

import io.paidonce.contract.Answer;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Where an order or a refund stands, as its provider says in a signed answer. */
public enum Standing {
  /** The order was paid. */
  PAID(null),
  /** The order was paid, and some or all of it went back or is going back. */
  PAID_AND_REFUNDED(null),
  /** The provider waits for the customer. */
  UNPAID(Answer.UNPAID),
  /** The customer is just paying: unpaid for now, and it may be paid at any moment. */
  PAYING(Answer.UNPAID),
  /** An attempt to pay failed. */
  PAY_FAILED(Answer.UNPAID),
  /** Closed, and nobody paid. */
  CLOSED(Answer.CLOSED),
  /** The provider knows no such order or refund. */
  NOT_FOUND(Answer.NOT_FOUND),
  /** The provider will close it: the answer names no order, so only a query says that it did. */
  CLOSE_ACCEPTED(Answer.UNKNOWN),
  /** A refund is under way: it may still succeed or fail. */
  REFUND_PENDING(Answer.UNKNOWN),
  /** A refund came to one of its ends; the fact says which. */
  REFUND_SETTLED(null),
  /** The provider says something of which we can't tell what it means for money. */
  UNCLEAR(Answer.UNKNOWN);

  private final @Nullable Answer answer;

  Standing(@Nullable Answer answer) {
    this.answer = answer;
  }

  /** What the ledger is told; empty where it is told a fact. */
  public Optional<Answer> answer() {
    return Optional.ofNullable(answer);
  }
}

package io.paidonce.ledger;

import io.paidonce.contract.InputKind;
import io.paidonce.contract.OrderStatus;

/**
 * What an input does to an order, by where the order stands. {@link #of} is the whole table: a
 * switch without a default, so that a new status or input does not compile until every cell is
 * filled. The page docs/reference/order-states.md is rendered from it.
 */
public enum Move {
  PLACE(Effect.ADVANCE, "to PENDING; to PAID if a payment that fits is already there"),
  HOLD_PAYMENT(Effect.ADVANCE, "kept in suspense until the order is placed: UNKNOWN_ORDER"),
  PAY(Effect.ADVANCE, "to PAID if it fits; otherwise in suspense with its mismatch"),
  PAY_AGAIN(Effect.ADVANCE, "owed back: DOUBLE_PAYMENT; in suspense where it does not fit"),
  PAY_LATE(Effect.ADVANCE, "owed back: LATE_PAYMENT; in suspense where it does not fit"),
  CANCEL(Effect.ADVANCE, "to CANCELLED"),
  CONFIRM_TERMS(Effect.IGNORE_OR_REFUSE, "ignored with the same amount due, refused with another"),
  IGNORE_CANCEL(Effect.IGNORE, "ignored: it is cancelled"),
  REFUSE_PLACE(Effect.REFUSE, "refused: the order was cancelled; use a new order number"),
  REFUSE_CANCEL_UNPLACED(Effect.REFUSE, "refused: the order was never placed"),
  REFUSE_CANCEL_PAID(Effect.REFUSE, "refused: the order is paid; refund it instead");

  /** What kind of answer it is. */
  public enum Effect {
    /** The order changes and its version grows by one. */
    ADVANCE,
    /** Nothing changes and nobody need know. */
    IGNORE,
    /** Depends on whether it repeats what is known. */
    IGNORE_OR_REFUSE,
    /** Nothing changes and the sender must know. */
    REFUSE
  }

  private final Effect effect;
  private final String sentence;

  Move(Effect effect, String sentence) {
    this.effect = effect;
    this.sentence = sentence;
  }

  public Effect effect() {
    return effect;
  }

  /** What happens, for people. */
  public String sentence() {
    return sentence;
  }

  /** The table. */
  public static Move of(OrderStatus status, InputKind input) {
    return switch (status) {
      case UNPLACED ->
          switch (input) {
            case ORDER_PLACED -> PLACE;
            case PAYMENT_SUCCEEDED -> HOLD_PAYMENT;
            case CANCEL_REQUESTED -> REFUSE_CANCEL_UNPLACED;
          };
      case PENDING ->
          switch (input) {
            case ORDER_PLACED -> CONFIRM_TERMS;
            case PAYMENT_SUCCEEDED -> PAY;
            case CANCEL_REQUESTED -> CANCEL;
          };
      case PAID ->
          switch (input) {
            case ORDER_PLACED -> CONFIRM_TERMS;
            case PAYMENT_SUCCEEDED -> PAY_AGAIN;
            case CANCEL_REQUESTED -> REFUSE_CANCEL_PAID;
          };
      case CANCELLED ->
          switch (input) {
            case ORDER_PLACED -> REFUSE_PLACE;
            case PAYMENT_SUCCEEDED -> PAY_LATE;
            case CANCEL_REQUESTED -> IGNORE_CANCEL;
          };
    };
  }
}

package io.paidonce.ledger;

import io.paidonce.contract.InputKind;
import io.paidonce.contract.OrderStatus;

/**
 * What an input does to an order, by where the order stands. {@link #of} is the whole table: a
 * switch without a default, so that a new status or input does not compile until every cell is
 * filled. The page docs/reference/order-states.md is rendered from it.
 */
public enum Move {
  PLACE(
      Effect.ADVANCE,
      "to PENDING; with a payment that fits to PAID, or to REFUNDED if that went back"),
  HOLD_PAYMENT(Effect.ADVANCE, "kept in suspense until the order is placed: UNKNOWN_ORDER"),
  PAY(
      Effect.ADVANCE,
      "to PAID if it fits (REFUNDED if it went back already); else in suspense, mismatch"),
  PAY_AGAIN(Effect.ADVANCE, "owed back: DOUBLE_PAYMENT; in suspense where it does not fit"),
  PAY_LATE(Effect.ADVANCE, "owed back: LATE_PAYMENT; in suspense where it does not fit"),
  APPLY_REFUND(
      Effect.ADVANCE, "taken off its payment; to REFUNDED if nothing of the paying is left"),
  KEEP_REFUND(Effect.ADVANCE, "taken off its payment; until that comes, REFUND_WITHOUT_PAYMENT"),
  NOTE_REFUND(Effect.ADVANCE, "moves no money: REFUND_ABNORMAL or REFUND_CLOSED"),
  CANCEL(Effect.ADVANCE, "to CANCELLED"),
  CONFIRM_TERMS(Effect.IGNORE_OR_REFUSE, "ignored with the same amount due, refused with another"),
  IGNORE_CANCEL(Effect.IGNORE, "ignored: it is cancelled"),
  REFUSE_PLACE(Effect.REFUSE, "refused: the order was cancelled; use a new order number"),
  REFUSE_CANCEL_UNPLACED(Effect.REFUSE, "refused: the order was never placed"),
  REFUSE_CANCEL_PAID(Effect.REFUSE, "refused: the order is paid; refund it instead"),
  REFUSE_CANCEL_REFUNDED(Effect.REFUSE, "refused: the order was paid and refunded");

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
            case REFUND_SUCCEEDED -> KEEP_REFUND;
            case REFUND_ABNORMAL, REFUND_CLOSED -> NOTE_REFUND;
            case CANCEL_REQUESTED -> REFUSE_CANCEL_UNPLACED;
          };
      case PENDING ->
          switch (input) {
            case ORDER_PLACED -> CONFIRM_TERMS;
            case PAYMENT_SUCCEEDED -> PAY;
            case REFUND_SUCCEEDED -> KEEP_REFUND;
            case REFUND_ABNORMAL, REFUND_CLOSED -> NOTE_REFUND;
            case CANCEL_REQUESTED -> CANCEL;
          };
      case PAID ->
          switch (input) {
            case ORDER_PLACED -> CONFIRM_TERMS;
            case PAYMENT_SUCCEEDED -> PAY_AGAIN;
            case REFUND_SUCCEEDED -> APPLY_REFUND;
            case REFUND_ABNORMAL, REFUND_CLOSED -> NOTE_REFUND;
            case CANCEL_REQUESTED -> REFUSE_CANCEL_PAID;
          };
      case REFUNDED ->
          switch (input) {
            case ORDER_PLACED -> CONFIRM_TERMS;
            case PAYMENT_SUCCEEDED -> PAY_AGAIN;
            case REFUND_SUCCEEDED -> KEEP_REFUND;
            case REFUND_ABNORMAL, REFUND_CLOSED -> NOTE_REFUND;
            case CANCEL_REQUESTED -> REFUSE_CANCEL_REFUNDED;
          };
      case CANCELLED ->
          switch (input) {
            case ORDER_PLACED -> REFUSE_PLACE;
            case PAYMENT_SUCCEEDED -> PAY_LATE;
            case REFUND_SUCCEEDED -> KEEP_REFUND;
            case REFUND_ABNORMAL, REFUND_CLOSED -> NOTE_REFUND;
            case CANCEL_REQUESTED -> IGNORE_CANCEL;
          };
    };
  }
}

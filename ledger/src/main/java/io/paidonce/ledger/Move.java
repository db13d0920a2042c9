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
      "to PENDING; with payments that reach the amount due to PAID, or to REFUNDED if all of it"
          + " went back"),
  HOLD_PAYMENT(Effect.ADVANCE, "kept in suspense until the order is placed: UNKNOWN_ORDER"),
  PAY(
      Effect.ADVANCE,
      "to PAID if it fits (REFUNDED if it went back already), where several may pay if they reach"
          + " the amount due; in suspense where it does not fit"),
  PAY_AGAIN(
      Effect.ADVANCE,
      "owed back: DOUBLE_PAYMENT, where several may pay OVERPAYMENT; in suspense where it does not"
          + " fit"),
  PAY_LATE(
      Effect.ADVANCE,
      "owed back: LATE_PAYMENT, with policy REFUND its refund is asked for; with policy REOPEN to"
          + " PAID; in suspense where it does not fit"),
  APPLY_REFUND(
      Effect.ADVANCE, "taken off its payment; to REFUNDED if nothing of the paying is left"),
  PEND_REFUND(
      Effect.ADVANCE,
      "taken off its payment, until that comes REFUND_WITHOUT_PAYMENT; to REFUNDED if parts that"
          + " reach the amount due all went back"),
  KEEP_REFUND(Effect.ADVANCE, "taken off its payment; until that comes, REFUND_WITHOUT_PAYMENT"),
  NOTE_REFUND(Effect.ADVANCE, "moves no money: REFUND_ABNORMAL or REFUND_CLOSED"),
  CANCEL(
      Effect.ADVANCE_OR_IGNORE,
      "where its accounts can be asked they are being closed, and it waits for their answers;"
          + " else to CANCELLED, parts that were paid are owed back: LATE_PAYMENT"),
  SHIP(Effect.ADVANCE, "to SHIPPED"),
  COMPLETE(Effect.ADVANCE, "to COMPLETED"),
  RESOLVE(
      Effect.ADVANCE_OR_REFUSE,
      "the exception is resolved, ignored if it is already; refused if the order has no such one"),
  NOTE_ANSWER(
      Effect.ADVANCE_OR_IGNORE,
      "kept as the account's newest answer, an older one is ignored; of one that is being closed"
          + " what is asked next, and to CANCELLED when all say that nobody paid and nobody can"),
  MEET_DEADLINE(
      Effect.ADVANCE_OR_IGNORE,
      "kept as due, and still PENDING; with onDeadline PROVIDER its accounts are being closed; with"
          + " LOCAL to CANCELLED, parts that were paid are owed back: LATE_PAYMENT"),
  ASK(
      Effect.ADVANCE_OR_IGNORE,
      "asks what is to be asked, or asked again: of the accounts where it can be paid, and for"
          + " refunds that were not told of"),
  CONFIRM_TERMS(Effect.IGNORE_OR_REFUSE, "ignored with the same terms, refused with others"),
  IGNORE_CANCEL(Effect.IGNORE, "ignored: it is cancelled"),
  IGNORE_SHIP(Effect.IGNORE, "ignored: it is shipped"),
  IGNORE_COMPLETE(Effect.IGNORE, "ignored: it is completed"),
  IGNORE_ANSWER(Effect.IGNORE, "ignored: no payment is awaited, and an answer undoes no fact"),
  IGNORE_ASK(Effect.IGNORE, "ignored: nothing is left to ask"),
  IGNORE_DEADLINE(Effect.IGNORE, "ignored: no payment is awaited"),
  REFUSE_PLACE(Effect.REFUSE, "refused: the order was cancelled; use a new order number"),
  REFUSE_UNPLACED(Effect.REFUSE, "refused: the order was never placed"),
  REFUSE_UNPAID(Effect.REFUSE, "refused: the order is not paid"),
  REFUSE_UNSHIPPED(Effect.REFUSE, "refused: the order was not shipped"),
  REFUSE_CANCEL_PAID(Effect.REFUSE, "refused: the order is paid; refund it instead"),
  REFUSE_REFUNDED(Effect.REFUSE, "refused: the order was paid and refunded"),
  REFUSE_CANCELLED(Effect.REFUSE, "refused: the order was cancelled");

  /** What kind of answer it is, to an input that was not there before. */
  public enum Effect {
    /** The order changes and its version grows by one. */
    ADVANCE,
    /** Nothing changes where something newer is known. */
    ADVANCE_OR_IGNORE,
    /** Nothing changes where there is nothing to change, and the sender must know. */
    ADVANCE_OR_REFUSE,
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
            case CANCEL_REQUESTED, SHIP_REQUESTED, COMPLETE_REQUESTED -> REFUSE_UNPLACED;
            case RESOLVE_REQUESTED -> RESOLVE;
            case OBSERVED_UNPAID,
                OBSERVED_CLOSED,
                OBSERVED_NOT_FOUND,
                OBSERVED_TOLD,
                OBSERVED_UNKNOWN,
                OBSERVED_GAVE_UP ->
                IGNORE_ANSWER;
            case DEADLINE_DUE -> IGNORE_DEADLINE;
            case ASK_DUE -> IGNORE_ASK;
          };
      case PENDING ->
          switch (input) {
            case ORDER_PLACED -> CONFIRM_TERMS;
            case PAYMENT_SUCCEEDED -> PAY;
            case REFUND_SUCCEEDED -> PEND_REFUND;
            case REFUND_ABNORMAL, REFUND_CLOSED -> NOTE_REFUND;
            case CANCEL_REQUESTED -> CANCEL;
            case SHIP_REQUESTED, COMPLETE_REQUESTED -> REFUSE_UNPAID;
            case RESOLVE_REQUESTED -> RESOLVE;
            case OBSERVED_UNPAID,
                OBSERVED_CLOSED,
                OBSERVED_NOT_FOUND,
                OBSERVED_TOLD,
                OBSERVED_UNKNOWN,
                OBSERVED_GAVE_UP ->
                NOTE_ANSWER;
            case DEADLINE_DUE -> MEET_DEADLINE;
            case ASK_DUE -> ASK;
          };
      case PAID ->
          switch (input) {
            case ORDER_PLACED -> CONFIRM_TERMS;
            case PAYMENT_SUCCEEDED -> PAY_AGAIN;
            case REFUND_SUCCEEDED -> APPLY_REFUND;
            case REFUND_ABNORMAL, REFUND_CLOSED -> NOTE_REFUND;
            case CANCEL_REQUESTED -> REFUSE_CANCEL_PAID;
            case SHIP_REQUESTED -> SHIP;
            case COMPLETE_REQUESTED -> REFUSE_UNSHIPPED;
            case RESOLVE_REQUESTED -> RESOLVE;
            case OBSERVED_UNPAID,
                OBSERVED_CLOSED,
                OBSERVED_NOT_FOUND,
                OBSERVED_TOLD,
                OBSERVED_UNKNOWN,
                OBSERVED_GAVE_UP ->
                IGNORE_ANSWER;
            case DEADLINE_DUE -> IGNORE_DEADLINE;
            case ASK_DUE -> ASK;
          };
      case SHIPPED ->
          switch (input) {
            case ORDER_PLACED -> CONFIRM_TERMS;
            case PAYMENT_SUCCEEDED -> PAY_AGAIN;
            case REFUND_SUCCEEDED -> APPLY_REFUND;
            case REFUND_ABNORMAL, REFUND_CLOSED -> NOTE_REFUND;
            case CANCEL_REQUESTED -> REFUSE_CANCEL_PAID;
            case SHIP_REQUESTED -> IGNORE_SHIP;
            case COMPLETE_REQUESTED -> COMPLETE;
            case RESOLVE_REQUESTED -> RESOLVE;
            case OBSERVED_UNPAID,
                OBSERVED_CLOSED,
                OBSERVED_NOT_FOUND,
                OBSERVED_TOLD,
                OBSERVED_UNKNOWN,
                OBSERVED_GAVE_UP ->
                IGNORE_ANSWER;
            case DEADLINE_DUE -> IGNORE_DEADLINE;
            case ASK_DUE -> ASK;
          };
      case COMPLETED ->
          switch (input) {
            case ORDER_PLACED -> CONFIRM_TERMS;
            case PAYMENT_SUCCEEDED -> PAY_AGAIN;
            case REFUND_SUCCEEDED -> APPLY_REFUND;
            case REFUND_ABNORMAL, REFUND_CLOSED -> NOTE_REFUND;
            case CANCEL_REQUESTED -> REFUSE_CANCEL_PAID;
            case SHIP_REQUESTED -> IGNORE_SHIP;
            case COMPLETE_REQUESTED -> IGNORE_COMPLETE;
            case RESOLVE_REQUESTED -> RESOLVE;
            case OBSERVED_UNPAID,
                OBSERVED_CLOSED,
                OBSERVED_NOT_FOUND,
                OBSERVED_TOLD,
                OBSERVED_UNKNOWN,
                OBSERVED_GAVE_UP ->
                IGNORE_ANSWER;
            case DEADLINE_DUE -> IGNORE_DEADLINE;
            case ASK_DUE -> ASK;
          };
      case REFUNDED ->
          switch (input) {
            case ORDER_PLACED -> CONFIRM_TERMS;
            case PAYMENT_SUCCEEDED -> PAY_AGAIN;
            case REFUND_SUCCEEDED -> KEEP_REFUND;
            case REFUND_ABNORMAL, REFUND_CLOSED -> NOTE_REFUND;
            case CANCEL_REQUESTED, SHIP_REQUESTED, COMPLETE_REQUESTED -> REFUSE_REFUNDED;
            case RESOLVE_REQUESTED -> RESOLVE;
            case OBSERVED_UNPAID,
                OBSERVED_CLOSED,
                OBSERVED_NOT_FOUND,
                OBSERVED_TOLD,
                OBSERVED_UNKNOWN,
                OBSERVED_GAVE_UP ->
                IGNORE_ANSWER;
            case DEADLINE_DUE -> IGNORE_DEADLINE;
            case ASK_DUE -> ASK;
          };
      case CANCELLED ->
          switch (input) {
            case ORDER_PLACED -> REFUSE_PLACE;
            case PAYMENT_SUCCEEDED -> PAY_LATE;
            case REFUND_SUCCEEDED -> KEEP_REFUND;
            case REFUND_ABNORMAL, REFUND_CLOSED -> NOTE_REFUND;
            case CANCEL_REQUESTED -> IGNORE_CANCEL;
            case SHIP_REQUESTED, COMPLETE_REQUESTED -> REFUSE_CANCELLED;
            case RESOLVE_REQUESTED -> RESOLVE;
            case OBSERVED_UNPAID,
                OBSERVED_CLOSED,
                OBSERVED_NOT_FOUND,
                OBSERVED_TOLD,
                OBSERVED_UNKNOWN,
                OBSERVED_GAVE_UP ->
                IGNORE_ANSWER;
            case DEADLINE_DUE -> IGNORE_DEADLINE;
            case ASK_DUE -> ASK;
          };
    };
  }
}

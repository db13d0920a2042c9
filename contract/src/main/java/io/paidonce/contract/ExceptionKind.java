package io.paidonce.contract;

/** Why a person must decide, and what they are advised to do. */
public enum ExceptionKind {
  UNKNOWN_ORDER(
      "Money arrived for an order that was never placed.",
      "Place the order, or refund the payment. Placing it applies the payment by itself."),
  AMOUNT_MISMATCH(
      "The amount paid is not the amount due.",
      "Find out why; then refund the payment, or ship by hand and say so."),
  CURRENCY_MISMATCH(
      "The currency paid is not the currency due.", "Refund the payment and check the price list."),
  PAYEE_MISMATCH(
      "The money went to a payee that is not this account's.",
      "Check the account's configuration (mchid, app_id, seller_id) before touching the order."),
  OVERPAYMENT(
      "The payments of an order that takes several come to more than was due.",
      "Refund what is above the amount due; the evidence says how much. Its refund closes this by"
          + " itself."),
  UNDERPAID(
      "All of an order that takes several payments was paid, but a whole part of it went back.",
      "If goods came back for it, resolve this with that reason; else collect the missing part, or"
          + " refund the rest and ship nothing."),
  DOUBLE_PAYMENT(
      "A second transaction paid an order that was already paid.",
      "Refund the second transaction in full; the customer was charged twice. Its full refund closes"
          + " this by itself."),
  LATE_PAYMENT(
      "An order was cancelled and money of it is here: it came afterwards, or was a part of the"
          + " price before.",
      "Refund it in full, or place a new order for it. Where the evidence says policy REFUND, its"
          + " refund is asked for already: wait for it. Its full refund closes this by itself."),
  REFUND_WITHOUT_PAYMENT(
      "A refund was reported for a payment that is not known here.",
      "Query the provider for the payment. Its notice applies the refund by itself."),
  REFUND_EXCEEDS_PAYMENT(
      "More was refunded than the payment was.",
      "Compare with the provider's refund list; money above the payment left another way."),
  REFUND_MISMATCH(
      "A refund names another currency or another payment amount than the payment it refunds.",
      "Query the provider for both; a refund in another currency is counted nowhere."),
  REFUND_ABNORMAL(
      "A refund is stuck: the customer's card or account can't take the money.",
      "Handle it in the provider's console, or return the money another way."),
  REFUND_CLOSED(
      "A refund failed for good; no money went back.",
      "Refund again with a new refund number, if the customer is still owed the money."),
  CONFLICTING_NOTIFICATION(
      "The provider said two different things of one payment or refund; the first one stands.",
      "Query the provider for the truth before shipping or refunding."),
  COMMAND_REFUSED(
      "An order service asked for what this order does not allow.",
      "Read the reason; the order is unchanged.");

  private final String sentence;
  private final String suggestedAction;

  ExceptionKind(String sentence, String suggestedAction) {
    this.sentence = sentence;
    this.suggestedAction = suggestedAction;
  }

  /** What happened, for support. */
  public String sentence() {
    return sentence;
  }

  /** What a person should do. */
  public String suggestedAction() {
    return suggestedAction;
  }
}

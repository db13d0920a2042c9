package io.paidonce.providers;

/** What a provider's error says; where it is not signed, anybody may have said it. */
public enum Refusal {
  /** There is no such order or refund. */
  NOT_FOUND,
  /** It was paid already and can't be closed: a reason to ask, and nothing more. */
  ALREADY_PAID,
  /** It is closed already: a reason to ask, and nothing more. */
  ALREADY_CLOSED,
  /** Its state does not allow it, paid or closed already: a reason to ask, and nothing more. */
  WRONG_STATE,
  /** A refund can't be paid out of the merchant's balance now; the same one may be asked again. */
  NOT_ENOUGH_FUNDS,
  /** Our signature, certificate or rights are not good: an operator must look. */
  NOT_PERMITTED,
  /** Whatever else; asking the same again will be answered the same. */
  OTHER
}

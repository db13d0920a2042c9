package io.paidonce.verifier;

import java.util.Locale;

/** What can be found wrong; each is a counter of the report, and zero where the promise holds. */
public enum Fault {
  /** Acknowledged but not stored, or paid or refunded but never said so. */
  LOST,
  /** Said paid more than once, of an order or of a transaction. */
  PAID_TWICE,
  /** Stored, paid, refunded or acknowledged without a provider's word that verifies. */
  FORGED,
  /** Stored, but neither counted by a receipt nor kept as a dead letter. */
  UNDISPOSED,
  /** A row differs from what the topics say. */
  PROJECTION_DIFF,
  /** Said refunded more than once, of an order or of a transaction. */
  REFUNDED_TWICE,
  /** An order does not stand where its commands, payments and refunds put it. */
  STATUS_MISMATCH,
  /** Versions of an order are not 1, 2, 3, … each once. */
  VERSION_GAP,
  /** Money received is not accounted for, or accounted for wrongly. */
  MONEY_UNBALANCED,
  /** A provider was to be asked, and no answer stands in the log long after its time. */
  UNANSWERED,
  /** The open exceptions are not those that must be open. */
  EXCEPTION_DIFF,
  /** A record on the wrong topic, under the wrong key, or not what was written. */
  HEADER_FAULTS,
  /** A record of ours that is not what its topic holds. */
  UNREADABLE_RECORDS,
  /** The system did not come to rest in time, so that the rest of the report is provisional. */
  NOT_QUIESCED;

  String jsonName() {
    return name().toLowerCase(Locale.ROOT);
  }
}

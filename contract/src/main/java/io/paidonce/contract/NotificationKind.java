package io.paidonce.contract;

/** What an authenticated notification is about. */
public enum NotificationKind {
  /** A customer's payment succeeded. */
  PAYMENT,
  /** Authentic, but of a type this build does not know; kept whole, applied to nothing. */
  UNRECOGNISED
}

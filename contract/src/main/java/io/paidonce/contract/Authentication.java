package io.paidonce.contract;

/** How a notification's origin was established. */
public enum Authentication {
  /** A signature made with a key trusted for that account covers the bytes. */
  SIGNED,
  /** The provider does not sign this kind (WeChat v2 refund notices); it changes nothing alone. */
  UNSIGNED,
  /**
   * Our own word on what came of asking: that nobody answered, or nothing that can be believed. It
   * is no evidence and moves no money; it only lets the ledger ask again.
   */
  OWN
}

package io.paidonce.contract;

/** How a notification's origin was established. */
public enum Authentication {
  /** A signature made with a key trusted for that account covers the bytes. */
  SIGNED,
  /** The provider does not sign this kind (WeChat v2 refund notices); it changes nothing alone. */
  UNSIGNED
}

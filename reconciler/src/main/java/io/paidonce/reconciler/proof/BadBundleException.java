package io.paidonce.reconciler.proof;

/** The bytes are no bundle, and the message says where. */
final class BadBundleException extends Exception {
  private static final long serialVersionUID = 1L;

  BadBundleException(String message) {
    super(message);
  }
}

package io.paidonce.providers;

/** One contract at one provider with its keys, ready to judge what is sent to it. Thread-safe. */
public interface Account {

  /** The provider's own id of the contract. */
  String id();

  /** The one shop it belongs to. */
  String shop();

  /**
   * Verifies over the untouched bytes, then decrypts, then normalises; nothing is parsed before the
   * signature holds, except what the signature's own rule needs.
   *
   * <p>Never throws for bad input: every such case is a {@link Verdict}.
   */
  Verdict receive(CallbackRequest request);
}

package io.paidonce.verifier;

import io.paidonce.contract.PaymentFact;
import io.paidonce.contract.TransactionKey;
import java.time.Instant;

/** One distinct verified payment: what its first notification says. */
record Payment(
    TransactionKey transaction,
    long amountMinor,
    String currency,
    String payee,
    String expectedPayee,
    Instant receivedAt) {

  // A million payments name few accounts and currencies: each text is kept once.
  static Payment of(PaymentFact fact) {
    return new Payment(
        new TransactionKey(fact.provider().intern(), fact.account().intern(), fact.transactionId()),
        fact.amountMinor(),
        fact.currency().intern(),
        fact.payee().intern(),
        fact.expectedPayee().intern(),
        fact.receivedAt());
  }

  /** Whether the two say the same, whenever each was received. */
  boolean agreesWith(Payment other) {
    return equals(
        new Payment(
            other.transaction,
            other.amountMinor,
            other.currency,
            other.payee,
            other.expectedPayee,
            receivedAt));
  }
}

package io.paidonce.contract;

import static java.util.Objects.requireNonNull;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What a provider says of one successful payment. Facts can't be refused, only contradicted.
 *
 * @param provider the network that took the money
 * @param account the account whose keys authenticated the notification
 * @param transactionId the provider's id of the payment
 * @param amountMinor what the order was charged, minor units (never the cash share after coupons)
 * @param currency ISO 4217 code
 * @param payee who received the money, as the provider states it
 * @param expectedPayee who should have received it, as our configuration states it
 * @param occurredAt the provider's clock, where it said so
 * @param receivedAt our clock
 * @param witness how we learnt it
 */
public record PaymentFact(
    String provider,
    String account,
    String transactionId,
    long amountMinor,
    String currency,
    String payee,
    String expectedPayee,
    @Nullable Instant occurredAt,
    Instant receivedAt,
    Witness witness) {

  public PaymentFact {
    Text.required(provider, "provider", 32);
    Text.required(account, "account", 64);
    Text.required(transactionId, "transactionId", 128);
    Text.required(currency, "currency", 3);
    Text.required(payee, "payee", 512);
    Text.required(expectedPayee, "expectedPayee", 512);
    requireNonNull(receivedAt, "receivedAt");
    requireNonNull(witness, "witness");
    if (amountMinor <= 0 || amountMinor > Money.MAX_AMOUNT_MINOR) {
      throw new IllegalArgumentException(
          "amountMinor of a payment must be 1 to " + Money.MAX_AMOUNT_MINOR + ": " + amountMinor);
    }
  }

  public TransactionKey transaction() {
    return new TransactionKey(provider, account, transactionId);
  }

  public Money money() {
    return new Money(amountMinor, currency);
  }
}

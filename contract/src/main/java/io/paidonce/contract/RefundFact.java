package io.paidonce.contract;

import static java.util.Objects.requireNonNull;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What a provider says of one refund. Providers count in two ways: WeChat Pay states what this
 * refund returns, Alipay what all refunds of the transaction have returned so far. A fact carries
 * what was said and nothing computed, so that balances do not depend on the order of arrival.
 *
 * @param provider the network that returns the money
 * @param account the account whose keys authenticated the notification
 * @param transactionId the provider's id of the payment that is refunded
 * @param refundId the provider's id of the refund; {@code FULL} where it names none (Alipay's
 *     refund of a whole trade)
 * @param merchantRefundNo the merchant's number of the refund (out_refund_no, out_request_no);
 *     absent where the provider states none
 * @param outcome what became of it
 * @param amountMinor what this refund returns, minor units; absent where only the total is stated
 * @param refundedTotalMinor what all refunds of the transaction have returned by then, minor units;
 *     absent where only this refund is stated
 * @param transactionAmountMinor what the refunded payment was, as this notice states it, minor
 *     units; absent where it does not
 * @param currency ISO 4217 code
 * @param occurredAt the provider's clock, where it said so
 * @param receivedAt our clock
 * @param witness how we learnt it
 */
public record RefundFact(
    String provider,
    String account,
    String transactionId,
    String refundId,
    @Nullable String merchantRefundNo,
    RefundOutcome outcome,
    @Nullable Long amountMinor,
    @Nullable Long refundedTotalMinor,
    @Nullable Long transactionAmountMinor,
    String currency,
    @Nullable Instant occurredAt,
    Instant receivedAt,
    Witness witness) {

  /** The id of a refund that its provider gives none: of the whole transaction. */
  public static final String FULL = "FULL";

  public RefundFact {
    Text.required(provider, "provider", 32);
    Text.required(account, "account", 64);
    Text.required(transactionId, "transactionId", 128);
    Text.required(refundId, "refundId", 128);
    if (merchantRefundNo != null) {
      Text.bounded(merchantRefundNo, "merchantRefundNo", 128);
    }
    requireNonNull(outcome, "outcome");
    amount(amountMinor, "amountMinor");
    amount(refundedTotalMinor, "refundedTotalMinor");
    amount(transactionAmountMinor, "transactionAmountMinor");
    Text.required(currency, "currency", 3);
    requireNonNull(receivedAt, "receivedAt");
    requireNonNull(witness, "witness");
    if (amountMinor == null && refundedTotalMinor == null) {
      throw new IllegalArgumentException(
          "a refund states amountMinor or refundedTotalMinor; both are absent");
    }
  }

  /** The payment that is refunded. */
  public TransactionKey transaction() {
    return new TransactionKey(provider, account, transactionId);
  }

  /** Whether money went back. */
  public boolean movedMoney() {
    return outcome == RefundOutcome.SUCCEEDED;
  }

  private static void amount(@Nullable Long minor, String field) {
    if (minor != null && (minor <= 0 || minor > Money.MAX_AMOUNT_MINOR)) {
      throw new IllegalArgumentException(
          field + " of a refund must be 1 to " + Money.MAX_AMOUNT_MINOR + ": " + minor);
    }
  }
}

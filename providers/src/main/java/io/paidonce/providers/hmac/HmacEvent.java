package io.paidonce.providers.hmac;

import io.paidonce.providers.AccountChecks;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What some statuses mean, and where their facts stand, as JSON pointers.
 *
 * @param statuses the texts that the field {@code status} has
 * @param means what they say: paid, refunded, or refund-failed where a refund came to nothing and
 *     no money moved
 * @param orderNo the shop's order number
 * @param transactionId the source's id of the payment
 * @param amount of the payment, or of this refund, also of one that failed
 * @param refundedTotal of a refund in place of {@code amount}: what all refunds returned so far
 * @param amountUnit {@code minor} (the default, whole cents or fen) or {@code major} (12.34)
 * @param currency the field, or a fixed ISO 4217 code
 * @param occurredAt seconds since 1970 or an RFC 3339 time
 * @param payee who was paid, where the source says so; with {@code expectedPayee}
 * @param expectedPayee the text that {@code payee} must have, or the payment is a PAYEE_MISMATCH
 * @param refundId the source's id of the refund; may be left out with {@code refundedTotal}
 * @param merchantRefundNo the shop's number of the refund
 * @param paymentAmount of a refund: what the refunded payment was
 */
public record HmacEvent(
    List<String> statuses,
    String means,
    @Nullable String orderNo,
    @Nullable String transactionId,
    @Nullable String amount,
    @Nullable String refundedTotal,
    @Nullable String amountUnit,
    @Nullable String currency,
    @Nullable String occurredAt,
    @Nullable String payee,
    @Nullable String expectedPayee,
    @Nullable String refundId,
    @Nullable String merchantRefundNo,
    @Nullable String paymentAmount) {

  public HmacEvent {
    statuses = AccountChecks.orEmpty(statuses);
    means = AccountChecks.orEmpty(means);
  }
}

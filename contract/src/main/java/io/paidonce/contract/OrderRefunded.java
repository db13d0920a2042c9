package io.paidonce.contract;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Nothing of the order's payment is left: take it back, or don't ship it. One such record for an
 * order, ever; a partial refund is an amount in {@code order-transitions} and no such event. Where
 * a refund was known before its payment, it comes without an {@code order-paid}.
 *
 * @param schema version of this record's layout
 * @param eventId the same for every reading and every replay of this event
 * @param shop who owns the order
 * @param orderNo the shop's number of it
 * @param orderVersion version of the transition that says so
 * @param amountMinor what was paid and went back, minor units
 * @param currency ISO 4217 code
 * @param provider the network that returned the money
 * @param account our account there
 * @param transactionId the provider's id of the transaction that paid the order
 * @param refundedAt the provider's clock at the refund that completed it, where it said so
 * @param receivedAt our clock when the last notice that it took was received
 */
public record OrderRefunded(
    @JsonProperty(required = true) int schema,
    String eventId,
    String shop,
    String orderNo,
    @JsonProperty(required = true) long orderVersion,
    @JsonProperty(required = true) long amountMinor,
    String currency,
    String provider,
    String account,
    String transactionId,
    @Nullable Instant refundedAt,
    Instant receivedAt)
    implements OrderEvent {

  public static final int SCHEMA = 1;

  public OrderRefunded {
    Schema.require(schema, SCHEMA, "OrderRefunded");
    requireNonNull(eventId, "eventId");
    requireNonNull(shop, "shop");
    requireNonNull(orderNo, "orderNo");
    requireNonNull(currency, "currency");
    requireNonNull(provider, "provider");
    requireNonNull(account, "account");
    requireNonNull(transactionId, "transactionId");
    requireNonNull(receivedAt, "receivedAt");
  }

  @Override
  public OrderKey order() {
    return new OrderKey(shop, orderNo);
  }

  public TransactionKey transaction() {
    return new TransactionKey(provider, account, transactionId);
  }
}

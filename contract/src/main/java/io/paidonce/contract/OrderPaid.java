package io.paidonce.contract;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * The order is paid: ship it. A {@code read_committed} consumer sees one such record for an order,
 * ever.
 *
 * @param schema version of this record's layout
 * @param eventId the same for every reading and every replay of this event
 * @param shop who owns the order
 * @param orderNo the shop's number of it
 * @param orderVersion version of the transition that says so
 * @param amountMinor what was due and is paid, minor units
 * @param currency ISO 4217 code
 * @param provider the network that took the money
 * @param account our account there
 * @param transactionId the provider's id of the paying transaction
 * @param paidAt the provider's clock, where it said so
 * @param receivedAt our clock
 */
public record OrderPaid(
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
    @Nullable Instant paidAt,
    Instant receivedAt)
    implements OrderEvent {

  public static final int SCHEMA = 1;

  public OrderPaid {
    Schema.require(schema, SCHEMA, "OrderPaid");
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

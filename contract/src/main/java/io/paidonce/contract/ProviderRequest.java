package io.paidonce.contract;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What a provider is to be asked. A request is an intention and no fact: what becomes of it comes
 * back as a notification, signed by the provider.
 *
 * @param schema version of this record's layout
 * @param requestId the same for every reading and every replay of this request
 * @param kind what is asked
 * @param shop who owns the order
 * @param orderNo the shop's number of it
 * @param provider who is asked
 * @param account the account in whose name
 * @param transactionId the payment it is about; present with REFUND and QUERY_REFUND
 * @param refundNo our number of the refund (out_refund_no, out_request_no), made of what it refunds
 *     so that asking twice refunds once; present with REFUND and QUERY_REFUND
 * @param amountMinor what is to go back, minor units; present with REFUND
 * @param paymentMinor what the payment was, minor units; present with REFUND
 * @param currency ISO 4217 code; present with REFUND
 * @param combined how the provider knows the order as one of several that are paid together; with
 *     QUERY and CLOSE, which are then about all of them
 * @param reason why, for people
 * @param attempt which attempt, from 1
 * @param orderVersion version of the transition that asks
 * @param requestedAt our clock
 * @param until when to give up, our clock; absent where it must not be given up
 */
public record ProviderRequest(
    @JsonProperty(required = true) int schema,
    String requestId,
    RequestKind kind,
    String shop,
    String orderNo,
    String provider,
    String account,
    @Nullable String transactionId,
    @Nullable String refundNo,
    @Nullable Long amountMinor,
    @Nullable Long paymentMinor,
    @Nullable String currency,
    @Nullable Combination combined,
    String reason,
    @JsonProperty(required = true) int attempt,
    @JsonProperty(required = true) long orderVersion,
    Instant requestedAt,
    @Nullable Instant until) {

  public static final int SCHEMA = 2;

  public ProviderRequest {
    Schema.require(schema, SCHEMA, "ProviderRequest");
    Text.required(requestId, "requestId", 400);
    requireNonNull(kind, "kind");
    new OrderKey(requireNonNull(shop, "shop"), requireNonNull(orderNo, "orderNo"));
    Text.required(provider, "provider", 32);
    Text.required(account, "account", 64);
    requireNonNull(reason, "reason");
    requireNonNull(requestedAt, "requestedAt");
    if (attempt < 1) {
      throw new IllegalArgumentException("attempt starts at 1: " + attempt);
    }
    if (kind == RequestKind.REFUND || kind == RequestKind.QUERY_REFUND) {
      requireNonNull(transactionId, "transactionId");
      requireNonNull(refundNo, "refundNo");
    }
    if (combined != null) {
      requireAbout(combined, kind, orderNo, new ProviderAccount(provider, account));
    }
    if (kind == RequestKind.REFUND) {
      long amount = requireNonNull(amountMinor, "amountMinor");
      long payment = requireNonNull(paymentMinor, "paymentMinor");
      requireNonNull(currency, "currency");
      if (amount <= 0 || amount > payment) {
        throw new IllegalArgumentException(
            "amountMinor of a refund must be 1 to " + payment + ": " + amount);
      }
    }
  }

  /** A question about an order that is paid alone, or about its payment or refund. */
  public ProviderRequest(
      int schema,
      String requestId,
      RequestKind kind,
      String shop,
      String orderNo,
      String provider,
      String account,
      @Nullable String transactionId,
      @Nullable String refundNo,
      @Nullable Long amountMinor,
      @Nullable Long paymentMinor,
      @Nullable String currency,
      String reason,
      int attempt,
      long orderVersion,
      Instant requestedAt,
      @Nullable Instant until) {
    this(
        schema,
        requestId,
        kind,
        shop,
        orderNo,
        provider,
        account,
        transactionId,
        refundNo,
        amountMinor,
        paymentMinor,
        currency,
        null,
        reason,
        attempt,
        orderVersion,
        requestedAt,
        until);
  }

  /** Who is asked. */
  public ProviderAccount asked() {
    return new ProviderAccount(provider, account);
  }

  public OrderKey order() {
    return new OrderKey(shop, orderNo);
  }

  private static void requireAbout(
      Combination combined, RequestKind kind, String orderNo, ProviderAccount asked) {
    if (kind != RequestKind.QUERY && kind != RequestKind.CLOSE) {
      throw new IllegalArgumentException("only QUERY and CLOSE carry combined: " + kind);
    }
    if (!combined.account().equals(asked) || !combined.pays(orderNo)) {
      throw new IllegalArgumentException(
          "combined must be of " + asked + " and name " + orderNo + ": " + combined);
    }
  }
}

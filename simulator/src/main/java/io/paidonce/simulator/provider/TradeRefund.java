package io.paidonce.simulator.provider;

import static java.util.Objects.requireNonNull;

import java.time.Instant;

/**
 * One refund of a trade, as its provider knows it.
 *
 * @param refundNo the merchant's number: out_refund_no, out_request_no
 * @param refundId the provider's number; Alipay shows none
 * @param amountMinor fen
 * @param settledAt when it came to its state
 */
public record TradeRefund(
    String refundNo,
    String refundId,
    long amountMinor,
    State state,
    Instant requestedAt,
    Instant settledAt) {

  /** Where a refund stands. */
  public enum State {
    PROCESSING,
    SUCCEEDED,
    /** Stuck, a closed bank card for one; it may still succeed. */
    ABNORMAL,
    /** Failed for good: the money stayed, and may be refunded by another one. */
    CLOSED;

    boolean isFinal() {
      return this == SUCCEEDED || this == CLOSED;
    }
  }

  public TradeRefund {
    requireNonNull(refundNo, "refundNo");
    requireNonNull(refundId, "refundId");
    requireNonNull(state, "state");
    requireNonNull(requestedAt, "requestedAt");
    requireNonNull(settledAt, "settledAt");
  }

  TradeRefund in(State next, Instant at) {
    return new TradeRefund(refundNo, refundId, amountMinor, next, requestedAt, at);
  }
}

package io.paidonce.simulator.provider;

import static java.util.Objects.requireNonNull;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What a provider knows of one trade at one moment.
 *
 * @param orderNo out_trade_no
 * @param combineOrderNo combine_out_trade_no, where it is paid together with others
 * @param transactionId the provider's number of it; which protocol shows it when is its desk's
 * @param amountMinor fen
 * @param expiresAt when it closes by itself, if nobody paid by then
 * @param changedAt when it came to its state: the payment's time, or that of the closing
 * @param refunds in the order they were asked for
 */
public record Trade(
    String orderNo,
    @Nullable String combineOrderNo,
    String transactionId,
    long amountMinor,
    State state,
    Instant openedAt,
    Instant expiresAt,
    Instant changedAt,
    List<TradeRefund> refunds) {

  /** Where a trade stands; a refund does not change that it was paid. */
  public enum State {
    /** Ordered, and not yet seen by any customer: Alipay denies that it exists. */
    PREPARED,
    /** Waits for the customer. */
    UNPAID,
    /** The money came. */
    PAID,
    /** Nobody paid, and nobody can any more. */
    CLOSED
  }

  public Trade {
    requireNonNull(orderNo, "orderNo");
    requireNonNull(transactionId, "transactionId");
    requireNonNull(state, "state");
    requireNonNull(openedAt, "openedAt");
    requireNonNull(expiresAt, "expiresAt");
    requireNonNull(changedAt, "changedAt");
    refunds = List.copyOf(refunds);
    if (amountMinor <= 0) {
      throw new IllegalArgumentException("amountMinor of a trade is more than 0: " + amountMinor);
    }
  }

  /** What went back, or is going: all that can't be refunded again, fen. */
  public long refundingMinor() {
    return refunds.stream()
        .filter(refund -> refund.state() != TradeRefund.State.CLOSED)
        .mapToLong(TradeRefund::amountMinor)
        .sum();
  }

  /** What arrived back at the customer, fen. */
  public long refundedMinor() {
    return refunds.stream()
        .filter(refund -> refund.state() == TradeRefund.State.SUCCEEDED)
        .mapToLong(TradeRefund::amountMinor)
        .sum();
  }

  public Optional<TradeRefund> refund(String refundNo) {
    return refunds.stream().filter(refund -> refund.refundNo().equals(refundNo)).findFirst();
  }

  boolean isCombined() {
    return combineOrderNo != null;
  }

  Trade in(State next, Instant at) {
    return new Trade(
        orderNo,
        combineOrderNo,
        transactionId,
        amountMinor,
        next,
        openedAt,
        expiresAt,
        at,
        refunds);
  }

  Trade with(List<TradeRefund> changed) {
    return new Trade(
        orderNo,
        combineOrderNo,
        transactionId,
        amountMinor,
        state,
        openedAt,
        expiresAt,
        changedAt,
        changed);
  }
}

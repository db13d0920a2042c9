package io.paidonce.contract;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonSetter;
import com.fasterxml.jackson.annotation.Nulls;

/**
 * One payment of an order, what its money is for, and how much of it went back.
 *
 * @param standing what the part that was not refunded is for
 * @param refundedMinor what went back to the customer, minor units of the payment's currency; never
 *     more than the payment
 * @param excessMinor the part of an applied payment that is above what was due and owed back, minor
 *     units; 0 where all of it is for one thing
 */
public record OrderPayment(
    PaymentFact fact,
    PaymentStanding standing,
    @JsonSetter(nulls = Nulls.AS_EMPTY) long refundedMinor,
    @JsonInclude(JsonInclude.Include.NON_DEFAULT) @JsonSetter(nulls = Nulls.AS_EMPTY)
        long excessMinor) {

  public OrderPayment {
    requireNonNull(fact, "fact");
    requireNonNull(standing, "standing");
    if (refundedMinor < 0 || refundedMinor > fact.amountMinor()) {
      throw new IllegalArgumentException(
          "refundedMinor must be 0 to " + fact.amountMinor() + ": " + refundedMinor);
    }
    long kept = fact.amountMinor() - refundedMinor;
    if (excessMinor < 0
        || excessMinor > kept
        || (excessMinor > 0 && standing != PaymentStanding.APPLIED)) {
      throw new IllegalArgumentException(
          "excessMinor must be 0 to " + kept + ", of an applied payment: " + excessMinor);
    }
  }

  /** A payment that is for one thing as a whole. */
  public OrderPayment(PaymentFact fact, PaymentStanding standing, long refundedMinor) {
    this(fact, standing, refundedMinor, 0);
  }

  /** What of it pays the order and is kept. */
  public long appliedMinor() {
    return standing == PaymentStanding.APPLIED ? kept() - excessMinor : 0;
  }

  /** What of it is the customer's and has not gone back yet. */
  public long owedBackMinor() {
    return standing == PaymentStanding.OWED_BACK ? kept() : excessMinor;
  }

  /** What of it fits no order yet, or not this one. */
  public long suspenseMinor() {
    return standing == PaymentStanding.SUSPENSE ? kept() : 0;
  }

  private long kept() {
    return fact.amountMinor() - refundedMinor;
  }
}

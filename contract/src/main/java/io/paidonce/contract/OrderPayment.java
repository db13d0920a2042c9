package io.paidonce.contract;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.annotation.JsonSetter;
import com.fasterxml.jackson.annotation.Nulls;

/**
 * One payment of an order, what its money is for, and how much of it went back.
 *
 * @param standing what the part that was not refunded is for
 * @param refundedMinor what went back to the customer, minor units of the payment's currency; never
 *     more than the payment
 */
public record OrderPayment(
    PaymentFact fact,
    PaymentStanding standing,
    @JsonSetter(nulls = Nulls.AS_EMPTY) long refundedMinor) {

  public OrderPayment {
    requireNonNull(fact, "fact");
    requireNonNull(standing, "standing");
    if (refundedMinor < 0 || refundedMinor > fact.amountMinor()) {
      throw new IllegalArgumentException(
          "refundedMinor must be 0 to " + fact.amountMinor() + ": " + refundedMinor);
    }
  }
}

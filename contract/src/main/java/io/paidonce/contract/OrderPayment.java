package io.paidonce.contract;

import static java.util.Objects.requireNonNull;

/** One payment of an order and what its money is for. */
public record OrderPayment(PaymentFact fact, PaymentStanding standing) {

  public OrderPayment {
    requireNonNull(fact, "fact");
    requireNonNull(standing, "standing");
  }
}

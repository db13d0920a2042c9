package io.paidonce.ledger;

import static java.util.Objects.requireNonNull;

import io.paidonce.contract.Money;
import io.paidonce.contract.PaymentPolicy;
import java.time.Instant;

/**
 * What was agreed when the order was placed.
 *
 * @param due what is to be paid: by one payment, or by several where the policy allows it
 * @param placedAt our clock
 * @param policy how the shop takes money for it; absent in what earlier builds stored
 */
public record Terms(Money due, Instant placedAt, PaymentPolicy policy) {

  public Terms {
    requireNonNull(due, "due");
    requireNonNull(placedAt, "placedAt");
    policy = policy == null ? PaymentPolicy.DEFAULT : policy;
  }

  boolean partialPayments() {
    return policy.partialPayments();
  }
}

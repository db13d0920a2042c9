package io.paidonce.ledger;

import static java.util.Objects.requireNonNull;

import io.paidonce.contract.Money;
import java.time.Instant;

/**
 * What was agreed when the order was placed.
 *
 * @param due what one payment must be
 * @param placedAt our clock
 */
public record Terms(Money due, Instant placedAt) {

  public Terms {
    requireNonNull(due, "due");
    requireNonNull(placedAt, "placedAt");
  }
}

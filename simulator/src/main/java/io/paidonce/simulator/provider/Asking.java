package io.paidonce.simulator.provider;

import static java.util.Objects.requireNonNull;

import java.time.Instant;

/**
 * One request in the record of a provider.
 *
 * @param at the provider's clock
 * @param fault what was done to it on purpose
 * @param said the status and the provider's code for it, such as {@code 400 ORDER_PAID}; empty
 *     where the connection broke
 */
public record Asking(Instant at, Asked asked, Fault.Kind fault, String said) {

  public Asking {
    requireNonNull(at, "at");
    requireNonNull(asked, "asked");
    requireNonNull(fault, "fault");
    requireNonNull(said, "said");
  }
}

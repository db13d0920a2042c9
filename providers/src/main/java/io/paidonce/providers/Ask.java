package io.paidonce.providers;

import static java.util.Objects.requireNonNull;

import java.time.Instant;

/**
 * One attempt to ask.
 *
 * @param deliveryId our id of it, which its notifications carry: 1 to 64 characters
 * @param now our clock; signed, so it must be right to some minutes
 * @param host which of the client's hosts, from 0; a larger number goes round
 */
public record Ask(String deliveryId, Instant now, int host) {

  public Ask {
    CallbackRequest.requireDeliveryId(requireNonNull(deliveryId, "deliveryId"));
    requireNonNull(now, "now");
    if (host < 0) {
      throw new IllegalArgumentException("host starts at 0: " + host);
    }
  }
}

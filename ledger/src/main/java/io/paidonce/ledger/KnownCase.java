package io.paidonce.ledger;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.time.Instant;

/**
 * What was last said of one exception of an order. Whether it is open follows from the order.
 *
 * @param revision of the last record
 * @param openedAt our clock when it was first opened
 */
public record KnownCase(@JsonProperty(required = true) long revision, Instant openedAt) {

  public KnownCase {
    requireNonNull(openedAt, "openedAt");
  }
}

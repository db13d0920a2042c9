package io.paidonce.ledger;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonSetter;
import com.fasterxml.jackson.annotation.Nulls;
import java.time.Instant;

/**
 * What was last said of one exception of an order. Whether it is needed follows from the order.
 *
 * @param revision of the last record
 * @param openedAt our clock when it was first opened
 * @param byHand whether a person resolved it, so that only a new fact opens it again
 */
public record KnownCase(
    @JsonProperty(required = true) long revision,
    Instant openedAt,
    @JsonSetter(nulls = Nulls.AS_EMPTY) boolean byHand) {

  public KnownCase {
    requireNonNull(openedAt, "openedAt");
  }

  static KnownCase first(Instant openedAt) {
    return new KnownCase(1, openedAt, false);
  }

  KnownCase next(boolean nowByHand) {
    return new KnownCase(revision + 1, openedAt, nowByHand);
  }
}

package io.paidonce.contract;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.time.Instant;

/**
 * One recorded change of an order. Versions of an order are 1, 2, 3, … without gap or repeat.
 *
 * @param schema version of this record's layout
 * @param shop who owns the order
 * @param orderNo the shop's number of it
 * @param version grows by exactly one
 * @param from status before
 * @param to status after; equal to {@code from} where only money changed
 * @param inputId the input that caused it
 * @param cause what happened
 * @param at our clock when the cause was received, so that a replay writes the same
 * @param source the record the cause was made from
 * @param after the order after it
 */
public record OrderTransition(
    @JsonProperty(required = true) int schema,
    String shop,
    String orderNo,
    @JsonProperty(required = true) long version,
    OrderStatus from,
    OrderStatus to,
    String inputId,
    InputKind cause,
    Instant at,
    RecordCoordinates source,
    OrderSnapshot after)
    implements OrderEvent {

  public static final int SCHEMA = 4;

  public OrderTransition {
    Schema.require(schema, SCHEMA, "OrderTransition");
    requireNonNull(shop, "shop");
    requireNonNull(orderNo, "orderNo");
    requireNonNull(from, "from");
    requireNonNull(to, "to");
    requireNonNull(inputId, "inputId");
    requireNonNull(cause, "cause");
    requireNonNull(at, "at");
    requireNonNull(source, "source");
    requireNonNull(after, "after");
    if (version < 1) {
      throw new IllegalArgumentException("version starts at 1: " + version);
    }
  }

  @Override
  public String eventId() {
    return "order-transitions/" + order() + "/" + version;
  }

  @Override
  public OrderKey order() {
    return new OrderKey(shop, orderNo);
  }

  @Override
  public long orderVersion() {
    return version;
  }
}

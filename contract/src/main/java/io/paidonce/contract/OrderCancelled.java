package io.paidonce.contract;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.time.Instant;

/**
 * The order will not be paid: release what was reserved for it.
 *
 * @param schema version of this record's layout
 * @param eventId the same for every reading and every replay of this event
 * @param shop who owns the order
 * @param orderNo the shop's number of it
 * @param orderVersion version of the transition that says so
 * @param commandId the command that asked for it; the id of the input where the time to pay was
 *     over
 * @param actor who asked; {@link #DEADLINE} where nobody did
 * @param at our clock
 */
public record OrderCancelled(
    @JsonProperty(required = true) int schema,
    String eventId,
    String shop,
    String orderNo,
    @JsonProperty(required = true) long orderVersion,
    String commandId,
    String actor,
    Instant at)
    implements OrderEvent {

  public static final int SCHEMA = 1;

  /** The actor where the time to pay was over. */
  public static final String DEADLINE = "deadline";

  public OrderCancelled {
    Schema.require(schema, SCHEMA, "OrderCancelled");
    requireNonNull(eventId, "eventId");
    requireNonNull(shop, "shop");
    requireNonNull(orderNo, "orderNo");
    requireNonNull(commandId, "commandId");
    requireNonNull(actor, "actor");
    requireNonNull(at, "at");
  }

  @Override
  public OrderKey order() {
    return new OrderKey(shop, orderNo);
  }
}

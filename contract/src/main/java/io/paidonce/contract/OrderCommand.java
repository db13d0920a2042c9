package io.paidonce.contract;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What our own order service asks.
 *
 * @param schema version of this record's layout
 * @param commandId chosen by the sender, unique within the order: sending it again changes nothing;
 *     at most 200 characters
 * @param actor who asks, for the audit; at most 200 characters
 * @param kind what is asked
 * @param shop who owns the order
 * @param orderNo the shop's number of it
 * @param amountDueMinor minor units, positive; present exactly with PLACE
 * @param currency ISO 4217 code; present exactly with PLACE
 * @param issuedAt the sender's clock
 */
public record OrderCommand(
    @JsonProperty(required = true) int schema,
    String commandId,
    String actor,
    CommandKind kind,
    String shop,
    String orderNo,
    @Nullable Long amountDueMinor,
    @Nullable String currency,
    Instant issuedAt) {

  public static final int SCHEMA = 1;

  public OrderCommand {
    Schema.require(schema, SCHEMA, "OrderCommand");
    Text.required(commandId, "commandId", 200);
    Text.required(actor, "actor", 200);
    requireNonNull(kind, "kind");
    requireNonNull(issuedAt, "issuedAt");
    new OrderKey(requireNonNull(shop, "shop"), requireNonNull(orderNo, "orderNo"));
    if (kind == CommandKind.PLACE) {
      long due = requireNonNull(amountDueMinor, "amountDueMinor");
      if (due <= 0 || due > Money.MAX_AMOUNT_MINOR) {
        throw new IllegalArgumentException(
            "amountDueMinor must be 1 to " + Money.MAX_AMOUNT_MINOR + ": " + due);
      }
      new Money(amountDueMinor, requireNonNull(currency, "currency"));
    } else if (amountDueMinor != null || currency != null) {
      throw new IllegalArgumentException("only PLACE carries amountDueMinor and currency");
    }
  }

  /** An order to be known, with the amount due. */
  public static OrderCommand place(
      OrderKey order, Money due, String commandId, String actor, Instant issuedAt) {
    return new OrderCommand(
        SCHEMA,
        commandId,
        actor,
        CommandKind.PLACE,
        order.shop(),
        order.orderNo(),
        due.amountMinor(),
        due.currency(),
        issuedAt);
  }

  /** An order to be cancelled, if it is still unpaid. */
  public static OrderCommand cancel(
      OrderKey order, String commandId, String actor, Instant issuedAt) {
    return new OrderCommand(
        SCHEMA,
        commandId,
        actor,
        CommandKind.CANCEL,
        order.shop(),
        order.orderNo(),
        null,
        null,
        issuedAt);
  }

  public OrderKey order() {
    return new OrderKey(shop, orderNo);
  }

  /**
   * What is due.
   *
   * @throws IllegalStateException if this is no PLACE
   */
  public Money due() {
    if (amountDueMinor == null || currency == null) {
      throw new IllegalStateException("only PLACE says what is due: " + kind);
    }
    return new Money(amountDueMinor, currency);
  }
}

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
 * @param policy how the shop takes money for this order; only with PLACE, absent means {@link
 *     PaymentPolicy#DEFAULT}
 * @param expectedVersion the order's version that the sender decided upon: at another one the
 *     command is refused; absent where any will do
 * @param exceptionId which exception was decided about; present exactly with RESOLVE
 * @param exceptionRevision the revision of it that the person saw: at a newer one the command is
 *     refused; needed where another service than the ledger opened it
 * @param reason why, for the audit, at most 1000 characters; present with RESOLVE
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
    @Nullable PaymentPolicy policy,
    @Nullable Long expectedVersion,
    @Nullable String exceptionId,
    @Nullable Long exceptionRevision,
    @Nullable String reason,
    Instant issuedAt) {

  public static final int SCHEMA = 4;

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
      if (policy != null && policy.combined() != null && !policy.combined().pays(orderNo)) {
        throw new IllegalArgumentException(
            "policy.combined.orders must name the order itself: " + orderNo);
      }
    } else if (amountDueMinor != null || currency != null || policy != null) {
      throw new IllegalArgumentException("only PLACE carries amountDueMinor, currency and policy");
    }
    if (kind == CommandKind.RESOLVE) {
      Text.required(exceptionId, "exceptionId", 600);
      Text.required(reason, "reason", 1000);
    } else if (exceptionId != null || exceptionRevision != null) {
      throw new IllegalArgumentException("only RESOLVE carries exceptionId and exceptionRevision");
    } else if (reason != null) {
      Text.bounded(reason, "reason", 1000);
    }
  }

  /** An order to be known, with the amount due. */
  public static OrderCommand place(
      OrderKey order, Money due, String commandId, String actor, Instant issuedAt) {
    return place(order, due, PaymentPolicy.DEFAULT, commandId, actor, issuedAt);
  }

  /** An order to be known, with the amount due and how its shop takes money. */
  public static OrderCommand place(
      OrderKey order,
      Money due,
      PaymentPolicy policy,
      String commandId,
      String actor,
      Instant issuedAt) {
    return new OrderCommand(
        SCHEMA,
        commandId,
        actor,
        CommandKind.PLACE,
        order.shop(),
        order.orderNo(),
        due.amountMinor(),
        due.currency(),
        policy.equals(PaymentPolicy.DEFAULT) ? null : policy,
        null,
        null,
        null,
        null,
        issuedAt);
  }

  /** An order to be cancelled, if it is still unpaid. */
  public static OrderCommand cancel(
      OrderKey order, String commandId, String actor, Instant issuedAt) {
    return of(CommandKind.CANCEL, order, commandId, actor, null, null, issuedAt);
  }

  /** A paid order whose goods left. */
  public static OrderCommand ship(
      OrderKey order, String commandId, String actor, Instant issuedAt) {
    return of(CommandKind.SHIP, order, commandId, actor, null, null, issuedAt);
  }

  /** A shipped order that is done. */
  public static OrderCommand complete(
      OrderKey order, String commandId, String actor, Instant issuedAt) {
    return of(CommandKind.COMPLETE, order, commandId, actor, null, null, issuedAt);
  }

  /** An exception that a person decided about. */
  public static OrderCommand resolve(
      OrderKey order,
      String exceptionId,
      String reason,
      String commandId,
      String actor,
      Instant issuedAt) {
    return of(CommandKind.RESOLVE, order, commandId, actor, exceptionId, reason, issuedAt);
  }

  private static OrderCommand of(
      CommandKind kind,
      OrderKey order,
      String commandId,
      String actor,
      @Nullable String exceptionId,
      @Nullable String reason,
      Instant issuedAt) {
    return new OrderCommand(
        SCHEMA,
        commandId,
        actor,
        kind,
        order.shop(),
        order.orderNo(),
        null,
        null,
        null,
        null,
        exceptionId,
        null,
        reason,
        issuedAt);
  }

  /** The same command, refused unless the order is at this version. */
  public OrderCommand expecting(long version) {
    return new OrderCommand(
        schema,
        commandId,
        actor,
        kind,
        shop,
        orderNo,
        amountDueMinor,
        currency,
        policy,
        version,
        exceptionId,
        exceptionRevision,
        reason,
        issuedAt);
  }

  /** The same RESOLVE, refused if the exception has changed since this revision. */
  public OrderCommand havingSeen(long revision) {
    return new OrderCommand(
        schema,
        commandId,
        actor,
        kind,
        shop,
        orderNo,
        amountDueMinor,
        currency,
        policy,
        expectedVersion,
        exceptionId,
        revision,
        reason,
        issuedAt);
  }

  /** The same command with a reason for the audit. */
  public OrderCommand because(String why) {
    return new OrderCommand(
        schema,
        commandId,
        actor,
        kind,
        shop,
        orderNo,
        amountDueMinor,
        currency,
        policy,
        expectedVersion,
        exceptionId,
        exceptionRevision,
        why,
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

  /** How the shop takes money for this order, where it did not say: the default. */
  public PaymentPolicy policyOrDefault() {
    return policy == null ? PaymentPolicy.DEFAULT : policy;
  }
}

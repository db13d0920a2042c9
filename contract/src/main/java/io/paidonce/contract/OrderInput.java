package io.paidonce.contract;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonSetter;
import com.fasterxml.jackson.annotation.Nulls;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One deduplicated fact, observation, command or due deadline, as the ledger reads it. The topic of
 * these records is the one log that order state is a fold of: whatever could differ between two
 * runs is settled in here.
 *
 * @param schema version of this record's layout
 * @param inputId the identity of what happened; a second input with it changes nothing
 * @param kind what happened
 * @param shop who owns the order
 * @param orderNo the shop's number of it
 * @param receivedAt our clock when its source was received
 * @param source the record it was made from
 * @param payment present exactly with PAYMENT_SUCCEEDED
 * @param refund present exactly with what became of a refund
 * @param command present exactly with the commands
 * @param observation present exactly with the observations
 * @param payBy our clock: until when the order may be paid; with ORDER_PLACED, where absent the
 *     order has no deadline, and with DEADLINE_DUE, where it says which deadline is over
 * @param onDeadline what becomes of the order then; present with ORDER_PLACED where payBy is
 * @param payableAt with ORDER_PLACED, the accounts at which the order can be paid and its provider
 *     asked; empty where nobody can be asked
 */
public record OrderInput(
    @JsonProperty(required = true) int schema,
    String inputId,
    InputKind kind,
    String shop,
    String orderNo,
    Instant receivedAt,
    RecordCoordinates source,
    @Nullable PaymentFact payment,
    @Nullable RefundFact refund,
    @Nullable OrderCommand command,
    @Nullable Observation observation,
    @Nullable Instant payBy,
    @Nullable OnDeadline onDeadline,
    @JsonInclude(JsonInclude.Include.NON_EMPTY) @JsonSetter(nulls = Nulls.AS_EMPTY)
        List<ProviderAccount> payableAt) {

  public static final int SCHEMA = 5;

  public OrderInput {
    Schema.require(schema, SCHEMA, "OrderInput");
    requireNonNull(inputId, "inputId");
    requireNonNull(kind, "kind");
    requireNonNull(receivedAt, "receivedAt");
    requireNonNull(source, "source");
    // Sorted, so that whom a shop lists first makes no difference to what is stored.
    payableAt =
        requireNonNull(payableAt, "payableAt").isEmpty()
            ? List.of()
            : payableAt.stream().distinct().sorted().toList();
    new OrderKey(requireNonNull(shop, "shop"), requireNonNull(orderNo, "orderNo"));
    switch (kind) {
      case PAYMENT_SUCCEEDED -> requireNonNull(payment, "payment");
      case REFUND_SUCCEEDED, REFUND_ABNORMAL, REFUND_CLOSED -> requireNonNull(refund, "refund");
      case ORDER_PLACED, CANCEL_REQUESTED, SHIP_REQUESTED, COMPLETE_REQUESTED, RESOLVE_REQUESTED ->
          requireNonNull(command, "command");
      case OBSERVED_UNPAID,
          OBSERVED_CLOSED,
          OBSERVED_NOT_FOUND,
          OBSERVED_TOLD,
          OBSERVED_UNKNOWN,
          OBSERVED_GAVE_UP ->
          requireNonNull(observation, "observation");
      case DEADLINE_DUE, ASK_DUE -> {
        // Its time is that of receipt: our own clock said so, once, and the log keeps it.
      }
    }
    if (kind == InputKind.ORDER_PLACED && (payBy == null) != (onDeadline == null)) {
      throw new IllegalArgumentException("a deadline says what becomes of the order");
    }
  }

  /** A fact or a command. */
  public OrderInput(
      int schema,
      String inputId,
      InputKind kind,
      String shop,
      String orderNo,
      Instant receivedAt,
      RecordCoordinates source,
      @Nullable PaymentFact payment,
      @Nullable RefundFact refund,
      @Nullable OrderCommand command) {
    this(schema, inputId, kind, shop, orderNo, receivedAt, source, payment, refund, command, null);
  }

  /** One without a deadline. */
  public OrderInput(
      int schema,
      String inputId,
      InputKind kind,
      String shop,
      String orderNo,
      Instant receivedAt,
      RecordCoordinates source,
      @Nullable PaymentFact payment,
      @Nullable RefundFact refund,
      @Nullable OrderCommand command,
      @Nullable Observation observation) {
    this(
        schema,
        inputId,
        kind,
        shop,
        orderNo,
        receivedAt,
        source,
        payment,
        refund,
        command,
        observation,
        null,
        null,
        List.of());
  }

  /**
   * The same with a deadline: until when the order may be paid and at which accounts, and what
   * becomes of it then.
   */
  public OrderInput payable(
      Instant until, @Nullable OnDeadline then, List<ProviderAccount> accounts) {
    return new OrderInput(
        schema,
        inputId,
        kind,
        shop,
        orderNo,
        receivedAt,
        source,
        payment,
        refund,
        command,
        observation,
        until,
        then,
        accounts);
  }

  /**
   * What follows from its source alone, in this build's layout: without what its shop was
   * configured to when the order was placed.
   */
  public OrderInput asOfSource() {
    return new OrderInput(
        SCHEMA,
        inputId,
        kind,
        shop,
        orderNo,
        receivedAt,
        source,
        payment,
        refund,
        command,
        observation);
  }

  public OrderKey order() {
    return new OrderKey(shop, orderNo);
  }
}

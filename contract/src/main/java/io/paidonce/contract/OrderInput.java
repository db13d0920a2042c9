package io.paidonce.contract;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * One deduplicated fact or command, as the ledger reads it. The topic of these records is the one
 * log that order state is a fold of: whatever could differ between two runs is settled in here.
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
    @Nullable OrderCommand command) {

  public static final int SCHEMA = 2;

  public OrderInput {
    Schema.require(schema, SCHEMA, "OrderInput");
    requireNonNull(inputId, "inputId");
    requireNonNull(kind, "kind");
    requireNonNull(receivedAt, "receivedAt");
    requireNonNull(source, "source");
    new OrderKey(requireNonNull(shop, "shop"), requireNonNull(orderNo, "orderNo"));
    switch (kind) {
      case PAYMENT_SUCCEEDED -> requireNonNull(payment, "payment");
      case REFUND_SUCCEEDED, REFUND_ABNORMAL, REFUND_CLOSED -> requireNonNull(refund, "refund");
      case ORDER_PLACED, CANCEL_REQUESTED -> requireNonNull(command, "command");
    }
  }

  public OrderKey order() {
    return new OrderKey(shop, orderNo);
  }
}

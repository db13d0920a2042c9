package io.paidonce.ledger;

import io.paidonce.contract.InputKind;
import io.paidonce.contract.Money;
import io.paidonce.contract.OrderCommand;
import io.paidonce.contract.OrderInput;
import io.paidonce.contract.OrderKey;
import io.paidonce.contract.PaymentFact;
import io.paidonce.contract.RecordCoordinates;
import io.paidonce.contract.RefundFact;
import io.paidonce.contract.RefundOutcome;
import io.paidonce.contract.Witness;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** Inputs of one order, short to write. */
final class Inputs {

  static final OrderKey ORDER = new OrderKey("s1", "o1");
  static final Instant NOW = Instant.parse("2026-01-31T12:00:00Z");
  static final long DUE = 1200;

  private Inputs() {}

  static OrderInput place(String commandId, long dueMinor) {
    OrderCommand command =
        OrderCommand.place(ORDER, Money.of(dueMinor, "CNY"), commandId, "shop", NOW);
    return command(command, InputKind.ORDER_PLACED);
  }

  static OrderInput cancel(String commandId) {
    return command(OrderCommand.cancel(ORDER, commandId, "shop", NOW), InputKind.CANCEL_REQUESTED);
  }

  static OrderInput paid(String transactionId) {
    return paid(transactionId, DUE, "CNY", "payee");
  }

  static OrderInput paid(String transactionId, long amountMinor, String currency, String payee) {
    PaymentFact payment = payment(transactionId, amountMinor, currency, payee);
    return new OrderInput(
        OrderInput.SCHEMA,
        Identities.of(payment),
        InputKind.PAYMENT_SUCCEEDED,
        ORDER.shop(),
        ORDER.orderNo(),
        NOW,
        new RecordCoordinates("payment-notifications", 0, transactionId.hashCode()),
        payment,
        null,
        null);
  }

  static PaymentFact payment(
      String transactionId, long amountMinor, String currency, String payee) {
    return new PaymentFact(
        "wechat",
        "a1",
        transactionId,
        amountMinor,
        currency,
        payee,
        "payee",
        NOW,
        NOW,
        Witness.CALLBACK);
  }

  /** A refund as WeChat Pay states it: its own amount. */
  static OrderInput refunded(String transactionId, String refundId, long amountMinor) {
    return refund(transactionId, refundId, RefundOutcome.SUCCEEDED, amountMinor, null, "CNY", null);
  }

  /** A refund as Alipay states it: the total so far. */
  static OrderInput refundedInAll(String transactionId, String refundId, long totalMinor) {
    return refund(transactionId, refundId, RefundOutcome.SUCCEEDED, null, totalMinor, "CNY", null);
  }

  static OrderInput refund(
      String transactionId,
      String refundId,
      RefundOutcome outcome,
      @Nullable Long amountMinor,
      @Nullable Long totalMinor,
      String currency,
      @Nullable Long paymentMinor) {
    RefundFact refund =
        new RefundFact(
            "wechat",
            "a1",
            transactionId,
            refundId,
            null,
            outcome,
            amountMinor,
            totalMinor,
            paymentMinor,
            currency,
            NOW,
            NOW,
            Witness.CALLBACK);
    return new OrderInput(
        OrderInput.SCHEMA,
        Identities.of(refund),
        switch (outcome) {
          case SUCCEEDED -> InputKind.REFUND_SUCCEEDED;
          case ABNORMAL -> InputKind.REFUND_ABNORMAL;
          case CLOSED -> InputKind.REFUND_CLOSED;
        },
        ORDER.shop(),
        ORDER.orderNo(),
        NOW,
        new RecordCoordinates("payment-notifications", 0, refundId.hashCode()),
        null,
        refund,
        null);
  }

  private static OrderInput command(OrderCommand command, InputKind kind) {
    return new OrderInput(
        OrderInput.SCHEMA,
        Identities.of(command),
        kind,
        command.shop(),
        command.orderNo(),
        NOW,
        new RecordCoordinates("order-commands", 0, command.commandId().hashCode()),
        null,
        null,
        command);
  }
}

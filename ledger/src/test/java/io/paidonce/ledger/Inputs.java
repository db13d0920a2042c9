package io.paidonce.ledger;

import static java.util.Objects.requireNonNull;

import io.paidonce.contract.Answer;
import io.paidonce.contract.InputKind;
import io.paidonce.contract.Money;
import io.paidonce.contract.Observation;
import io.paidonce.contract.OrderCommand;
import io.paidonce.contract.OrderInput;
import io.paidonce.contract.OrderKey;
import io.paidonce.contract.PaymentFact;
import io.paidonce.contract.PaymentPolicy;
import io.paidonce.contract.ProviderAccount;
import io.paidonce.contract.ProviderRequest;
import io.paidonce.contract.RecordCoordinates;
import io.paidonce.contract.RefundFact;
import io.paidonce.contract.RefundOutcome;
import io.paidonce.contract.Witness;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
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

  static OrderInput place(String commandId, long dueMinor, PaymentPolicy policy) {
    OrderCommand command =
        OrderCommand.place(ORDER, Money.of(dueMinor, "CNY"), policy, commandId, "shop", NOW);
    OrderInput placed = command(command, InputKind.ORDER_PLACED);
    return policy.payWithinSeconds() == null || policy.onDeadline() == null
        ? placed
        : placed.payable(
            NOW.plusSeconds(policy.payWithinSeconds()), policy.onDeadline(), List.of());
  }

  /** One whose providers can be asked at these accounts. */
  static OrderInput place(String commandId, PaymentPolicy policy, String... accounts) {
    return place(commandId, DUE, policy)
        .payable(
            NOW.plusSeconds(requireNonNull(policy.payWithinSeconds())),
            policy.onDeadline(),
            Stream.of(accounts).map(ProviderAccount::parse).toList());
  }

  /** What an account answered to one request. */
  static OrderInput answer(ProviderRequest to, Answer answer, Instant at) {
    Observation observation =
        new Observation(to.provider(), to.account(), to.requestId(), to.attempt(), answer, at);
    return new OrderInput(
        OrderInput.SCHEMA,
        Identities.of(observation),
        InputKind.of(answer),
        ORDER.shop(),
        ORDER.orderNo(),
        at,
        new RecordCoordinates("payment-notifications", 0, 77),
        null,
        null,
        null,
        observation);
  }

  static OrderInput ship(String commandId) {
    return command(OrderCommand.ship(ORDER, commandId, "shop", NOW), InputKind.SHIP_REQUESTED);
  }

  static OrderInput complete(String commandId) {
    return command(
        OrderCommand.complete(ORDER, commandId, "shop", NOW), InputKind.COMPLETE_REQUESTED);
  }

  static OrderInput resolve(String commandId, String exceptionId) {
    return command(
        OrderCommand.resolve(ORDER, exceptionId, "looked into it", commandId, "ann", NOW),
        InputKind.RESOLVE_REQUESTED);
  }

  static OrderInput expecting(OrderInput input, long version) {
    return command(requireNonNull(input.command()).expecting(version), input.kind());
  }

  static OrderInput havingSeen(OrderInput input, long revision) {
    return command(requireNonNull(input.command()).havingSeen(revision), input.kind());
  }

  static OrderInput observed(Answer answer, String requestId, int secondsLater) {
    Observation observation =
        new Observation("wechat", "a1", requestId, 1, answer, NOW.plusSeconds(secondsLater));
    return new OrderInput(
        OrderInput.SCHEMA,
        Identities.of(observation),
        InputKind.of(answer),
        ORDER.shop(),
        ORDER.orderNo(),
        observation.receivedAt(),
        new RecordCoordinates("payment-notifications", 0, requestId.hashCode()),
        null,
        null,
        null,
        observation);
  }

  static OrderInput due() {
    return new OrderInput(
        OrderInput.SCHEMA,
        "deadline:" + ORDER,
        InputKind.DEADLINE_DUE,
        ORDER.shop(),
        ORDER.orderNo(),
        NOW.plusSeconds(900),
        new RecordCoordinates("order-inputs", 0, 1),
        null,
        null,
        null,
        null);
  }

  static OrderInput ask(Instant at) {
    return Asking.due(ORDER, at, at.plusMillis(700), new RecordCoordinates("order-inputs", 0, 1));
  }

  /** That the deadline is over which an order was placed with. */
  static OrderInput due(int payWithinSeconds) {
    return Deadline.due(
        ORDER,
        NOW.plusSeconds(payWithinSeconds),
        NOW.plusSeconds(payWithinSeconds + 7),
        new RecordCoordinates("order-inputs", 0, 1));
  }

  static OrderInput paid(String transactionId, long amountMinor) {
    return paid(transactionId, amountMinor, "CNY", "payee");
  }

  static OrderInput paid(String transactionId) {
    return paid(transactionId, DUE, "CNY", "payee");
  }

  static OrderInput paidBy(String provider, String transactionId, long amountMinor) {
    return paid(payment(provider, transactionId, amountMinor, "CNY", "payee"));
  }

  static OrderInput paid(String transactionId, long amountMinor, String currency, String payee) {
    return paid(payment(transactionId, amountMinor, currency, payee));
  }

  private static OrderInput paid(PaymentFact payment) {
    String transactionId = payment.transactionId();
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
    return payment("wechat", transactionId, amountMinor, currency, payee);
  }

  private static PaymentFact payment(
      String provider, String transactionId, long amountMinor, String currency, String payee) {
    return new PaymentFact(
        provider,
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

  static OrderInput refundedInAllBy(
      String provider, String transactionId, String refundId, long totalMinor) {
    return refund(
        provider, transactionId, refundId, RefundOutcome.SUCCEEDED, null, totalMinor, "CNY", null);
  }

  static OrderInput refund(
      String transactionId,
      String refundId,
      RefundOutcome outcome,
      @Nullable Long amountMinor,
      @Nullable Long totalMinor,
      String currency,
      @Nullable Long paymentMinor) {
    return refund(
        "wechat",
        transactionId,
        refundId,
        outcome,
        amountMinor,
        totalMinor,
        currency,
        paymentMinor);
  }

  private static OrderInput refund(
      String provider,
      String transactionId,
      String refundId,
      RefundOutcome outcome,
      @Nullable Long amountMinor,
      @Nullable Long totalMinor,
      String currency,
      @Nullable Long paymentMinor) {
    RefundFact refund =
        new RefundFact(
            provider,
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

package io.paidonce.projector;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.paidonce.contract.Authentication;
import io.paidonce.contract.Balance;
import io.paidonce.contract.Evidence;
import io.paidonce.contract.ExceptionCase;
import io.paidonce.contract.ExceptionKind;
import io.paidonce.contract.ExceptionState;
import io.paidonce.contract.InputKind;
import io.paidonce.contract.LatePayment;
import io.paidonce.contract.NotificationKind;
import io.paidonce.contract.NotificationReceipt;
import io.paidonce.contract.OrderCancelled;
import io.paidonce.contract.OrderPaid;
import io.paidonce.contract.OrderPayment;
import io.paidonce.contract.OrderRefunded;
import io.paidonce.contract.OrderSnapshot;
import io.paidonce.contract.OrderStatus;
import io.paidonce.contract.OrderTransition;
import io.paidonce.contract.PaymentFact;
import io.paidonce.contract.PaymentNotification;
import io.paidonce.contract.PaymentPolicy;
import io.paidonce.contract.PaymentStanding;
import io.paidonce.contract.RawBytes;
import io.paidonce.contract.RecordCoordinates;
import io.paidonce.contract.RefundFact;
import io.paidonce.contract.RefundOutcome;
import io.paidonce.contract.Witness;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What could be recorded of one order of 1200 fen. */
record Story(String shop, String orderNo) {

  static final Instant NOW = Instant.parse("2026-01-31T12:00:00.123Z");

  String key() {
    return shop + ":" + orderNo;
  }

  String transaction() {
    return "42-" + shop + "-" + orderNo;
  }

  /** Version 1: placed. */
  OrderTransition placed() {
    return transition(
        1,
        OrderStatus.UNPLACED,
        InputKind.ORDER_PLACED,
        new OrderSnapshot(
            OrderStatus.PENDING, 1200L, "CNY", NOW, null, List.of(), List.of(), List.of()));
  }

  /** Version 2: paid. */
  OrderTransition paid() {
    return transition(
        2,
        OrderStatus.PENDING,
        InputKind.PAYMENT_SUCCEEDED,
        new OrderSnapshot(
            OrderStatus.PAID,
            1200L,
            "CNY",
            NOW,
            payment("1").transaction(),
            List.of(new OrderPayment(payment("1"), PaymentStanding.APPLIED, 0)),
            List.of(),
            List.of(new Balance("CNY", 1200, 1200, 0, 0, 0))));
  }

  /** Version 3: paid a second time. */
  OrderTransition paidTwice() {
    return transition(
        3,
        OrderStatus.PAID,
        InputKind.PAYMENT_SUCCEEDED,
        new OrderSnapshot(
            OrderStatus.PAID,
            1200L,
            "CNY",
            NOW,
            payment("1").transaction(),
            List.of(
                new OrderPayment(payment("1"), PaymentStanding.APPLIED, 0),
                new OrderPayment(payment("2"), PaymentStanding.OWED_BACK, 0)),
            List.of(),
            List.of(new Balance("CNY", 2400, 1200, 1200, 0, 0))));
  }

  /** Version 3 instead: paid in two parts, by a shop that takes them, and too much. */
  OrderTransition overpaidInParts() {
    return transition(
        3,
        OrderStatus.PENDING,
        InputKind.PAYMENT_SUCCEEDED,
        new OrderSnapshot(
            OrderStatus.PAID,
            2000L,
            "CNY",
            NOW,
            payment("2").transaction(),
            List.of(
                new OrderPayment(payment("1"), PaymentStanding.APPLIED, 100),
                new OrderPayment(payment("2"), PaymentStanding.APPLIED, 0, 300)),
            List.of(),
            List.of(new Balance("CNY", 2400, 2000, 300, 0, 100)),
            new PaymentPolicy(true, LatePayment.REFUND),
            NOW,
            List.of()));
  }

  /** Version 4: the goods of it left. */
  OrderTransition shipped() {
    OrderSnapshot paid = paidTwice().after();
    return transition(
        4,
        OrderStatus.PAID,
        InputKind.SHIP_REQUESTED,
        new OrderSnapshot(
            OrderStatus.SHIPPED,
            paid.amountDueMinor(),
            paid.currency(),
            paid.placedAt(),
            paid.payingTransaction(),
            paid.payments(),
            paid.refunds(),
            paid.balances()));
  }

  /** Version 4: a part of the first payment went back. */
  OrderTransition refundedInPart() {
    return transition(
        4,
        OrderStatus.PAID,
        InputKind.REFUND_SUCCEEDED,
        new OrderSnapshot(
            OrderStatus.PAID,
            1200L,
            "CNY",
            NOW,
            payment("1").transaction(),
            List.of(
                new OrderPayment(payment("1"), PaymentStanding.APPLIED, 200),
                new OrderPayment(payment("2"), PaymentStanding.OWED_BACK, 0)),
            List.of(refund("R1", RefundOutcome.SUCCEEDED, 200L, null)),
            List.of(new Balance("CNY", 2400, 1000, 1200, 0, 200))));
  }

  /** Version 5: nothing of the first payment is left, as single refunds and totals say. */
  OrderTransition refunded() {
    return transition(
        5,
        OrderStatus.PAID,
        InputKind.REFUND_SUCCEEDED,
        new OrderSnapshot(
            OrderStatus.REFUNDED,
            1200L,
            "CNY",
            NOW,
            payment("1").transaction(),
            List.of(
                new OrderPayment(payment("1"), PaymentStanding.APPLIED, 1200),
                new OrderPayment(payment("2"), PaymentStanding.OWED_BACK, 0)),
            List.of(
                refund("R1", RefundOutcome.SUCCEEDED, 200L, null),
                refund("R2", RefundOutcome.ABNORMAL, 300L, null),
                refund("R2", RefundOutcome.SUCCEEDED, 300L, 500L),
                refund(RefundFact.FULL, RefundOutcome.SUCCEEDED, null, 500L),
                refund(RefundFact.FULL, RefundOutcome.SUCCEEDED, null, 1200L)),
            List.of(new Balance("CNY", 2400, 0, 1200, 0, 1200))));
  }

  OrderRefunded refundedEvent() {
    return new OrderRefunded(
        1,
        "order-refunded/" + key(),
        shop,
        orderNo,
        5,
        1200,
        "CNY",
        "wechat",
        "1900000001",
        transaction() + "-1",
        null,
        NOW.plusSeconds(5));
  }

  OrderPaid paidEvent() {
    return new OrderPaid(
        1,
        "order-paid/" + key() + "/2",
        shop,
        orderNo,
        2,
        1200,
        "CNY",
        "wechat",
        "1900000001",
        transaction() + "-1",
        null,
        NOW);
  }

  OrderCancelled cancelledEvent() {
    return new OrderCancelled(
        1, "order-cancelled/" + key() + "/2", shop, orderNo, 2, "c-" + key(), "shop", NOW);
  }

  /** The callback that told of the first payment. */
  PaymentNotification delivery(String notificationId) {
    return new PaymentNotification(
        PaymentNotification.SCHEMA,
        "wechat",
        "1900000001",
        "wechat-v3",
        shop,
        orderNo,
        NotificationKind.PAYMENT,
        "TRANSACTION.SUCCESS",
        notificationId,
        "d-" + notificationId,
        Authentication.SIGNED,
        Witness.CALLBACK,
        NOW.plusSeconds(1),
        payment("1"),
        null,
        new Evidence("k1", Map.of(), RawBytes.of("{}".getBytes(UTF_8))));
  }

  NotificationReceipt receipt(long revision) {
    return new NotificationReceipt(
        1,
        "wechat:1900000001:payment:" + transaction() + "-1",
        shop,
        orderNo,
        "f",
        revision,
        0,
        null,
        NOW,
        NOW.plusSeconds(revision),
        List.of(Witness.CALLBACK, Witness.QUERY),
        List.of("PUB_KEY_ID_1", "with \"quotes\", commas and \\"),
        new RecordCoordinates("payment-notifications", 3, 42),
        revision);
  }

  ExceptionCase exception(long revision) {
    return new ExceptionCase(
        1,
        "double/" + key(),
        ExceptionKind.DOUBLE_PAYMENT,
        shop,
        orderNo,
        revision == 1 ? ExceptionState.OPEN : ExceptionState.RESOLVED,
        revision,
        ExceptionKind.DOUBLE_PAYMENT.suggestedAction(),
        Map.of("transactionId", transaction() + "-2", "amountMinor", "1200"),
        NOW,
        NOW.plusSeconds(revision),
        new RecordCoordinates("order-inputs", 5, 7));
  }

  PaymentFact payment(String suffix) {
    return new PaymentFact(
        "wechat",
        "1900000001",
        transaction() + "-" + suffix,
        1200,
        "CNY",
        "1900000001",
        "1900000001",
        suffix.equals("1") ? NOW : null,
        NOW.plusSeconds(Long.parseLong(suffix)),
        Witness.CALLBACK);
  }

  private RefundFact refund(
      String refundId, RefundOutcome outcome, @Nullable Long amountMinor, @Nullable Long total) {
    return new RefundFact(
        "wechat",
        "1900000001",
        transaction() + "-1",
        refundId,
        refundId.equals(RefundFact.FULL) ? null : "merchant-" + refundId,
        outcome,
        amountMinor,
        total,
        amountMinor == null ? null : 1200L,
        "CNY",
        amountMinor == null ? null : NOW.plusSeconds(4),
        NOW.plusSeconds(total == null ? 4 : 5),
        Witness.CALLBACK);
  }

  private OrderTransition transition(
      long version, OrderStatus from, InputKind cause, OrderSnapshot after) {
    return new OrderTransition(
        1,
        shop,
        orderNo,
        version,
        from,
        after.status(),
        "input-" + version,
        cause,
        NOW.plusSeconds(version),
        new RecordCoordinates("payment-notifications", 1, version),
        after);
  }
}

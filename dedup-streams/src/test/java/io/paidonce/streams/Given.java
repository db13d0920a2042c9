package io.paidonce.streams;

import io.paidonce.contract.Answer;
import io.paidonce.contract.Authentication;
import io.paidonce.contract.EventHead;
import io.paidonce.contract.Evidence;
import io.paidonce.contract.Money;
import io.paidonce.contract.NotificationKind;
import io.paidonce.contract.Observation;
import io.paidonce.contract.OrderCommand;
import io.paidonce.contract.OrderKey;
import io.paidonce.contract.PaymentFact;
import io.paidonce.contract.PaymentNotification;
import io.paidonce.contract.ProviderRequest;
import io.paidonce.contract.RawBytes;
import io.paidonce.contract.RefundFact;
import io.paidonce.contract.RefundOutcome;
import io.paidonce.contract.Topics;
import io.paidonce.contract.Witness;
import io.paidonce.ledger.TimeToPay;
import java.time.Instant;
import java.util.Map;
import java.util.Properties;
import java.util.UUID;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.streams.StreamsConfig;
import org.apache.kafka.streams.Topology;
import org.apache.kafka.streams.TopologyConfig;
import org.jspecify.annotations.Nullable;

/** Records as the gateway and an order service write them. */
final class Given {

  static final Instant NOW = Instant.parse("2026-01-31T12:00:00Z");

  private Given() {}

  /** The topology of shops that say nothing of deadlines, where no deadline is over. */
  static Topology topology(Properties settings, StreamsMetrics metrics) {
    return DedupTopology.build(
        new TopologyConfig(new StreamsConfig(settings)),
        shop -> TimeToPay.DEFAULT,
        () -> Instant.MIN,
        metrics);
  }

  static ProducerRecord<byte[], byte[]> placed(String orderNo, long dueMinor) {
    OrderKey order = new OrderKey("s1", orderNo);
    return command(
        OrderCommand.place(order, Money.of(dueMinor, "CNY"), "place-" + dueMinor, "shop", NOW));
  }

  static ProducerRecord<byte[], byte[]> cancelled(String orderNo) {
    return command(OrderCommand.cancel(new OrderKey("s1", orderNo), "cancel", "shop", NOW));
  }

  static ProducerRecord<byte[], byte[]> command(OrderCommand command) {
    return Topics.ORDER_COMMANDS.record(
        command.order().toString(), command, head(command.commandId()));
  }

  static ProducerRecord<byte[], byte[]> paid(
      String transactionId, String orderNo, long amountMinor) {
    return notification(
        NotificationKind.PAYMENT,
        "TRANSACTION.SUCCESS",
        new PaymentFact(
            "wechat",
            "a1",
            transactionId,
            amountMinor,
            "CNY",
            "a1",
            "a1",
            NOW,
            NOW,
            Witness.CALLBACK),
        null,
        orderNo);
  }

  static ProducerRecord<byte[], byte[]> refunded(
      String transactionId, String refundId, String orderNo, long amountMinor) {
    return notification(
        NotificationKind.REFUND,
        "REFUND.SUCCESS",
        null,
        new RefundFact(
            "wechat",
            "a1",
            transactionId,
            refundId,
            null,
            RefundOutcome.SUCCEEDED,
            amountMinor,
            null,
            null,
            "CNY",
            NOW,
            NOW,
            Witness.CALLBACK),
        orderNo);
  }

  /** A payment that may not fit. */
  static ProducerRecord<byte[], byte[]> paid(
      String transactionId, String orderNo, String currency, String payee) {
    return notification(
        NotificationKind.PAYMENT,
        "TRANSACTION.SUCCESS",
        new PaymentFact(
            "wechat", "a1", transactionId, 1200, currency, payee, "a1", NOW, NOW, Witness.CALLBACK),
        null,
        orderNo);
  }

  /** Five hundred of the first transaction. */
  static ProducerRecord<byte[], byte[]> refund(
      RefundOutcome outcome, String currency, String orderNo) {
    return notification(
        NotificationKind.REFUND,
        "REFUND." + outcome,
        null,
        new RefundFact(
            "wechat",
            "a1",
            "t1",
            "r1",
            null,
            outcome,
            500L,
            null,
            null,
            currency,
            NOW,
            NOW,
            Witness.CALLBACK),
        orderNo);
  }

  /** The whole of 12.00, told by a notice that nobody signed. */
  static ProducerRecord<byte[], byte[]> refundNoticed(String transactionId, String orderNo) {
    return refund(transactionId, orderNo, 1200, Authentication.UNSIGNED, Witness.CALLBACK);
  }

  /** The same with another amount, as blocks of other notices can be put together. */
  static ProducerRecord<byte[], byte[]> refundNoticed(
      String transactionId, String orderNo, long amountMinor) {
    return refund(transactionId, orderNo, amountMinor, Authentication.UNSIGNED, Witness.CALLBACK);
  }

  /** What the provider answers when it is asked. */
  static ProducerRecord<byte[], byte[]> refundConfirmed(String transactionId, String orderNo) {
    return refund(transactionId, orderNo, 1200, Authentication.SIGNED, Witness.QUERY);
  }

  private static ProducerRecord<byte[], byte[]> refund(
      String transactionId,
      String orderNo,
      long amountMinor,
      Authentication authentication,
      Witness witness) {
    RefundFact refund =
        new RefundFact(
            "wechat",
            "a1",
            transactionId,
            "r1",
            "R-1",
            RefundOutcome.SUCCEEDED,
            amountMinor,
            null,
            1200L,
            "CNY",
            NOW,
            NOW,
            witness);
    PaymentNotification notification =
        new PaymentNotification(
            PaymentNotification.SCHEMA,
            "wechat",
            "a1",
            "wechat-v2",
            "s1",
            orderNo,
            NotificationKind.REFUND,
            "REFUND.SUCCESS",
            null,
            UUID.randomUUID().toString(),
            authentication,
            witness,
            NOW,
            null,
            refund,
            new Evidence("k1", Map.of(), RawBytes.of(new byte[] {1, 2, 3})));
    return Topics.PAYMENT_NOTIFICATIONS.record(
        notification.key(), notification, head(notification.deliveryId()));
  }

  static ProducerRecord<byte[], byte[]> closedUnpaid(String orderNo) {
    return notification(NotificationKind.TRADE_CLOSED, "TRADE_CLOSED", null, null, orderNo);
  }

  /** What came of asking. */
  static ProducerRecord<byte[], byte[]> answered(ProviderRequest request, Answer answer) {
    Instant at = request.requestedAt().plusSeconds(1);
    PaymentNotification notification =
        new PaymentNotification(
            PaymentNotification.SCHEMA,
            request.provider(),
            request.account(),
            "wechat-v3",
            request.shop(),
            request.orderNo(),
            NotificationKind.OBSERVATION,
            answer.name(),
            null,
            UUID.randomUUID().toString(),
            Authentication.SIGNED,
            Witness.QUERY,
            at,
            null,
            null,
            new Observation(
                request.provider(),
                request.account(),
                request.requestId(),
                request.attempt(),
                answer,
                at),
            new Evidence("k1", Map.of(), RawBytes.of(new byte[] {1, 2, 3})));
    return Topics.PAYMENT_NOTIFICATIONS.record(
        notification.key(), notification, head(notification.deliveryId()));
  }

  static ProducerRecord<byte[], byte[]> unrecognised() {
    return notification(NotificationKind.UNRECOGNISED, "PAYSCORE.USER_PAID", null, null, null);
  }

  private static ProducerRecord<byte[], byte[]> notification(
      NotificationKind kind,
      String eventType,
      @Nullable PaymentFact payment,
      @Nullable RefundFact refund,
      @Nullable String orderNo) {
    PaymentNotification notification =
        new PaymentNotification(
            PaymentNotification.SCHEMA,
            "wechat",
            "a1",
            "wechat-v3",
            "s1",
            orderNo,
            kind,
            eventType,
            null,
            UUID.randomUUID().toString(),
            Authentication.SIGNED,
            Witness.CALLBACK,
            NOW,
            payment,
            refund,
            new Evidence("k1", Map.of(), RawBytes.of(new byte[] {1, 2, 3})));
    return Topics.PAYMENT_NOTIFICATIONS.record(
        notification.key(), notification, head(notification.deliveryId()));
  }

  private static EventHead head(String id) {
    return new EventHead(
        id, "/test", NOW, "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01");
  }
}

package io.paidonce.contract;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.lang.reflect.RecordComponent;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.jspecify.annotations.Nullable;

/** One good value of every topic. */
final class Samples {

  static final Instant NOW = Instant.parse("2026-01-31T12:00:00.123Z");
  static final RecordCoordinates SOURCE = new RecordCoordinates("payment-notifications", 3, 42);

  static final PaymentFact PAYMENT =
      new PaymentFact(
          "wechat",
          "1900000001",
          "4200000001",
          1200,
          "CNY",
          "1900000001",
          "1900000001",
          NOW,
          NOW,
          Witness.CALLBACK);

  private static final RefundFact REFUND =
      new RefundFact(
          "wechat",
          "1900000001",
          "4200000001",
          "50000001",
          "R1",
          RefundOutcome.SUCCEEDED,
          200L,
          null,
          1200L,
          "CNY",
          NOW,
          NOW,
          Witness.CALLBACK);

  static final OrderPaid ORDER_PAID =
      new OrderPaid(
          1,
          "order-paid/s1:o1/2",
          "s1",
          "o1",
          2,
          1200,
          "CNY",
          "wechat",
          "1900000001",
          "4200000001",
          NOW,
          NOW);

  private Samples() {}

  record Sample<V>(Topic<V> topic, V value, Set<String> optional) {

    byte[] json() {
      return topic.json().write(value);
    }

    /** As a service writes it. */
    ProducerRecord<byte[], byte[]> record(@Nullable String traceparent) {
      return topic.record("k", value, new EventHead("e1", "/test", NOW, traceparent));
    }

    V comesBack() throws UnreadableRecordException {
      return topic.json().read(json());
    }

    List<String> requiredFields() {
      return Stream.of(value.getClass().getRecordComponents())
          .map(RecordComponent::getName)
          .filter(name -> !optional.contains(name))
          .toList();
    }

    V readWithout(String field) throws UnreadableRecordException, IOException {
      ObjectNode tree = (ObjectNode) new ObjectMapper().readTree(json());
      tree.remove(field);
      return topic.json().read(tree.toString().getBytes(UTF_8));
    }

    @Override
    public String toString() {
      return topic.name();
    }
  }

  static List<Sample<?>> all() {
    OrderKey order = new OrderKey("s1", "o1");
    return List.of(
        new Sample<>(
            Topics.PAYMENT_NOTIFICATIONS,
            new PaymentNotification(
                1,
                "wechat",
                "1900000001",
                "wechat-v3",
                "s1",
                "o1",
                NotificationKind.PAYMENT,
                "TRANSACTION.SUCCESS",
                "notice-1",
                "delivery-1",
                Authentication.SIGNED,
                Witness.CALLBACK,
                NOW,
                PAYMENT,
                null,
                new Evidence("PUB_KEY_ID_1", Map.of("a", "b"), RawBytes.of(new byte[] {1, 2, 3}))),
            Set.of("notificationId", "refund", "observation", "resubmitted")),
        new Sample<>(
            Topics.ORDER_COMMANDS,
            OrderCommand.place(
                    order,
                    Money.of(1200, "CNY"),
                    new PaymentPolicy(true, LatePayment.REOPEN)
                        .withDeadline(900, OnDeadline.PROVIDER)
                        .onDoublePayment(DoublePayment.REFUND)
                        .payableAt(List.of(new ProviderAccount("wechat", "1900000001"))),
                    "c1",
                    "shop",
                    NOW)
                .expecting(0),
            Set.of("policy", "expectedVersion", "exceptionId", "exceptionRevision", "reason")),
        new Sample<>(
            Topics.ORDER_INPUTS,
            new OrderInput(
                1, "i1", InputKind.PAYMENT_SUCCEEDED, "s1", "o1", NOW, SOURCE, PAYMENT, null, null),
            Set.of("command", "refund", "observation", "payBy", "onDeadline", "payableAt")),
        new Sample<>(
            Topics.ORDER_TRANSITIONS,
            new OrderTransition(
                1,
                "s1",
                "o1",
                2,
                OrderStatus.PENDING,
                OrderStatus.PAID,
                "i1",
                InputKind.PAYMENT_SUCCEEDED,
                NOW,
                SOURCE,
                new OrderSnapshot(
                    OrderStatus.PAID,
                    1200L,
                    "CNY",
                    NOW,
                    PAYMENT.transaction(),
                    List.of(new OrderPayment(PAYMENT, PaymentStanding.APPLIED, 200, 100)),
                    List.of(REFUND),
                    List.of(new Balance("CNY", 1200, 900, 100, 0, 200)),
                    new PaymentPolicy(true, LatePayment.REFUND),
                    NOW,
                    List.of(new Observation("wechat", "1900000001", "q1", 1, Answer.UNPAID, NOW)))),
            Set.of()),
        new Sample<>(Topics.ORDER_PAID, ORDER_PAID, Set.of("paidAt")),
        new Sample<>(
            Topics.ORDER_CANCELLED,
            new OrderCancelled(1, "order-cancelled/s1:o1/2", "s1", "o1", 2, "c2", "shop", NOW),
            Set.of()),
        new Sample<>(
            Topics.ORDER_REFUNDED,
            new OrderRefunded(
                1,
                "order-refunded/s1:o1",
                "s1",
                "o1",
                4,
                1200,
                "CNY",
                "wechat",
                "1900000001",
                "4200000001",
                NOW,
                NOW),
            Set.of("refundedAt")),
        new Sample<>(
            Topics.NOTIFICATION_RECEIPTS,
            new NotificationReceipt(
                1,
                "wechat:1900000001:payment:4200000001",
                "s1",
                "o1",
                "f",
                2,
                1,
                NOW,
                NOW,
                NOW,
                List.of(Witness.CALLBACK),
                List.of("k1"),
                SOURCE,
                2),
            Set.of("orderNo", "firstConflictAt")),
        new Sample<>(
            Topics.PAYMENT_EXCEPTIONS,
            new ExceptionCase(
                1,
                "e1",
                ExceptionKind.AMOUNT_MISMATCH,
                "s1",
                "o1",
                ExceptionState.OPEN,
                1,
                "look",
                Map.of("paidMinor", "1"),
                NOW,
                NOW,
                SOURCE),
            Set.of()),
        new Sample<>(
            Topics.COMMAND_OUTCOMES,
            new CommandOutcome(
                1,
                "c1",
                "shop",
                CommandKind.SHIP,
                "s1",
                "o1",
                CommandResult.REFUSED,
                "refused: the order is not paid",
                NOW,
                SOURCE),
            Set.of()),
        new Sample<>(
            Topics.PROVIDER_REQUESTS,
            new ProviderRequest(
                1,
                "refund/p1",
                RequestKind.REFUND,
                "s1",
                "o1",
                "wechat",
                "1900000001",
                "4200000001",
                "p1",
                1200L,
                1200L,
                "CNY",
                "LATE_PAYMENT",
                1,
                4,
                NOW,
                NOW),
            Set.of("until", "combined")),
        new Sample<>(
            Topics.DEAD_LETTERS,
            new DeadLetter(
                1,
                DeadLetterReason.UNREADABLE_RECORD,
                "amountMinor: missing",
                SOURCE,
                "order-commands",
                RawBytes.of(new byte[] {1}),
                Map.of("h", "v"),
                RawBytes.of(new byte[] {2}),
                NOW),
            Set.of("source", "key", "original")),
        new Sample<>(
            Topics.DEAD_LETTER_REDRIVES,
            new DeadLetterRedrive(
                1,
                new RecordCoordinates("dead-letters", 3, 17),
                SOURCE,
                "on-call",
                "mended in build 2",
                1,
                NOW),
            Set.of()),
        new Sample<>(
            Topics.REJECTIONS,
            new RejectedCallback(
                1,
                "d1",
                "wechat-v3",
                "1900000001",
                Rejection.SIGNATURE_MISMATCH,
                "the body was altered",
                "00",
                3,
                NOW),
            Set.of()),
        new Sample<>(
            Topics.GATEWAY_STATUS,
            new GatewayStatus(
                1,
                "pay-1:8080",
                NOW.minusSeconds(90),
                NOW,
                true,
                2,
                new GatewayCounts(60, 0, 2, 0, 0),
                new GatewayCounts(100, 1, 3, 0, 1),
                Map.of("SIGNATURE_MISMATCH", 3L),
                NOW.minusSeconds(90),
                NOW.minusSeconds(10),
                List.of(new KeyEnd("wechat-v3", "1900000001", "5157F09EFDC096DE", NOW))),
            Set.of("configurationRefusedAt")));
  }
}

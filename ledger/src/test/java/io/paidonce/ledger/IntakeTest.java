package io.paidonce.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import io.paidonce.contract.Authentication;
import io.paidonce.contract.Evidence;
import io.paidonce.contract.ExceptionKind;
import io.paidonce.contract.InputKind;
import io.paidonce.contract.Money;
import io.paidonce.contract.NotificationKind;
import io.paidonce.contract.NotificationReceipt;
import io.paidonce.contract.OnDeadline;
import io.paidonce.contract.OrderCommand;
import io.paidonce.contract.OrderKey;
import io.paidonce.contract.PaymentFact;
import io.paidonce.contract.PaymentNotification;
import io.paidonce.contract.RawBytes;
import io.paidonce.contract.RecordCoordinates;
import io.paidonce.contract.RefundFact;
import io.paidonce.contract.RefundOutcome;
import io.paidonce.contract.Witness;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class IntakeTest {

  private static final TimeToPay TIME_TO_PAY =
      new TimeToPay(Duration.ofMinutes(15), OnDeadline.NONE);

  private static final RecordCoordinates FIRST =
      new RecordCoordinates("payment-notifications", 1, 10);
  private static final RecordCoordinates SECOND =
      new RecordCoordinates("payment-notifications", 1, 11);

  @Test
  void theFirstDeliveryPassesOn() {
    Reception<NotificationReceipt> reception =
        Intake.receive(null, notification("t1", 1200, "o1", "d1", "k1"), FIRST);
    assertThat(reception)
        .isInstanceOfSatisfying(
            Reception.First.class,
            first -> {
              assertThat(first.input().payment()).isNotNull();
              assertThat(first.input().source()).isEqualTo(FIRST);
              assertThat(first.input().inputId()).isEqualTo("wechat:a1:payment:t1");
            });
  }

  @Test
  void aSecondDeliverySignedAnewIsADuplicate() {
    NotificationReceipt known =
        Intake.receive(null, notification("t1", 1200, "o1", "d1", "k1"), FIRST).receipt();
    Reception<NotificationReceipt> again =
        Intake.receive(known, notification("t1", 1200, "o1", "d2", "k2"), SECOND);
    assertThat(again).isInstanceOf(Reception.Duplicate.class);
    assertThat(again.receipt().deliveries()).isEqualTo(2);
    assertThat(again.receipt().revision()).isEqualTo(2);
    assertThat(again.receipt().keyIds()).containsExactly("k1", "k2");
    assertThat(again.receipt().first()).isEqualTo(FIRST);
  }

  @Test
  void anotherTransactionOfTheSameOrderIsNoDuplicate() {
    PaymentFact one = payment("t1", 1200);
    PaymentFact two = payment("t2", 1200);
    assertThat(Identities.of(one)).isNotEqualTo(Identities.of(two));
  }

  @Test
  void anotherAmountUnderTheSameTransactionIsAConflictAndTheFirstStands() {
    NotificationReceipt known =
        Intake.receive(null, notification("t1", 1200, "o1", "d1", "k1"), FIRST).receipt();
    Reception<NotificationReceipt> contradiction =
        Intake.receive(known, notification("t1", 1300, "o1", "d2", "k1"), SECOND);
    assertThat(contradiction)
        .isInstanceOfSatisfying(
            Reception.Conflict.class,
            conflict -> {
              assertThat(conflict.opened().kind())
                  .isEqualTo(ExceptionKind.CONFLICTING_NOTIFICATION);
              assertThat(conflict.opened().evidence().get("first")).contains("1200");
              assertThat(conflict.opened().evidence().get("now")).contains("1300");
              assertThat(conflict.opened().revision()).isEqualTo(1);
            });
    Reception<NotificationReceipt> more =
        Intake.receive(contradiction.receipt(), notification("t1", 1200, "o2", "d3", "k1"), SECOND);
    assertThat(more)
        .isInstanceOfSatisfying(
            Reception.Conflict.class,
            conflict -> {
              assertThat(conflict.opened().revision()).isEqualTo(3);
              assertThat(conflict.opened().orderNo()).isEqualTo("o1");
            });
    assertThat(more.receipt().deliveries()).isEqualTo(3);
    assertThat(more.receipt().conflicts()).isEqualTo(2);
  }

  @Test
  void theProvidersClockTakesNoPart() {
    PaymentFact early = payment("t1", 1200);
    PaymentFact late =
        new PaymentFact(
            "wechat",
            "a1",
            "t1",
            1200,
            "CNY",
            "p",
            "p",
            Inputs.NOW.plusSeconds(90_000),
            Inputs.NOW.plusSeconds(90_000),
            Witness.QUERY);
    assertThat(Identities.fingerprint(late, "o1")).isEqualTo(Identities.fingerprint(early, "o1"));
  }

  @Test
  void aRefundIsAnotherFactThanItsPaymentAndStuckIsAnotherThanSucceeded() {
    PaymentNotification stuck = refund("r1", RefundOutcome.ABNORMAL);
    PaymentNotification succeeded = refund("r1", RefundOutcome.SUCCEEDED);
    assertThat(
            Set.of(
                Identities.of(notification("t1", 1200, "o1", "d1", "k1")),
                Identities.of(stuck),
                Identities.of(succeeded),
                Identities.of(refund("r2", RefundOutcome.SUCCEEDED))))
        .hasSize(4);
    assertThat(Intake.receive(null, stuck, FIRST))
        .isInstanceOfSatisfying(
            Reception.First.class,
            first -> {
              assertThat(first.input().kind()).isEqualTo(InputKind.REFUND_ABNORMAL);
              assertThat(first.input().refund()).isEqualTo(stuck.refund());
            });
  }

  @Test
  void aTotalThatGrewUnderTheSameRefundNumberIsAnotherFact() {
    RefundFact before = Inputs.refundedInAll("t1", "a1", 300).refund();
    RefundFact after = Inputs.refundedInAll("t1", "a1", 500).refund();
    assertThat(Identities.of(before)).isNotEqualTo(Identities.of(after));
  }

  @Test
  void aTradeThatWasClosedUnpaidIsKeptAndCountedAndGoesNoFurther() {
    PaymentNotification closed = closed("d1");
    Reception<NotificationReceipt> first = Intake.receive(null, closed, FIRST);
    assertThat(first).isInstanceOf(Reception.Noted.class);
    assertThat(first.receipt().identity()).isEqualTo("wechat:a1:closed:o1");
    Reception<NotificationReceipt> again = Intake.receive(first.receipt(), closed("d2"), SECOND);
    assertThat(again).isInstanceOf(Reception.Duplicate.class);
    assertThat(again.receipt().deliveries()).isEqualTo(2);
  }

  @Test
  void aCommandPassesOnceAndAnotherContentUnderItsIdIsRefused() {
    OrderKey order = new OrderKey("s1", "o1");
    Instant now = Inputs.NOW;
    OrderCommand place = OrderCommand.place(order, Money.of(1200, "CNY"), "c1", "shop", now);
    OrderCommand other = OrderCommand.place(order, Money.of(1300, "CNY"), "c1", "shop", now);
    Reception<CommandReceipt> first = Intake.receive(null, place, TIME_TO_PAY, now, FIRST);
    assertThat(first).isInstanceOf(Reception.First.class);
    assertThat(Intake.receive(first.receipt(), place, TIME_TO_PAY, now, SECOND))
        .isInstanceOf(Reception.Duplicate.class);
    assertThat(Intake.receive(first.receipt(), other, TIME_TO_PAY, now, SECOND))
        .isInstanceOfSatisfying(
            Reception.Conflict.class,
            conflict -> {
              assertThat(conflict.opened().kind()).isEqualTo(ExceptionKind.COMMAND_REFUSED);
              assertThat(conflict.opened().evidence().get("reason"))
                  .startsWith("IDEMPOTENCY_CONFLICT");
            });
  }

  private static PaymentFact payment(String transactionId, long amountMinor) {
    return new PaymentFact(
        "wechat",
        "a1",
        transactionId,
        amountMinor,
        "CNY",
        "p",
        "p",
        Inputs.NOW,
        Inputs.NOW,
        Witness.CALLBACK);
  }

  private static PaymentNotification notification(
      String transactionId, long amountMinor, String orderNo, String deliveryId, String keyId) {
    return new PaymentNotification(
        PaymentNotification.SCHEMA,
        "wechat",
        "a1",
        "wechat-v3",
        "s1",
        orderNo,
        NotificationKind.PAYMENT,
        "TRANSACTION.SUCCESS",
        "n-" + deliveryId,
        deliveryId,
        Authentication.SIGNED,
        Witness.CALLBACK,
        Inputs.NOW,
        payment(transactionId, amountMinor),
        null,
        new Evidence(keyId, Map.of(), RawBytes.of(new byte[] {1})));
  }

  private static PaymentNotification refund(String refundId, RefundOutcome outcome) {
    RefundFact fact = Inputs.refund("t1", refundId, outcome, 200L, null, "CNY", 1200L).refund();
    return of(NotificationKind.REFUND, "REFUND", "d-" + refundId, fact);
  }

  private static PaymentNotification closed(String deliveryId) {
    return of(NotificationKind.TRADE_CLOSED, "TRADE_CLOSED", deliveryId, null);
  }

  private static PaymentNotification of(
      NotificationKind kind, String eventType, String deliveryId, @Nullable RefundFact refund) {
    return new PaymentNotification(
        PaymentNotification.SCHEMA,
        "wechat",
        "a1",
        "wechat-v3",
        "s1",
        "o1",
        kind,
        eventType,
        null,
        deliveryId,
        Authentication.SIGNED,
        Witness.CALLBACK,
        Inputs.NOW,
        null,
        refund,
        new Evidence("k1", Map.of(), RawBytes.of(new byte[] {1})));
  }
}

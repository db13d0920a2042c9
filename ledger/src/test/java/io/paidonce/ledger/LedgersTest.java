package io.paidonce.ledger;

import static io.paidonce.contract.ExceptionKind.AMOUNT_MISMATCH;
import static io.paidonce.contract.ExceptionKind.COMMAND_REFUSED;
import static io.paidonce.contract.ExceptionKind.CONFLICTING_NOTIFICATION;
import static io.paidonce.contract.ExceptionKind.CURRENCY_MISMATCH;
import static io.paidonce.contract.ExceptionKind.DOUBLE_PAYMENT;
import static io.paidonce.contract.ExceptionKind.LATE_PAYMENT;
import static io.paidonce.contract.ExceptionKind.PAYEE_MISMATCH;
import static io.paidonce.contract.ExceptionKind.UNKNOWN_ORDER;
import static io.paidonce.ledger.Inputs.DUE;
import static io.paidonce.ledger.Inputs.cancel;
import static io.paidonce.ledger.Inputs.paid;
import static io.paidonce.ledger.Inputs.place;
import static org.assertj.core.api.Assertions.assertThat;

import io.paidonce.contract.ExceptionState;
import io.paidonce.contract.OrderPayment;
import io.paidonce.contract.OrderStatus;
import io.paidonce.contract.PaymentStanding;
import org.junit.jupiter.api.Test;

/** One fact for each cell of the table, and for what a cell distinguishes. */
class LedgersTest {

  @Test
  void aPaymentThatFitsPaysThePendingOrder() {
    History history = History.of(place("c1", DUE), paid("t1"));
    assertThat(history.ledger.status()).isEqualTo(OrderStatus.PAID);
    assertThat(history.paid).hasSize(1);
    assertThat(history.paid.get(0).transactionId()).isEqualTo("t1");
    assertThat(history.paid.get(0).orderVersion()).isEqualTo(2);
    assertThat(history.cases).isEmpty();
  }

  @Test
  void aPaymentBeforeItsOrderIsHeldAndPaysWhenTheOrderComes() {
    History held = History.of(paid("t1"));
    assertThat(held.ledger.status()).isEqualTo(OrderStatus.UNPLACED);
    assertThat(held.kinds()).containsExactly(UNKNOWN_ORDER);
    assertThat(standing(held, "t1")).isEqualTo(PaymentStanding.SUSPENSE);

    held.apply(place("c1", DUE));
    assertThat(held.ledger.status()).isEqualTo(OrderStatus.PAID);
    assertThat(held.paid).hasSize(1);
    assertThat(held.cases.get(1).state()).isEqualTo(ExceptionState.RESOLVED);
    assertThat(held.cases.get(1).exceptionId()).isEqualTo(held.cases.get(0).exceptionId());
    assertThat(held.cases.get(1).revision()).isEqualTo(2);
  }

  @Test
  void heldPaymentsAreJudgedOneByOneWhenTheOrderComes() {
    History history = History.of(paid("short", 1, "CNY", "payee"), paid("t1"), paid("t2"));
    history.apply(place("c1", DUE));
    assertThat(history.paid).hasSize(1);
    assertThat(history.paid.get(0).transactionId()).isEqualTo("t1");
    assertThat(history.kinds())
        .containsExactly(
            UNKNOWN_ORDER,
            UNKNOWN_ORDER,
            UNKNOWN_ORDER,
            UNKNOWN_ORDER,
            UNKNOWN_ORDER,
            UNKNOWN_ORDER,
            AMOUNT_MISMATCH,
            DOUBLE_PAYMENT);
  }

  @Test
  void theSameTransactionAgainIsIgnored() {
    History history = History.of(place("c1", DUE), paid("t1"), paid("t1"));
    assertThat(history.paid).hasSize(1);
    assertThat(history.ignored).isEqualTo(1);
    assertThat(history.ledger.version()).isEqualTo(2);
  }

  @Test
  void theSameTransactionWithAnotherAmountIsAConflict() {
    History history = History.of(place("c1", DUE), paid("t1"), paid("t1", DUE + 1, "CNY", "payee"));
    assertThat(history.kinds()).containsExactly(CONFLICTING_NOTIFICATION);
    assertThat(history.ledger.version()).isEqualTo(2);
  }

  @Test
  void aSecondTransactionIsOwedBackInFullAndTheOrderIsPaidOnce() {
    History history = History.of(place("c1", DUE), paid("t1"), paid("t2"));
    assertThat(history.paid).hasSize(1);
    assertThat(history.kinds()).containsExactly(DOUBLE_PAYMENT);
    assertThat(standing(history, "t1")).isEqualTo(PaymentStanding.APPLIED);
    assertThat(standing(history, "t2")).isEqualTo(PaymentStanding.OWED_BACK);
    assertThat(history.ledger.snapshot().balances().get(0).owedBackMinor()).isEqualTo(DUE);
  }

  @Test
  void anotherAmountLeavesTheOrderPendingAndTheMoneyInSuspense() {
    History history = History.of(place("c1", DUE), paid("t1", DUE - 1, "CNY", "payee"));
    assertThat(history.ledger.status()).isEqualTo(OrderStatus.PENDING);
    assertThat(history.paid).isEmpty();
    assertThat(history.kinds()).containsExactly(AMOUNT_MISMATCH);
    assertThat(standing(history, "t1")).isEqualTo(PaymentStanding.SUSPENSE);
  }

  @Test
  void anotherCurrencyIsAMismatchEvenWithTheSameNumber() {
    History history = History.of(place("c1", DUE), paid("t1", DUE, "USD", "payee"));
    assertThat(history.paid).isEmpty();
    assertThat(history.kinds()).containsExactly(CURRENCY_MISMATCH);
  }

  @Test
  void anotherPayeeIsAMismatchBeforeAnythingElse() {
    History history = History.of(place("c1", DUE), paid("t1", 1, "USD", "thief"));
    assertThat(history.kinds()).containsExactly(PAYEE_MISMATCH);
  }

  @Test
  void theRightPaymentAfterAMismatchStillPays() {
    History history = History.of(place("c1", DUE), paid("short", 1, "CNY", "payee"), paid("t1"));
    assertThat(history.ledger.status()).isEqualTo(OrderStatus.PAID);
    assertThat(history.kinds()).containsExactly(AMOUNT_MISMATCH);
  }

  @Test
  void aMismatchOnAPaidOrderIsNoDoublePayment() {
    History history = History.of(place("c1", DUE), paid("t1"), paid("short", 1, "CNY", "payee"));
    assertThat(history.kinds()).containsExactly(AMOUNT_MISMATCH);
  }

  @Test
  void anUnpaidOrderIsCancelledOnce() {
    History history = History.of(place("c1", DUE), cancel("c2"), cancel("c3"));
    assertThat(history.ledger.status()).isEqualTo(OrderStatus.CANCELLED);
    assertThat(history.cancelled).hasSize(1);
    assertThat(history.ignored).isEqualTo(1);
  }

  @Test
  void moneyAfterCancellationIsOwedBackAndNeverPays() {
    History history = History.of(place("c1", DUE), cancel("c2"), paid("t1"));
    assertThat(history.ledger.status()).isEqualTo(OrderStatus.CANCELLED);
    assertThat(history.paid).isEmpty();
    assertThat(history.kinds()).containsExactly(LATE_PAYMENT);
    assertThat(standing(history, "t1")).isEqualTo(PaymentStanding.OWED_BACK);
  }

  @Test
  void aPaidOrderIsNotCancelled() {
    History history = History.of(place("c1", DUE), paid("t1"), cancel("c2"));
    assertThat(history.ledger.status()).isEqualTo(OrderStatus.PAID);
    assertThat(history.cancelled).isEmpty();
    assertThat(history.kinds()).containsExactly(COMMAND_REFUSED);
  }

  @Test
  void anOrderThatWasNeverPlacedIsNotCancelled() {
    assertThat(History.of(cancel("c1")).kinds()).containsExactly(COMMAND_REFUSED);
  }

  @Test
  void placingAgainWithTheSameTermsIsIgnored() {
    History history = History.of(place("c1", DUE), place("c2", DUE));
    assertThat(history.ignored).isEqualTo(1);
    assertThat(history.ledger.version()).isEqualTo(1);
  }

  @Test
  void placingAgainWithAnotherAmountIsRefusedWithBothAmounts() {
    History history = History.of(place("c1", DUE), paid("t1"), place("c2", DUE + 5));
    assertThat(history.kinds()).containsExactly(COMMAND_REFUSED);
    assertThat(history.cases.get(0).evidence().get("reason")).contains("1200", "1205");
  }

  @Test
  void aCancelledOrderIsNotPlacedAgain() {
    History history = History.of(place("c1", DUE), cancel("c2"), place("c3", DUE));
    assertThat(history.kinds()).containsExactly(COMMAND_REFUSED);
  }

  private static PaymentStanding standing(History history, String transactionId) {
    return history.ledger.snapshot().payments().stream()
        .filter(p -> p.fact().transactionId().equals(transactionId))
        .map(OrderPayment::standing)
        .findFirst()
        .orElseThrow();
  }
}

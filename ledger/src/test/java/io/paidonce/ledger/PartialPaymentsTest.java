package io.paidonce.ledger;

import static io.paidonce.ledger.Inputs.DUE;
import static io.paidonce.ledger.Inputs.cancel;
import static io.paidonce.ledger.Inputs.paid;
import static io.paidonce.ledger.Inputs.place;
import static io.paidonce.ledger.Inputs.refunded;
import static org.assertj.core.api.Assertions.assertThat;

import io.paidonce.contract.Balance;
import io.paidonce.contract.ExceptionKind;
import io.paidonce.contract.LatePayment;
import io.paidonce.contract.OrderInput;
import io.paidonce.contract.OrderPayment;
import io.paidonce.contract.OrderStatus;
import io.paidonce.contract.PaymentPolicy;
import io.paidonce.contract.PaymentStanding;
import org.junit.jupiter.api.Test;

class PartialPaymentsTest {

  private static final PaymentPolicy PARTS = new PaymentPolicy(true, LatePayment.REVIEW);
  private static final OrderInput PLACE = place("c1", DUE, PARTS);

  @Test
  void theOrderIsPaidWhenTheDistinctAmountsFirstReachWhatIsDue() {
    History history = History.of(PLACE, paid("t1", 500), paid("t1", 500), paid("t2", 699));
    assertThat(history.ledger.status()).isEqualTo(OrderStatus.PENDING);
    assertThat(history.cases).isEmpty();
    history.apply(paid("t3", 1));
    assertThat(history.ledger.status()).isEqualTo(OrderStatus.PAID);
    assertThat(history.paid).hasSize(1);
    assertThat(history.paid.get(0).amountMinor()).isEqualTo(DUE);
    assertThat(history.paid.get(0).transactionId()).isEqualTo("t3");
    assertThat(history.cases).isEmpty();
    assertThat(balance(history)).isEqualTo(new Balance("CNY", DUE, DUE, 0, 0, 0));
  }

  @Test
  void whatIsAboveTheAmountDueIsRecordedOnceAndItsEvidenceGrows() {
    History history = History.of(PLACE, paid("t1", 500), paid("t2", 800));
    assertThat(history.kinds()).containsExactly(ExceptionKind.OVERPAYMENT);
    assertThat(history.cases.get(0).evidence())
        .containsEntry("excessMinor", "100")
        .containsEntry("excessOf", "wechat:a1:t2");
    OrderPayment second = history.ledger.snapshot().payments().get(1);
    assertThat(second.standing()).isEqualTo(PaymentStanding.APPLIED);
    assertThat(second.excessMinor()).isEqualTo(100);
    assertThat(balance(history)).isEqualTo(new Balance("CNY", 1300, DUE, 100, 0, 0));

    history.apply(paid("t3", 7));
    assertThat(history.paid).hasSize(1);
    assertThat(history.open()).containsExactly("OVERPAYMENT/s1:o1/order");
    assertThat(history.cases.get(1).revision()).isEqualTo(2);
    assertThat(history.cases.get(1).evidence()).containsEntry("excessMinor", "107");
  }

  @Test
  void aRefundFirstTakesFromWhatIsTooMuchAndHealsTheCase() {
    History history = History.of(PLACE, paid("t1", 500), paid("t2", 800));
    history.apply(refunded("t1", "r1", 100));
    assertThat(history.open()).isEmpty();
    assertThat(balance(history)).isEqualTo(new Balance("CNY", 1300, DUE, 0, 0, 100));
  }

  @Test
  void onePaymentOfAllThatIsDuePaysToo() {
    History history = History.of(PLACE, paid("t1"));
    assertThat(history.ledger.status()).isEqualTo(OrderStatus.PAID);
    assertThat(history.cases).isEmpty();
  }

  @Test
  void partsBeforeTheOrderPayItWhenItComes() {
    History history = History.of(paid("t1", 500), paid("t2", 700), PLACE);
    assertThat(history.ledger.status()).isEqualTo(OrderStatus.PAID);
    assertThat(history.open()).isEmpty();
  }

  @Test
  void aPartInAnotherCurrencyOrToAnotherPayeeCountsForNothing() {
    History history =
        History.of(
            PLACE, paid("t1", 500), paid("t2", 700, "USD", "payee"), paid("t3", 700, "CNY", "x"));
    assertThat(history.ledger.status()).isEqualTo(OrderStatus.PENDING);
    assertThat(history.kinds())
        .containsExactly(ExceptionKind.CURRENCY_MISMATCH, ExceptionKind.PAYEE_MISMATCH);
  }

  @Test
  void aPartThatWentBackCountsForNothingAndAPersonIsAsked() {
    History history = History.of(PLACE, paid("t1", 500), refunded("t1", "r1", 500));
    assertThat(history.open()).isEmpty();
    history.apply(paid("t2", 700));
    assertThat(history.ledger.status()).isEqualTo(OrderStatus.PENDING);
    assertThat(history.open()).containsExactly("UNDERPAID/s1:o1/order");
    history.apply(paid("t3", 500));
    assertThat(history.ledger.status()).isEqualTo(OrderStatus.PAID);
    assertThat(history.open()).isEmpty();
  }

  @Test
  void aWholePartThatGoesBackOfAPaidOrderAsksTheSame() {
    History history =
        History.of(PLACE, paid("t1", 500), paid("t2", 700), refunded("t1", "r1", 500));
    assertThat(history.ledger.status()).isEqualTo(OrderStatus.PAID);
    assertThat(history.open()).containsExactly("UNDERPAID/s1:o1/order");
  }

  @Test
  void theOrderIsRefundedWhenNothingOfAnyPartIsLeft() {
    History history = History.of(PLACE, paid("t1", 500), paid("t2", 700));
    history.apply(refunded("t1", "r1", 500));
    assertThat(history.refunded).isEmpty();
    history.apply(refunded("t2", "r2", 700));
    assertThat(history.ledger.status()).isEqualTo(OrderStatus.REFUNDED);
    assertThat(history.refunded.get(0).amountMinor()).isEqualTo(DUE);
    assertThat(history.open()).isEmpty();
    assertThat(balance(history)).isEqualTo(new Balance("CNY", DUE, 0, 0, 0, DUE));
  }

  @Test
  void partsThatAllWentBackAreNeverShipped() {
    History history =
        History.of(
            PLACE,
            paid("t1", 500),
            refunded("t1", "r1", 500),
            refunded("t2", "r2", 700),
            paid("t2", 700));
    assertThat(history.ledger.status()).isEqualTo(OrderStatus.REFUNDED);
    assertThat(history.paid).isEmpty();
  }

  @Test
  void moneyAfterTheRefundIsTooMuch() {
    History history = History.of(PLACE, paid("t1"), refunded("t1", "r1", DUE), paid("t2", 300));
    assertThat(history.ledger.status()).isEqualTo(OrderStatus.REFUNDED);
    assertThat(history.open()).containsExactly("OVERPAYMENT/s1:o1/order");
    assertThat(balance(history)).isEqualTo(new Balance("CNY", DUE + 300, 0, 300, 0, DUE));
  }

  @Test
  void partsOfACancelledOrderAreOwedBackWhicheverCameFirst() {
    for (OrderInput[] arrival :
        new OrderInput[][] {
          {PLACE, paid("t1", 500), cancel("c2")}, {PLACE, cancel("c2"), paid("t1", 500)}
        }) {
      History history = History.of(arrival);
      assertThat(history.ledger.status()).isEqualTo(OrderStatus.CANCELLED);
      assertThat(history.open()).containsExactly("LATE_PAYMENT/s1:o1/wechat:a1:t1");
      assertThat(balance(history)).isEqualTo(new Balance("CNY", 500, 0, 500, 0, 0));
    }
  }

  @Test
  void whereOnePaymentPaysAPartIsAMismatch() {
    History history = History.of(place("c1", DUE), paid("t1", 500), paid("t2", 700));
    assertThat(history.ledger.status()).isEqualTo(OrderStatus.PENDING);
    assertThat(history.kinds())
        .containsExactly(ExceptionKind.AMOUNT_MISMATCH, ExceptionKind.AMOUNT_MISMATCH);
  }

  private static Balance balance(History history) {
    return history.ledger.snapshot().balances().get(0);
  }
}

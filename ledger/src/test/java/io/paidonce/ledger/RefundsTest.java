package io.paidonce.ledger;

import static io.paidonce.contract.ExceptionKind.AMOUNT_MISMATCH;
import static io.paidonce.contract.ExceptionKind.COMMAND_REFUSED;
import static io.paidonce.contract.ExceptionKind.CONFLICTING_NOTIFICATION;
import static io.paidonce.contract.ExceptionKind.DOUBLE_PAYMENT;
import static io.paidonce.contract.ExceptionKind.LATE_PAYMENT;
import static io.paidonce.contract.ExceptionKind.REFUND_ABNORMAL;
import static io.paidonce.contract.ExceptionKind.REFUND_CLOSED;
import static io.paidonce.contract.ExceptionKind.REFUND_EXCEEDS_PAYMENT;
import static io.paidonce.contract.ExceptionKind.REFUND_MISMATCH;
import static io.paidonce.contract.ExceptionKind.REFUND_WITHOUT_PAYMENT;
import static io.paidonce.contract.ExceptionKind.UNKNOWN_ORDER;
import static io.paidonce.ledger.Inputs.DUE;
import static io.paidonce.ledger.Inputs.cancel;
import static io.paidonce.ledger.Inputs.paid;
import static io.paidonce.ledger.Inputs.place;
import static io.paidonce.ledger.Inputs.refund;
import static io.paidonce.ledger.Inputs.refunded;
import static io.paidonce.ledger.Inputs.refundedInAll;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.paidonce.contract.Balance;
import io.paidonce.contract.ExceptionCase;
import io.paidonce.contract.ExceptionState;
import io.paidonce.contract.JsonSerde;
import io.paidonce.contract.OrderInput;
import io.paidonce.contract.OrderStatus;
import io.paidonce.contract.RefundFact;
import io.paidonce.contract.RefundOutcome;
import org.junit.jupiter.api.Test;

class RefundsTest {

  @Test
  void aPartialRefundIsAnAmountAndNoStatus() {
    History history = paidAnd(refunded("t1", "r1", 200));
    assertThat(history.ledger.status()).isEqualTo(OrderStatus.PAID);
    assertThat(history.refunded).isEmpty();
    assertThat(balance(history)).isEqualTo(new Balance("CNY", DUE, DUE - 200, 0, 0, 200));
    assertThat(history.transitions.get(2).after().payments().get(0).refundedMinor()).isEqualTo(200);
  }

  @Test
  void partialRefundsThatReachThePaymentMakeTheOrderRefundedOnce() {
    History history =
        paidAnd(refunded("t1", "r1", 200), refunded("t1", "r2", 300), refunded("t1", "r3", 700));
    assertThat(history.ledger.status()).isEqualTo(OrderStatus.REFUNDED);
    assertThat(history.refunded).hasSize(1);
    assertThat(history.refunded.get(0).orderVersion()).isEqualTo(5);
    assertThat(history.refunded.get(0).amountMinor()).isEqualTo(DUE);
    assertThat(balance(history)).isEqualTo(new Balance("CNY", DUE, 0, 0, 0, DUE));
  }

  @Test
  void ofTotalsTheLargestCountsWhateverCameLast() {
    History history =
        paidAnd(
            refundedInAll("t1", "a1", 200),
            refundedInAll("t1", "a2", 900),
            refundedInAll("t1", "a1", 300));
    assertThat(balance(history).refundedMinor()).isEqualTo(900);
  }

  @Test
  void aRefundStatedAloneAndWithinATotalCountsOnce() {
    History history = paidAnd(refunded("t1", "r1", 200), refundedInAll("t1", "r1", 200));
    assertThat(balance(history).refundedMinor()).isEqualTo(200);
  }

  @Test
  void theSameRefundAgainIsIgnored() {
    History history = paidAnd(refunded("t1", "r1", 200), refunded("t1", "r1", 200));
    assertThat(history.ignored).isEqualTo(1);
    assertThat(balance(history).refundedMinor()).isEqualTo(200);
  }

  @Test
  void theSameRefundWithAnotherAmountIsAConflictAndTheFirstStands() {
    History history = paidAnd(refunded("t1", "r1", 200), refunded("t1", "r1", 201));
    assertThat(history.kinds()).containsExactly(CONFLICTING_NOTIFICATION);
    assertThat(balance(history).refundedMinor()).isEqualTo(200);
  }

  @Test
  void moreThanThePaymentIsCountedUpToItAndAPersonIsAsked() {
    History history = paidAnd(refunded("t1", "r1", DUE - 1), refunded("t1", "r2", 2));
    assertThat(balance(history)).isEqualTo(new Balance("CNY", DUE, 0, 0, 0, DUE));
    assertThat(history.kinds()).containsExactly(REFUND_EXCEEDS_PAYMENT);
  }

  @Test
  void aRefundBeforeItsPaymentWaitsAndHealsWhenThatComes() {
    History history = History.of(place("c1", DUE), refunded("t1", "r1", 200));
    assertThat(history.ledger.status()).isEqualTo(OrderStatus.PENDING);
    assertThat(history.kinds()).containsExactly(REFUND_WITHOUT_PAYMENT);
    history.apply(paid("t1"));
    assertThat(history.ledger.status()).isEqualTo(OrderStatus.PAID);
    assertThat(history.paid).hasSize(1);
    assertThat(history.open()).isEmpty();
    assertThat(history.cases.get(1).state()).isEqualTo(ExceptionState.RESOLVED);
    assertThat(history.cases.get(1).revision()).isEqualTo(2);
    assertThat(balance(history).refundedMinor()).isEqualTo(200);
  }

  @Test
  void whatWentBackBeforeItsPaymentWasKnownIsNeverShipped() {
    History history = History.of(place("c1", DUE), refunded("t1", "r1", DUE), paid("t1"));
    assertThat(history.ledger.status()).isEqualTo(OrderStatus.REFUNDED);
    assertThat(history.paid).isEmpty();
    assertThat(history.refunded).hasSize(1);
    assertThat(history.open()).isEmpty();
  }

  @Test
  void anOrderPlacedAfterItsPaymentWentBackIsRefundedAndNeverPaid() {
    History history = History.of(paid("t1"), refunded("t1", "r1", DUE), place("c1", DUE));
    assertThat(history.ledger.status()).isEqualTo(OrderStatus.REFUNDED);
    assertThat(history.paid).isEmpty();
    assertThat(history.kinds()).containsExactly(UNKNOWN_ORDER, UNKNOWN_ORDER);
    assertThat(history.open()).isEmpty();
  }

  @Test
  void anOrderPlacedLateIsPaidByTheMoneyThatIsStillThere() {
    History history =
        History.of(paid("t1"), paid("t2"), refunded("t1", "r1", DUE), place("c1", DUE));
    assertThat(history.ledger.status()).isEqualTo(OrderStatus.PAID);
    assertThat(history.paid.get(0).transactionId()).isEqualTo("t2");
    assertThat(history.open()).isEmpty();
  }

  @Test
  void refundingTheSecondPaymentClosesItsCaseAndLeavesTheOrderPaid() {
    History history = paidAnd(paid("t2"), refunded("t2", "r1", DUE));
    assertThat(history.ledger.status()).isEqualTo(OrderStatus.PAID);
    assertThat(history.kinds()).containsExactly(DOUBLE_PAYMENT, DOUBLE_PAYMENT);
    assertThat(history.open()).isEmpty();
    assertThat(balance(history)).isEqualTo(new Balance("CNY", 2 * DUE, DUE, 0, 0, DUE));
  }

  @Test
  void refundingPartOfTheSecondPaymentLeavesTheRestOwedBack() {
    History history = paidAnd(paid("t2"), refunded("t2", "r1", 200));
    assertThat(history.open()).containsExactly("DOUBLE_PAYMENT/s1:o1/wechat:a1:t2");
    assertThat(balance(history).owedBackMinor()).isEqualTo(DUE - 200);
  }

  @Test
  void refundingLateMoneyClosesItsCaseAndTheOrderStaysCancelled() {
    History history =
        History.of(place("c1", DUE), cancel("c2"), paid("t1"), refunded("t1", "r1", DUE));
    assertThat(history.ledger.status()).isEqualTo(OrderStatus.CANCELLED);
    assertThat(history.kinds()).containsExactly(LATE_PAYMENT, LATE_PAYMENT);
    assertThat(history.open()).isEmpty();
    assertThat(history.refunded).isEmpty();
  }

  @Test
  void refundingAMismatchClosesItsCaseAndTheRightPaymentStillPays() {
    History history =
        History.of(
            place("c1", DUE),
            paid("short", 900, "CNY", "payee"),
            refunded("short", "r1", 900),
            paid("t1"));
    assertThat(history.ledger.status()).isEqualTo(OrderStatus.PAID);
    assertThat(history.kinds()).containsExactly(AMOUNT_MISMATCH, AMOUNT_MISMATCH);
    assertThat(history.open()).isEmpty();
  }

  @Test
  void aStuckRefundWaitsForAPersonUntilItSucceeds() {
    History history = paidAnd(outcome("r1", RefundOutcome.ABNORMAL));
    assertThat(history.kinds()).containsExactly(REFUND_ABNORMAL);
    assertThat(balance(history).refundedMinor()).isZero();
    history.apply(refunded("t1", "r1", DUE));
    assertThat(history.ledger.status()).isEqualTo(OrderStatus.REFUNDED);
    assertThat(history.open()).isEmpty();
  }

  @Test
  void aStuckRefundReportedAfterItsSuccessAsksNobody() {
    History history = paidAnd(refunded("t1", "r1", 200), outcome("r1", RefundOutcome.ABNORMAL));
    assertThat(history.kinds()).isEmpty();
    assertThat(history.ledger.version()).isEqualTo(4);
  }

  @Test
  void aFailedRefundAsksUntilTheMoneyWentBackAnotherWay() {
    History history = paidAnd(outcome("r1", RefundOutcome.CLOSED));
    assertThat(history.kinds()).containsExactly(REFUND_CLOSED);
    history.apply(refunded("t1", "r2", DUE));
    assertThat(history.open()).isEmpty();
  }

  @Test
  void aRefundThatFailedAndSucceededIsAContradictionAndItsMoneyCounts() {
    History history = paidAnd(outcome("r1", RefundOutcome.CLOSED), refunded("t1", "r1", 200));
    assertThat(history.open()).containsExactly("CONFLICTING_NOTIFICATION/s1:o1/wechat:a1:t1:r1");
    assertThat(balance(history).refundedMinor()).isEqualTo(200);
  }

  @Test
  void aRefundInAnotherCurrencyIsCountedNowhereAndAPersonIsAsked() {
    History history = paidAnd(refund("t1", "r1", RefundOutcome.SUCCEEDED, DUE, null, "USD", null));
    assertThat(history.ledger.status()).isEqualTo(OrderStatus.PAID);
    assertThat(history.kinds()).containsExactly(REFUND_MISMATCH);
    assertThat(balance(history).refundedMinor()).isZero();
  }

  @Test
  void aRefundOfAPaymentOfAnotherAmountCountsAndAPersonIsAsked() {
    History history =
        paidAnd(refund("t1", "r1", RefundOutcome.SUCCEEDED, 200L, null, "CNY", DUE + 1));
    assertThat(history.kinds()).containsExactly(REFUND_MISMATCH);
    assertThat(balance(history).refundedMinor()).isEqualTo(200);
  }

  @Test
  void aRefundedOrderIsNeitherCancelledNorPlacedAnew() {
    History history = paidAnd(refunded("t1", "r1", DUE), cancel("c2"), place("c3", DUE));
    assertThat(history.ledger.status()).isEqualTo(OrderStatus.REFUNDED);
    assertThat(history.kinds()).containsExactly(COMMAND_REFUSED);
    assertThat(history.ignored).isEqualTo(1);
  }

  @Test
  void aWholeTradeWithoutARefundNumberIsOneRefund() {
    History history = paidAnd(refundedInAll("t1", RefundFact.FULL, DUE));
    assertThat(history.ledger.status()).isEqualTo(OrderStatus.REFUNDED);
  }

  @Test
  void aLedgerThatTheFirstBuildStoredIsReadAndItsCaseHealsOnce() throws Exception {
    History history = History.of(place("c1", DUE), paid("t1"), paid("t2"));
    JsonSerde<OrderLedger> stored = JsonSerde.of(OrderLedger.class);
    ObjectNode json = (ObjectNode) new ObjectMapper().readTree(stored.write(history.ledger));
    json.remove("refunds");
    json.remove("cases");
    json.remove("observations");
    ((ObjectNode) json.get("terms")).remove("policy");
    history.ledger = stored.read(json.toString().getBytes(UTF_8));
    history.apply(refunded("t2", "r1", DUE));
    assertThat(history.cases).extracting(ExceptionCase::revision).containsExactly(1L, 2L);
    assertThat(history.open()).isEmpty();
  }

  private static OrderInput outcome(String refundId, RefundOutcome outcome) {
    return refund("t1", refundId, outcome, 200L, null, "CNY", null);
  }

  private static History paidAnd(OrderInput... inputs) {
    History history = History.of(place("c1", DUE), paid("t1"));
    for (OrderInput input : inputs) {
      history.apply(input);
    }
    return history;
  }

  private static Balance balance(History history) {
    return history.ledger.snapshot().balances().get(0);
  }
}

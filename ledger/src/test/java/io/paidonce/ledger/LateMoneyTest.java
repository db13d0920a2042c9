package io.paidonce.ledger;

import static io.paidonce.ledger.Inputs.DUE;
import static io.paidonce.ledger.Inputs.ask;
import static io.paidonce.ledger.Inputs.cancel;
import static io.paidonce.ledger.Inputs.paid;
import static io.paidonce.ledger.Inputs.place;
import static io.paidonce.ledger.Inputs.refunded;
import static io.paidonce.ledger.Inputs.ship;
import static org.assertj.core.api.Assertions.assertThat;

import io.paidonce.contract.DoublePayment;
import io.paidonce.contract.LatePayment;
import io.paidonce.contract.OrderInput;
import io.paidonce.contract.OrderStatus;
import io.paidonce.contract.PaymentPolicy;
import io.paidonce.contract.ProviderRequest;
import io.paidonce.contract.RefundOutcome;
import io.paidonce.contract.RequestKind;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Money that comes after its order was cancelled. */
class LateMoneyTest {

  @Test
  void reviewKeepsTheCaseOpenAndAsksForNothing() {
    History history = late(LatePayment.REVIEW, false, paid("t1"));
    assertThat(history.ledger.status()).isEqualTo(OrderStatus.CANCELLED);
    assertThat(history.open()).containsExactly("LATE_PAYMENT/s1:o1/wechat:a1:t1");
    assertThat(history.requests).isEmpty();
  }

  @Test
  void reopenBringsTheOrderBackAndSaysPaidOnce() {
    History history = late(LatePayment.REOPEN, false, paid("t1"), paid("t1"), paid("t2"));
    assertThat(history.ledger.status()).isEqualTo(OrderStatus.PAID);
    assertThat(history.paid).hasSize(1);
    assertThat(history.paid.get(0).orderVersion()).isEqualTo(3);
    assertThat(history.cancelled).hasSize(1);
    assertThat(history.open()).containsExactly("DOUBLE_PAYMENT/s1:o1/wechat:a1:t2");
    history.apply(cancel("again"));
    assertThat(history.ledger.status()).isEqualTo(OrderStatus.PAID);
    history.apply(ship("c3"));
    assertThat(history.ledger.status()).isEqualTo(OrderStatus.SHIPPED);
  }

  @Test
  void whatWentBackReopensNothing() {
    History history = late(LatePayment.REOPEN, false, refunded("t1", "r1", DUE), paid("t1"));
    assertThat(history.ledger.status()).isEqualTo(OrderStatus.CANCELLED);
    assertThat(history.paid).isEmpty();
    assertThat(history.open()).isEmpty();
    history.apply(paid("t2"));
    assertThat(history.ledger.status()).isEqualTo(OrderStatus.PAID);
  }

  @Test
  void partsReopenWhenTheyReachWhatIsDue() {
    History history = late(LatePayment.REOPEN, true, paid("t1", 500));
    assertThat(history.ledger.status()).isEqualTo(OrderStatus.CANCELLED);
    assertThat(history.open()).containsExactly("LATE_PAYMENT/s1:o1/wechat:a1:t1");
    history.apply(paid("t2", 700));
    assertThat(history.ledger.status()).isEqualTo(OrderStatus.PAID);
    assertThat(history.open()).isEmpty();
  }

  @Test
  void aMismatchReopensNothingAndIsNotRefundedByItself() {
    for (LatePayment policy : LatePayment.values()) {
      History history = late(policy, false, paid("t1", 7));
      assertThat(history.ledger.status()).isEqualTo(OrderStatus.CANCELLED);
      assertThat(history.open()).containsExactly("AMOUNT_MISMATCH/s1:o1/wechat:a1:t1");
      assertThat(history.requests).isEmpty();
    }
  }

  @Test
  void refundAsksOnceUnderANumberMadeOfWhatItRefunds() {
    History history = late(LatePayment.REFUND, false, paid("t1"), paid("t1"), paid("t2"));
    assertThat(history.ledger.status()).isEqualTo(OrderStatus.CANCELLED);
    assertThat(history.requests)
        .extracting(ProviderRequest::transactionId)
        .containsExactly("t1", "t2");
    ProviderRequest request = history.requests.get(0);
    assertThat(request.kind()).isEqualTo(RequestKind.REFUND);
    assertThat(request.amountMinor()).isEqualTo(DUE);
    assertThat(request.orderVersion()).isEqualTo(3);
    assertThat(request.refundNo()).matches("[0-9A-Za-z_-]{1,64}");
    assertThat(request.refundNo()).isNotEqualTo(history.requests.get(1).refundNo());
    // The number must outlive every build: another one would refund again.
    assertThat(request.refundNo()).isEqualTo("po-69d4265fc9eb173158a43f4b448e969e9869d614");
    assertThat(history.cases.get(0).evidence())
        .containsEntry("policy", "REFUND")
        .containsEntry("refundNo", request.refundNo());
  }

  @Test
  void ofALatePaymentThatPartlyWentBackTheRestIsAskedFor() {
    History history = late(LatePayment.REFUND, false, refunded("t1", "r1", 200), paid("t1"));
    assertThat(history.requests).hasSize(1);
    assertThat(history.requests.get(0).amountMinor()).isEqualTo(DUE - 200);
    assertThat(history.requests.get(0).paymentMinor()).isEqualTo(DUE);
  }

  @Test
  void whatWentBackInFullIsNotAskedForAgain() {
    assertThat(late(LatePayment.REFUND, false, refunded("t1", "r1", DUE), paid("t1")).requests)
        .isEmpty();
    History history = late(LatePayment.REFUND, false, paid("t1"), refunded("t1", "r1", DUE));
    assertThat(history.requests).hasSize(1);
    assertThat(history.open()).isEmpty();
  }

  @Test
  void partsThatWerePaidBeforeTheCancelAreAskedFor() {
    History history =
        History.of(
            place("c1", DUE, new PaymentPolicy(true, LatePayment.REFUND)),
            paid("t1", 500),
            cancel("c2"));
    assertThat(history.requests).extracting(ProviderRequest::transactionId).containsExactly("t1");
  }

  @Test
  void untilTheProviderTellsItIsAskedForAgainUnderTheSameNumberWithTheSameContent() {
    History history = late(LatePayment.REFUND, false, paid("t1"));
    for (int attempt = 2; attempt < 12; attempt++) {
      ProviderRequest last = history.requests.get(history.requests.size() - 1);
      Wake wake = history.ledger.wake();
      assertThat(wake).isEqualTo(new Wake(last.until(), Wake.Why.ASK));
      // A refund by hand makes it less, and must not make it another refund.
      history.apply(attempt == 5 ? refunded("t1", "by-hand", 200) : ask(wake.at()));
      history.apply(ask(wake.at()));
      ProviderRequest again = history.requests.get(history.requests.size() - 1);
      assertThat(again.attempt()).isEqualTo(attempt);
      assertThat(again.refundNo()).isEqualTo(last.refundNo());
      assertThat(again.amountMinor()).isEqualTo(DUE);
      assertThat(again.requestId()).isEqualTo(last.requestId());
    }
    assertThat(history.requests).hasSize(11);
  }

  @ParameterizedTest
  @EnumSource(RefundOutcome.class)
  void whateverBecomesOfItEndsTheAsking(RefundOutcome outcome) {
    History history = late(LatePayment.REFUND, false, paid("t1"));
    String number = history.requests.get(0).refundNo();
    history.apply(Inputs.refund("t1", number, outcome, DUE, null, "CNY", null));
    assertThat(history.ledger.wake()).isNull();
    assertThat(history.requests).hasSize(1);
    assertThat(history.open().isEmpty()).isEqualTo(outcome == RefundOutcome.SUCCEEDED);
  }

  @Test
  void aSecondPaymentIsRefundedByPolicyOnce() {
    PaymentPolicy policy = PaymentPolicy.DEFAULT.onDoublePayment(DoublePayment.REFUND);
    History history =
        History.of(place("c1", DUE, policy), paid("t1"), paid("t2"), paid("t2"), ship("c2"));
    assertThat(history.ledger.status()).isEqualTo(OrderStatus.SHIPPED);
    assertThat(history.open()).containsExactly("DOUBLE_PAYMENT/s1:o1/wechat:a1:t2");
    assertThat(history.requests).hasSize(1);
    ProviderRequest request = history.requests.get(0);
    assertThat(request.transactionId()).isEqualTo("t2");
    assertThat(request.reason()).isEqualTo("DOUBLE_PAYMENT");
    assertThat(history.cases.get(0).evidence()).containsEntry("refundNo", request.refundNo());
    history.apply(refunded("t2", request.refundNo(), DUE));
    assertThat(history.open()).isEmpty();
    assertThat(history.ledger.wake()).isNull();
    assertThat(history.ledger.status()).isEqualTo(OrderStatus.SHIPPED);
  }

  private static History late(LatePayment policy, boolean parts, OrderInput... inputs) {
    History history = History.of(place("c1", DUE, new PaymentPolicy(parts, policy)), cancel("c2"));
    for (OrderInput input : inputs) {
      history.apply(input);
    }
    return history;
  }
}

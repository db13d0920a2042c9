package io.paidonce.providers.alipay;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.paidonce.contract.NotificationKind;
import io.paidonce.contract.PaymentNotification;
import io.paidonce.contract.RefundFact;
import io.paidonce.contract.RefundOutcome;
import io.paidonce.providers.CallbackSigner.RefundNotice;
import io.paidonce.providers.Callbacks;
import io.paidonce.providers.SignedCallback;
import io.paidonce.providers.Verdict;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The signer's notices are what the account reads, whole and not only as mutations. */
class AlipaySignerTest {

  private static final AlipaySigner SIGNER = AlipayFixture.signer();

  @Test
  void theLastOfTwoRefundsClosesTheTradeAndStatesTheSum() {
    List<PaymentNotification> first = read(SIGNER.refund(refund("R-1", 500, 500), Callbacks.NOW));
    List<PaymentNotification> last = read(SIGNER.refund(refund("R-2", 700, 1200), Callbacks.NOW));
    assertThat(first.get(0).eventType()).isEqualTo("TRADE_SUCCESS");
    assertThat(last.get(0).eventType()).isEqualTo("TRADE_CLOSED");
    assertThat(first.get(0).refund().refundedTotalMinor()).isEqualTo(500);
    assertThat(last.get(0).refund().refundedTotalMinor()).isEqualTo(1200);
    assertThat(last.get(1).payment().amountMinor()).isEqualTo(1200);
  }

  @Test
  void aRefundWithoutANumberIsOfTheWholeTrade() {
    PaymentNotification read = read(SIGNER.refund(refund(null, 1200, 1200), Callbacks.NOW)).get(0);
    assertThat(read.refund().refundId()).isEqualTo(RefundFact.FULL);
    assertThat(read.refund().merchantRefundNo()).isNull();
  }

  @Test
  void aFailedRefundHasNoNotice() {
    RefundNotice good = AlipayFixture.REFUND;
    for (RefundOutcome outcome : List.of(RefundOutcome.ABNORMAL, RefundOutcome.CLOSED)) {
      RefundNotice failed =
          new RefundNotice("", good.payment(), "", "R-1", outcome, 500, 500, good.refundedAt());
      assertThatThrownBy(() -> SIGNER.refund(failed, Callbacks.NOW))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining(outcome.name());
    }
  }

  @Test
  void aFinishedTradeIsPaid() {
    PaymentNotification read = only(SIGNER.finished(AlipayFixture.NOTICE, Callbacks.NOW));
    assertThat(read.eventType()).isEqualTo("TRADE_FINISHED");
    assertThat(read.kind()).isEqualTo(NotificationKind.PAYMENT);
  }

  @Test
  void aClosedTradeIsNot() {
    PaymentNotification read = only(SIGNER.closed(AlipayFixture.NOTICE, Callbacks.NOW));
    assertThat(read.kind()).isEqualTo(NotificationKind.TRADE_CLOSED);
    assertThat(read.orderNo()).isEqualTo(AlipayFixture.NOTICE.orderNo());
  }

  private static RefundNotice refund(String refundNo, long amountMinor, long totalMinor) {
    return new RefundNotice(
        "notify-" + totalMinor,
        AlipayFixture.NOTICE,
        "",
        refundNo,
        RefundOutcome.SUCCEEDED,
        amountMinor,
        totalMinor,
        Callbacks.NOW);
  }

  private static PaymentNotification only(SignedCallback callback) {
    List<PaymentNotification> read = read(callback);
    assertThat(read).hasSize(1);
    return read.get(0);
  }

  private static List<PaymentNotification> read(SignedCallback callback) {
    return ((Verdict.Authentic) AlipayFixture.account().receive(Callbacks.received(callback)))
        .notifications();
  }
}

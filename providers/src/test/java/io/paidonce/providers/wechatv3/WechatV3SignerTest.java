package io.paidonce.providers.wechatv3;

import static org.assertj.core.api.Assertions.assertThat;

import io.paidonce.contract.PaymentNotification;
import io.paidonce.contract.RefundOutcome;
import io.paidonce.providers.CallbackSigner.RefundNotice;
import io.paidonce.providers.Callbacks;
import io.paidonce.providers.SignedCallback;
import io.paidonce.providers.Verdict;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The signer's notices are what the account reads, whole and not only as mutations. */
class WechatV3SignerTest {

  private static final WechatV3Signer SIGNER = WechatV3Fixture.signer();

  @Test
  void aRefundOfEachOutcomeIsReadAsThat() {
    for (RefundOutcome outcome : RefundOutcome.values()) {
      RefundNotice good = WechatV3Fixture.REFUND;
      RefundNotice refund =
          new RefundNotice(
              good.notificationId(),
              good.payment(),
              good.refundId(),
              good.merchantRefundNo(),
              outcome,
              good.amountMinor(),
              good.refundedTotalMinor(),
              good.refundedAt());
      PaymentNotification read = read(SIGNER.refund(refund, Callbacks.NOW)).get(0);
      assertThat(read.refund().outcome()).isEqualTo(outcome);
      assertThat(read.refund().refundId()).isEqualTo(good.refundId());
      assertThat(read.refund().occurredAt() != null)
          .as("only a success has a time")
          .isEqualTo(outcome == RefundOutcome.SUCCEEDED);
    }
  }

  @Test
  void aCombinedPaymentPaysEachOfItsOrders() {
    List<PaymentNotification> read = read(SIGNER.combined(WechatV3Fixture.COMBINED, Callbacks.NOW));
    assertThat(read)
        .extracting(PaymentNotification::orderNo)
        .containsExactly("ORDER-1", "ORDER-2", "ORDER-3");
    assertThat(read)
        .extracting(PaymentNotification::key)
        .containsExactly(
            "wechat:1900000001:4200001234",
            "wechat:1900000001:4200001235",
            "wechat:1900000001:4200001236");
    assertThat(read)
        .extracting(PaymentNotification::notificationId)
        .containsOnly(WechatV3Fixture.COMBINED.notificationId());
  }

  private static List<PaymentNotification> read(SignedCallback callback) {
    return ((Verdict.Authentic) WechatV3Fixture.account().receive(Callbacks.received(callback)))
        .notifications();
  }
}

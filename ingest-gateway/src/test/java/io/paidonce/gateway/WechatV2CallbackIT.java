package io.paidonce.gateway;

import static io.paidonce.gateway.RunningGateway.NOW;
import static org.assertj.core.api.Assertions.assertThat;

import io.paidonce.contract.Authentication;
import io.paidonce.contract.NotificationKind;
import io.paidonce.contract.PaymentNotification;
import io.paidonce.contract.RefundOutcome;
import io.paidonce.gateway.RawHttp.Answer;
import io.paidonce.gateway.TopicTail.Received;
import io.paidonce.providers.CallbackSigner.PaidNotice;
import io.paidonce.providers.CallbackSigner.RefundNotice;
import io.paidonce.providers.wechatv2.WechatV2NoticeSigner;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Notices of WeChat Pay v2 by HTTP, down to what a real broker holds afterwards. */
class WechatV2CallbackIT {

  private static final WechatV2NoticeSigner SIGNER = Shops.wechatV2Signer(new Random(1));

  private static RunningGateway running;

  @BeforeAll
  static void start() {
    running = RunningGateway.onTheSharedBroker();
  }

  @AfterAll
  static void stop() {
    running.close();
  }

  @Test
  void aPaymentStandsUnderTheKeyThatV3WouldGiveIt() {
    PaidNotice notice = Shops.notice(NOW);
    assertAnswer(running.send(Shops.WECHAT_V2, SIGNER.payment(notice, NOW)), 200, "SUCCESS", "OK");
    Received<PaymentNotification> stored = stored();
    assertThat(stored.key()).isEqualTo("wechat:1900000001:" + notice.transactionId());
    assertThat(stored.value().authentication()).isEqualTo(Authentication.SIGNED);
    assertThat(stored.value().payment().amountMinor()).isEqualTo(1_200);
  }

  @Test
  void aRefundIsStoredAsUnsigned() {
    PaidNotice notice = Shops.notice(NOW);
    RefundNotice refund =
        new RefundNotice("", notice, "503001", "R-1", RefundOutcome.SUCCEEDED, 200, 200, NOW);
    assertAnswer(running.send(Shops.WECHAT_V2, SIGNER.refund(refund, NOW)), 200, "SUCCESS", "OK");
    Received<PaymentNotification> stored = stored();
    assertThat(stored.key()).isEqualTo("wechat:1900000001:" + notice.transactionId());
    assertThat(stored.value().kind()).isEqualTo(NotificationKind.REFUND);
    assertThat(stored.value().authentication()).isEqualTo(Authentication.UNSIGNED);
  }

  @Test
  void whatIsNotSignedIsDeclinedInXml() {
    var fields = SIGNER.fields(Shops.notice(NOW));
    var other = Shops.wechatV2Signer(new Random(2)).signed(fields);
    String altered =
        new String(other.body().bytes(), java.nio.charset.StandardCharsets.UTF_8)
            .replace("[1200]", "[1]");
    assertAnswer(
        running.sendRaw(RawHttp.post(Shops.WECHAT_V2, "Content-Type: text/xml\r\n", altered)),
        401,
        "FAIL",
        "not accepted");
    assertAnswer(
        running.sendRaw(RawHttp.post(Shops.WECHAT_V2, "", "<!DOCTYPE xml><xml></xml>")),
        400,
        "FAIL",
        "not accepted");
    assertThat(running.notifications.read()).isEmpty();
  }

  private static Received<PaymentNotification> stored() {
    List<Received<PaymentNotification>> stored = running.notifications.read();
    assertThat(stored).hasSize(1);
    return stored.get(0);
  }

  private static void assertAnswer(Answer answer, int status, String code, String message) {
    assertThat(answer.status()).isEqualTo(status);
    assertThat(answer.body())
        .isEqualTo(
            "<xml><return_code><![CDATA["
                + code
                + "]]></return_code><return_msg><![CDATA["
                + message
                + "]]></return_msg></xml>");
  }
}

package io.paidonce.providers.wechatv3;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.paidonce.contract.Evidence;
import io.paidonce.contract.PaymentNotification;
import io.paidonce.contract.RawBytes;
import io.paidonce.providers.CallbackRequest;
import io.paidonce.providers.Callbacks;
import io.paidonce.providers.Verdict;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What is kept is enough to judge again, and nothing else is kept. */
class WechatV3EvidenceTest {

  private final CallbackRequest request =
      Callbacks.withHeader(
          Callbacks.received(
              WechatV3Fixture.signer().payment(WechatV3Fixture.NOTICE, Callbacks.NOW)),
          "cookie",
          List.of("not ours to keep"));

  @Test
  void onlyTheHeadersOfTheSignatureAreKept() {
    Evidence evidence = notification(request).evidence();
    assertThat(evidence.headers().keySet())
        .containsExactlyInAnyOrder(
            "wechatpay-timestamp",
            "wechatpay-nonce",
            "wechatpay-signature",
            "wechatpay-serial",
            "wechatpay-signature-type");
    assertThat(evidence.body()).isEqualTo(request.body());
    assertThat(evidence.keyId()).isEqualTo(WechatV3Fixture.SERIAL);
  }

  @Test
  void anUnreadableOneKeepsItsEvidence() {
    WechatV3Signer signer = WechatV3Fixture.signer();
    RawBytes rubbish = RawBytes.of("rubbish".getBytes(UTF_8));
    Verdict verdict =
        WechatV3Fixture.account().receive(Callbacks.received(signer.body(rubbish, Callbacks.NOW)));
    assertThat(verdict)
        .isInstanceOfSatisfying(
            Verdict.Unreadable.class,
            unreadable -> assertThat(unreadable.evidence().body()).isEqualTo(rubbish));
  }

  @Test
  void aRetrySignedAnewSaysTheSame() {
    CallbackRequest retry =
        Callbacks.received(
            WechatV3Fixture.signer()
                .payment(WechatV3Fixture.NOTICE, Callbacks.NOW.plus(Duration.ofHours(24))),
            Callbacks.NOW.plus(Duration.ofHours(24)));
    PaymentNotification first = notification(request);
    PaymentNotification second = notification(retry);
    assertThat(second.key()).isEqualTo(first.key());
    assertThat(second.notificationId()).isEqualTo(first.notificationId());
    assertThat(second.payment().occurredAt()).isEqualTo(first.payment().occurredAt());
  }

  @Test
  void explanationsNeverShowTheBodyOrControlCharacters() {
    CallbackRequest hostile =
        Callbacks.withHeader(request, "wechatpay-serial", List.of("X\r\nforged log line"));
    Verdict verdict = WechatV3Fixture.account().receive(hostile);
    assertThat(((Verdict.Refused) verdict).explanation()).doesNotContain("\r", "\n");
  }

  private static PaymentNotification notification(CallbackRequest request) {
    Verdict verdict = WechatV3Fixture.account().receive(request);
    return ((Verdict.Authentic) verdict).notifications().get(0);
  }
}

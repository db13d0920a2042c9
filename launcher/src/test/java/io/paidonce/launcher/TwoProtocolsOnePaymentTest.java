package io.paidonce.launcher;

import static org.assertj.core.api.Assertions.assertThat;

import io.paidonce.contract.Authentication;
import io.paidonce.contract.NotificationReceipt;
import io.paidonce.contract.PaymentNotification;
import io.paidonce.contract.ProviderRequest;
import io.paidonce.contract.RecordCoordinates;
import io.paidonce.contract.RefundOutcome;
import io.paidonce.contract.RequestKind;
import io.paidonce.ledger.Identities;
import io.paidonce.ledger.Intake;
import io.paidonce.ledger.Reception;
import io.paidonce.providers.Account;
import io.paidonce.providers.CallbackRequest;
import io.paidonce.providers.CallbackSigner;
import io.paidonce.providers.CallbackSigner.PaidNotice;
import io.paidonce.providers.CallbackSigner.RefundNotice;
import io.paidonce.providers.KeyText;
import io.paidonce.providers.Problems;
import io.paidonce.providers.Secret;
import io.paidonce.providers.SignedCallback;
import io.paidonce.providers.Verdict;
import io.paidonce.providers.wechatv2.WechatV2Config;
import io.paidonce.providers.wechatv2.WechatV2NoticeSigner;
import io.paidonce.providers.wechatv2.WechatV2Protocol;
import io.paidonce.providers.wechatv3.PlatformKey;
import io.paidonce.providers.wechatv3.WechatV3Config;
import io.paidonce.providers.wechatv3.WechatV3Protocol;
import io.paidonce.providers.wechatv3.WechatV3Signer;
import java.security.KeyPair;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** WeChat Pay tells one payment by v2 and by v3: intake lets one of the two pass. */
final class TwoProtocolsOnePaymentTest {

  private static final Instant NOW = Instant.parse("2026-01-31T12:00:00Z");
  private static final String MCHID = "1900000001";
  private static final Secret KEY = Secret.of("an-api-key-of-32-characters-0001");
  private static final PaidNotice PAID =
      new PaidNotice("EV-1", "4200001234", "ORDER-1", 1200, "CNY", NOW);
  private static final RefundNotice REFUNDED =
      new RefundNotice("EV-2", PAID, "503001", "R-1", RefundOutcome.SUCCEEDED, 500, 500, NOW);

  private final KeyPair platform = KeyText.newRsaKeyPair();
  private final CallbackSigner byV2 =
      new WechatV2NoticeSigner(KEY, "HMAC-SHA256", MCHID, "wx1", new Random(1));
  private final CallbackSigner byV3 =
      new WechatV3Signer(platform.getPrivate(), "PUB_KEY_ID_1", KEY, MCHID, "wx1", new Random(1));
  private final Account v2 =
      new WechatV2Protocol()
          .open(
              new WechatV2Config("wechat-v2", MCHID, "s1", List.of(KEY), List.of(), List.of("wx1")),
              Problems.none())
          .orElseThrow();
  private final Account v3 =
      new WechatV3Protocol()
          .open(
              new WechatV3Config(
                  "wechat-v3",
                  MCHID,
                  "s1",
                  List.of(KEY),
                  List.of(
                      new PlatformKey("PUB_KEY_ID_1", KeyText.publicKeyPem(platform.getPublic()))),
                  List.of("wx1"),
                  List.of()),
              Problems.none())
          .orElseThrow();

  @Test
  void theSecondTellingOfAPaymentIsADuplicateWhicheverComesFirst() {
    PaymentNotification one = told(v2, byV2.payment(PAID, NOW));
    PaymentNotification other = told(v3, byV3.payment(PAID, NOW));
    assertThat(one.key()).isEqualTo(other.key());
    assertThat(received(null, one)).isInstanceOf(Reception.First.class);
    assertThat(received(received(null, one), other)).isInstanceOf(Reception.Duplicate.class);
    assertThat(received(received(null, other), one)).isInstanceOf(Reception.Duplicate.class);
  }

  @Test
  void anUnsignedRefundPassesNothingAndLeavesTheWayFreeForTheSignedOne() {
    PaymentNotification claim = told(v2, byV2.refund(REFUNDED, NOW));
    PaymentNotification fact = told(v3, byV3.refund(REFUNDED, NOW));
    assertThat(claim.authentication()).isEqualTo(Authentication.UNSIGNED);
    assertThat(claim.key()).isEqualTo(fact.key());
    assertThat(Identities.of(claim)).isNotEqualTo(Identities.of(fact));
    assertThat(received(null, claim)).isInstanceOf(Reception.Noted.class);
    assertThat(received(null, fact)).isInstanceOf(Reception.First.class);
    assertThat(Intake.confirmation(fact)).isEmpty();
  }

  @Test
  void anUnsignedRefundThatContradictsAnotherIsNoException() {
    PaymentNotification claim = told(v2, byV2.refund(REFUNDED, NOW));
    PaymentNotification other =
        told(
            v2,
            byV2.refund(
                new RefundNotice(
                    "EV-2", PAID, "503001", "R-1", RefundOutcome.SUCCEEDED, 900, 900, NOW),
                NOW));
    assertThat(received(received(null, claim), other)).isInstanceOf(Reception.Duplicate.class);
  }

  @Test
  void anUnsignedRefundAsksForItsOwnConfirmation() {
    ProviderRequest asked = Intake.confirmation(told(v2, byV2.refund(REFUNDED, NOW))).orElseThrow();
    assertThat(asked.kind()).isEqualTo(RequestKind.QUERY_REFUND);
    assertThat(asked.asked().toString()).isEqualTo("wechat:" + MCHID);
    assertThat(asked.order().toString()).isEqualTo("s1:ORDER-1");
    assertThat(asked.transactionId()).isEqualTo("4200001234");
    assertThat(asked.refundNo()).isEqualTo("R-1");
    assertThat(asked.until()).isEqualTo(NOW.plusSeconds(86_400));
  }

  private static Reception<NotificationReceipt> received(
      Reception<NotificationReceipt> before, PaymentNotification notification) {
    return Intake.receive(
        before == null ? null : before.receipt(),
        notification,
        new RecordCoordinates("payment-notifications", 0, before == null ? 0 : 1));
  }

  private static PaymentNotification told(Account account, SignedCallback sent) {
    Map<String, List<String>> headers = new HashMap<>();
    sent.headers()
        .forEach((name, value) -> headers.put(name.toLowerCase(Locale.ROOT), List.of(value)));
    Verdict verdict = account.receive(new CallbackRequest(headers, sent.body(), NOW, "d"));
    return ((Verdict.Authentic) verdict).notifications().get(0);
  }
}

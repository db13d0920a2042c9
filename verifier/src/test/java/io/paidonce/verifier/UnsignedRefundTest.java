package io.paidonce.verifier;

import static org.assertj.core.api.Assertions.assertThat;

import io.paidonce.contract.Authentication;
import io.paidonce.contract.PaymentNotification;
import io.paidonce.contract.RefundOutcome;
import io.paidonce.providers.Account;
import io.paidonce.providers.CallbackRequest;
import io.paidonce.providers.CallbackSigner.PaidNotice;
import io.paidonce.providers.CallbackSigner.RefundNotice;
import io.paidonce.providers.EvidenceCheck;
import io.paidonce.providers.Problems;
import io.paidonce.providers.Secret;
import io.paidonce.providers.Verdict;
import io.paidonce.providers.wechatv2.WechatV2Config;
import io.paidonce.providers.wechatv2.WechatV2NoticeSigner;
import io.paidonce.providers.wechatv2.WechatV2Protocol;
import io.paidonce.providers.wechatv3.WechatV3Protocol;
import java.io.IOException;
import java.security.NoSuchAlgorithmException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** A refund's notice of WeChat Pay v2: counted, and nothing follows from it. */
class UnsignedRefundTest {

  private static final Secret KEY = Secret.of("an-api-v2-key-of-32-characters-1");

  private final Wechat wechat = new Wechat();
  private final World world = new World(wechat);
  private final Account v2 =
      new WechatV2Protocol()
          .open(
              new WechatV2Config(
                  WechatV2Protocol.ID, Wechat.ACCOUNT, Wechat.SHOP, List.of(KEY), null, null),
              Problems.none())
          .orElseThrow();

  UnsignedRefundTest() throws NoSuchAlgorithmException {}

  @Test
  void itIsCountedAndChangesNoOrder() throws IOException {
    PaymentNotification noticed = noticed();
    world.notifications.add(noticed);
    world.otherDeliveries.put(World.identity(noticed), 1L);
    assertThat(judge().findings()).isEmpty();
  }

  @Test
  void withoutItsReceiptItIsUndisposed() throws IOException {
    world.notifications.add(noticed());
    assertThat(judge().count(Fault.UNDISPOSED)).isEqualTo(1);
  }

  @Test
  void passedOffAsSignedItIsForged() throws IOException {
    world.notifications.add(signed(noticed()));
    assertThat(judge().count(Fault.FORGED)).isEqualTo(1);
  }

  private Report judge() throws IOException {
    Map<String, Account> accounts = new HashMap<>();
    accounts.put(EvidenceCheck.name(WechatV2Protocol.ID, Wechat.ACCOUNT), v2);
    accounts.put(EvidenceCheck.name(WechatV3Protocol.ID, Wechat.ACCOUNT), wechat.account());
    MemoryLog log = new MemoryLog();
    world.write(log);
    return Verification.judge(
        log, new EvidenceCheck(accounts), null, false, Wechat.NOW, new Findings());
  }

  // Of the whole payment of an order that the world knows as paid.
  private PaymentNotification noticed() {
    PaymentNotification paid = world.notifications.get(0);
    RefundNotice notice =
        new RefundNotice(
            "",
            new PaidNotice(
                "",
                paid.payment().transactionId(),
                paid.orderNo(),
                paid.payment().amountMinor(),
                "CNY",
                Wechat.NOW),
            "503001",
            "R-1",
            RefundOutcome.SUCCEEDED,
            paid.payment().amountMinor(),
            paid.payment().amountMinor(),
            Wechat.NOW);
    CallbackRequest request =
        new CallbackRequest(
            Map.of(),
            new WechatV2NoticeSigner(KEY, "MD5", Wechat.ACCOUNT, "wx1", new Random(1))
                .refund(notice, Wechat.NOW)
                .body(),
            Wechat.NOW,
            "delivery-v2");
    return ((Verdict.Authentic) v2.receive(request)).notifications().get(0);
  }

  private static PaymentNotification signed(PaymentNotification claim) {
    return new PaymentNotification(
        claim.schema(),
        claim.provider(),
        claim.account(),
        claim.protocol(),
        claim.shop(),
        claim.orderNo(),
        claim.kind(),
        claim.eventType(),
        claim.notificationId(),
        claim.deliveryId(),
        Authentication.SIGNED,
        claim.witness(),
        claim.receivedAt(),
        claim.payment(),
        claim.refund(),
        claim.evidence());
  }
}

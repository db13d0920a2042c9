package io.paidonce.verifier;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.paidonce.contract.Authentication;
import io.paidonce.contract.Evidence;
import io.paidonce.contract.NotificationKind;
import io.paidonce.contract.PaymentNotification;
import io.paidonce.contract.RawBytes;
import io.paidonce.contract.RefundFact;
import io.paidonce.contract.RefundOutcome;
import io.paidonce.contract.Witness;
import io.paidonce.providers.Account;
import io.paidonce.providers.AccountConfig;
import io.paidonce.providers.CallbackRequest;
import io.paidonce.providers.CallbackSigner.PaidNotice;
import io.paidonce.providers.EvidenceCheck;
import io.paidonce.providers.Problems;
import io.paidonce.providers.Secret;
import io.paidonce.providers.SignedCallback;
import io.paidonce.providers.Verdict;
import io.paidonce.providers.wechatv3.PlatformKey;
import io.paidonce.providers.wechatv3.WechatV3Config;
import io.paidonce.providers.wechatv3.WechatV3Protocol;
import io.paidonce.providers.wechatv3.WechatV3Signer;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import org.jspecify.annotations.Nullable;

/** A merchant of WeChat Pay with both sides' keys: its notifications are really signed. */
final class Wechat {

  static final Instant NOW = Instant.parse("2026-01-31T12:00:00.123Z");
  static final String ACCOUNT = "1900000001";
  static final String SHOP = "s1";

  private static final String KEY_ID = "PUB_KEY_ID_0119000000012026013100";

  private final WechatV3Config config;
  private final WechatV3Signer signer;
  private final RefundingAccount account;
  private int madeUp;

  Wechat() throws NoSuchAlgorithmException {
    KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
    generator.initialize(2048);
    KeyPair keys = generator.generateKeyPair();
    Secret apiV3Key = Secret.of("an-api-v3-key-of-32-bytes-000001");
    String pem =
        "-----BEGIN PUBLIC KEY-----\n"
            + Base64.getMimeEncoder().encodeToString(keys.getPublic().getEncoded())
            + "\n-----END PUBLIC KEY-----\n";
    config =
        new WechatV3Config(
            WechatV3Protocol.ID,
            ACCOUNT,
            SHOP,
            List.of(apiV3Key),
            List.of(new PlatformKey(KEY_ID, pem)),
            List.of(),
            List.of());
    signer =
        new WechatV3Signer(
            keys.getPrivate(), KEY_ID, apiV3Key, ACCOUNT, "wx0000000000000001", new Random(1));
    Problems problems = Problems.none();
    Account real =
        new WechatV3Protocol()
            .open(config, problems)
            .orElseThrow(() -> new IllegalStateException(problems.lines().toString()));
    account = new RefundingAccount(real);
  }

  List<AccountConfig> configs() {
    return List.of(config);
  }

  Account account() {
    return account;
  }

  /** Knows this merchant. */
  EvidenceCheck evidence() {
    return new EvidenceCheck(Map.of(EvidenceCheck.name(WechatV3Protocol.ID, ACCOUNT), account));
  }

  /** What the gateway would store of a refund. */
  PaymentNotification refund(
      String transaction,
      String orderNo,
      String refundId,
      RefundOutcome outcome,
      @Nullable Long amountMinor,
      @Nullable Long totalMinor) {
    RefundFact fact =
        new RefundFact(
            "wechat",
            ACCOUNT,
            transaction,
            refundId,
            "merchant-" + refundId,
            outcome,
            amountMinor,
            totalMinor,
            World.DUE,
            "CNY",
            NOW,
            NOW.plusSeconds(1),
            Witness.CALLBACK);
    return oneCallback(bare(NotificationKind.REFUND, orderNo, fact)).get(0);
  }

  /** What the gateway would store of a trade that was closed unpaid. */
  PaymentNotification closed(String orderNo) {
    return oneCallback(bare(NotificationKind.TRADE_CLOSED, orderNo, null)).get(0);
  }

  /** The same facts, as if one callback had said all of them. */
  List<PaymentNotification> oneCallback(PaymentNotification... facts) {
    madeUp++;
    RawBytes body = RawBytes.of(("made up " + madeUp).getBytes(UTF_8));
    List<PaymentNotification> said = new ArrayList<>();
    for (PaymentNotification fact : facts) {
      said.add(with(fact, "made-up-" + madeUp, new Evidence(KEY_ID, Map.of(), body)));
    }
    account.says(body, said);
    return said;
  }

  private static PaymentNotification bare(
      NotificationKind kind, String orderNo, @Nullable RefundFact refund) {
    return new PaymentNotification(
        PaymentNotification.SCHEMA,
        "wechat",
        ACCOUNT,
        WechatV3Protocol.ID,
        SHOP,
        orderNo,
        kind,
        "made up",
        null,
        "none",
        Authentication.SIGNED,
        Witness.CALLBACK,
        NOW,
        null,
        refund,
        new Evidence(KEY_ID, Map.of(), RawBytes.of(new byte[0])));
  }

  /** What the gateway would store. */
  PaymentNotification notification(String transaction, String orderNo, long amountMinor) {
    SignedCallback callback =
        signer.payment(
            new PaidNotice("n-" + transaction, transaction, orderNo, amountMinor, "CNY", NOW), NOW);
    Map<String, List<String>> headers = new HashMap<>();
    callback
        .headers()
        .forEach((name, value) -> headers.put(name.toLowerCase(Locale.ROOT), List.of(value)));
    Verdict verdict =
        account.receive(new CallbackRequest(headers, callback.body(), NOW, "d-" + transaction));
    if (verdict instanceof Verdict.Authentic authentic) {
      return authentic.notifications().get(0);
    }
    throw new IllegalStateException("a good callback was not accepted: " + verdict);
  }

  /** The same with one byte of its evidence changed: somebody wrote to the log himself. */
  static PaymentNotification forged(PaymentNotification good) {
    byte[] body = good.evidence().body().bytes().clone();
    body[body.length / 2] ^= 1;
    Evidence evidence =
        new Evidence(good.evidence().keyId(), good.evidence().headers(), RawBytes.of(body));
    return with(good, good.deliveryId(), evidence);
  }

  static PaymentNotification with(PaymentNotification good, String deliveryId, Evidence evidence) {
    return new PaymentNotification(
        good.schema(),
        good.provider(),
        good.account(),
        good.protocol(),
        good.shop(),
        good.orderNo(),
        good.kind(),
        good.eventType(),
        good.notificationId(),
        deliveryId,
        good.authentication(),
        good.witness(),
        good.receivedAt(),
        good.payment(),
        good.refund(),
        evidence);
  }
}

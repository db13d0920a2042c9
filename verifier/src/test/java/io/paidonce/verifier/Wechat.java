package io.paidonce.verifier;

import io.paidonce.contract.Evidence;
import io.paidonce.contract.PaymentNotification;
import io.paidonce.contract.RawBytes;
import io.paidonce.providers.Account;
import io.paidonce.providers.AccountConfig;
import io.paidonce.providers.CallbackRequest;
import io.paidonce.providers.CallbackSigner.PaidNotice;
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
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;

/** A merchant of WeChat Pay with both sides' keys: its notifications are really signed. */
final class Wechat {

  static final Instant NOW = Instant.parse("2026-01-31T12:00:00.123Z");
  static final String ACCOUNT = "1900000001";
  static final String SHOP = "s1";

  private static final String KEY_ID = "PUB_KEY_ID_0119000000012026013100";

  private final WechatV3Config config;
  private final WechatV3Signer signer;
  private final Account account;

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
    account =
        new WechatV3Protocol()
            .open(config, problems)
            .orElseThrow(() -> new IllegalStateException(problems.lines().toString()));
  }

  List<AccountConfig> configs() {
    return List.of(config);
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
        good.deliveryId(),
        good.authentication(),
        good.witness(),
        good.receivedAt(),
        good.payment(),
        good.refund(),
        evidence);
  }
}

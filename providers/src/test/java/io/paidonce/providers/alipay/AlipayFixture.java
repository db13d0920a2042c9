package io.paidonce.providers.alipay;

import io.paidonce.contract.RefundOutcome;
import io.paidonce.providers.Account;
import io.paidonce.providers.CallbackSigner.PaidNotice;
import io.paidonce.providers.CallbackSigner.RefundNotice;
import io.paidonce.providers.Callbacks;
import io.paidonce.providers.KeyText;
import io.paidonce.providers.PlayedProvider;
import io.paidonce.providers.Problems;
import io.paidonce.providers.ProviderClient;
import io.paidonce.providers.Secret;
import io.paidonce.providers.Sm2Keys;
import io.paidonce.providers.TestKeys;
import java.nio.charset.Charset;
import java.security.KeyPair;
import java.time.Duration;
import java.util.List;
import java.util.Random;

/** An application with Alipay's new and old key, and Alipay's side. */
public final class AlipayFixture {

  public static final String APP_ID = "2021000000000001";
  static final String SELLER_ID = "2088102119685838";
  static final KeyPair OLD_KEY = KeyText.newRsaKeyPair();

  public static final PaidNotice NOTICE =
      new PaidNotice("4a91b7a78a50", "2026013122001", "ORDER-1", 1200, "CNY", Callbacks.NOW);

  /** Of 5.00 of those 12.00. */
  public static final RefundNotice REFUND =
      new RefundNotice(
          "4a91b7a78a51",
          NOTICE,
          "",
          "R-1",
          RefundOutcome.SUCCEEDED,
          500,
          500,
          Callbacks.NOW.plus(Duration.ofHours(24)));

  private AlipayFixture() {}

  static AlipayConfig config(List<String> alipayPublicKeys, String applicationPublicKey) {
    return new AlipayConfig(
        AlipayProtocol.ID, APP_ID, "shop-1", SELLER_ID, alipayPublicKeys, applicationPublicKey);
  }

  static AlipayConfig config() {
    return config(
        List.of(
            KeyText.publicKeyBase64(TestKeys.PLATFORM.getPublic()),
            KeyText.publicKeyPem(OLD_KEY.getPublic())),
        KeyText.publicKeyBase64(TestKeys.OTHER.getPublic()));
  }

  /** With the new key alone: twenty thousand forgeries cost half as much. */
  static Account accountWithOneKey() {
    return open(config(List.of(KeyText.publicKeyPem(TestKeys.PLATFORM.getPublic())), null));
  }

  public static Account account() {
    return open(config());
  }

  /** Alipay's SM2 key. */
  static final KeyPair SM2_KEY = Sm2Keys.newKeyPair();

  /** An account that is configured for a type, with Alipay's key of it. */
  static Account account(SignType signType) {
    return open(
        config(List.of(KeyText.publicKeyBase64(key(signType).getPublic())), null)
            .signedBy(signType));
  }

  static AlipaySigner signer(SignType signType, Charset charset) {
    return new AlipaySigner(key(signType).getPrivate(), signType, APP_ID, SELLER_ID, charset);
  }

  private static KeyPair key(SignType signType) {
    return signType == SignType.SM2 ? SM2_KEY : TestKeys.PLATFORM;
  }

  private static Account open(AlipayConfig config) {
    Problems problems = Problems.none();
    return new AlipayProtocol()
        .open(config, problems)
        .orElseThrow(() -> new IllegalStateException(problems.lines().toString()));
  }

  public static AlipaySigner signer() {
    return new AlipaySigner(TestKeys.PLATFORM.getPrivate(), APP_ID, SELLER_ID);
  }

  static AlipaySigner signer(KeyPair key, Charset charset) {
    return new AlipaySigner(key.getPrivate(), APP_ID, SELLER_ID, charset);
  }

  static ProviderClient client(String host) {
    Problems problems = Problems.none();
    return new AlipayApi()
        .open(
            config(),
            new AlipayCredentials(
                AlipayProtocol.ID,
                APP_ID,
                Secret.of(KeyText.privateKeyPem(TestKeys.MERCHANT.getPrivate())),
                List.of(host)),
            PlayedProvider.transport(Callbacks.NOW),
            new Random(7),
            problems)
        .orElseThrow(() -> new IllegalStateException(problems.lines().toString()));
  }
}

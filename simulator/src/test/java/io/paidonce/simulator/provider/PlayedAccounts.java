package io.paidonce.simulator.provider;

import io.paidonce.providers.AccountConfig;
import io.paidonce.providers.ApiCredentials;
import io.paidonce.providers.ApiProtocol;
import io.paidonce.providers.ApiTransport;
import io.paidonce.providers.KeyText;
import io.paidonce.providers.Problems;
import io.paidonce.providers.ProviderClient;
import io.paidonce.providers.Secret;
import io.paidonce.providers.alipay.AlipayApi;
import io.paidonce.providers.alipay.AlipayConfig;
import io.paidonce.providers.alipay.AlipayCredentials;
import io.paidonce.providers.alipay.AlipaySigner;
import io.paidonce.providers.wechatv3.PlatformKey;
import io.paidonce.providers.wechatv3.WechatV3Api;
import io.paidonce.providers.wechatv3.WechatV3Config;
import io.paidonce.providers.wechatv3.WechatV3Credentials;
import io.paidonce.providers.wechatv3.WechatV3Signer;
import io.paidonce.simulator.Dialect;
import java.security.KeyPair;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.jspecify.annotations.Nullable;

/** A merchant and an application: as their providers know them, and as we do. */
final class PlayedAccounts {

  static final String MCHID = "1900000001";

  /** A merchant that asks through {@link #MCHID}, its partner. */
  static final String SUB_MCHID = "1900000009";

  static final String APPID = "wx0000000000000001";
  static final String MERCHANT_SERIAL = "3775B6A45ACD588826D15E583A95F5DD00000001";
  static final String PLATFORM_SERIAL = "5157F09EFDC096DE15EBE81A47057A7200000001";
  static final String PLATFORM_KEY_ID = "PUB_KEY_ID_0119000000012026013100";
  static final Secret API_V3_KEY = Secret.of("an-api-v3-key-of-32-bytes-000001");
  static final String APP_ID = "2021000000000001";
  static final String SELLER_ID = "2088000000000001";

  /** Both providers'; making a pair takes long. */
  static final KeyPair PROVIDER = KeyText.newRsaKeyPair();

  /** The merchant's and the application's. */
  static final KeyPair OWN = KeyText.newRsaKeyPair();

  static final KeyPair STRANGER = KeyText.newRsaKeyPair();

  static final String CERTIFICATE = PlatformCertificate.pem(PROVIDER, PLATFORM_SERIAL);

  private PlayedAccounts() {}

  static WechatV3Merchant merchant(TradeBook book) {
    return new WechatV3Merchant(
        MCHID,
        APPID,
        Map.of(MERCHANT_SERIAL, OWN.getPublic()),
        List.of(
            PlatformSeal.publicKey(PLATFORM_KEY_ID, signer(PLATFORM_KEY_ID)),
            PlatformSeal.certificate(CERTIFICATE, signer(PLATFORM_SERIAL))),
        book);
  }

  static AlipayApplication application(TradeBook book) {
    return new AlipayApplication(
        APP_ID, OWN.getPublic(), new AlipaySigner(PROVIDER.getPrivate(), APP_ID, SELLER_ID), book);
  }

  static WechatV3Signer signer(String keyId) {
    return new WechatV3Signer(
        PROVIDER.getPrivate(), keyId, API_V3_KEY, MCHID, APPID, new Random(7));
  }

  static TradeBook book(Dialect dialect, InstantSource clock) {
    return new TradeBook(clock, dialect, dialect == Dialect.ALIPAY ? APP_ID : MCHID);
  }

  /** Our client, signing with the account's own key. */
  static ProviderClient client(Dialect dialect, ApiTransport transport, String host) {
    return dialect == Dialect.ALIPAY
        ? alipay(transport, host, OWN)
        : wechat(transport, host, OWN, MCHID, null);
  }

  /** Our client with a key that the provider does not know. */
  static ProviderClient forger(Dialect dialect, ApiTransport transport, String host) {
    return dialect == Dialect.ALIPAY
        ? alipay(transport, host, STRANGER)
        : wechat(transport, host, STRANGER, MCHID, null);
  }

  /** Our client for the sub merchant, signing as its partner. */
  static ProviderClient partner(ApiTransport transport, String host) {
    return wechat(transport, host, OWN, SUB_MCHID, MCHID);
  }

  static WechatV3Config wechatConfig() {
    return wechatConfig(MCHID);
  }

  private static WechatV3Config wechatConfig(String mchid) {
    return new WechatV3Config(
        "wechat-v3",
        mchid,
        "shop-1",
        List.of(API_V3_KEY),
        List.of(
            new PlatformKey(null, CERTIFICATE),
            new PlatformKey(PLATFORM_KEY_ID, KeyText.publicKeyPem(PROVIDER.getPublic()))),
        List.of(APPID),
        List.of());
  }

  static AlipayConfig alipayConfig() {
    return new AlipayConfig(
        "alipay",
        APP_ID,
        "shop-1",
        SELLER_ID,
        List.of(KeyText.publicKeyBase64(PROVIDER.getPublic())),
        null);
  }

  private static ProviderClient wechat(
      ApiTransport transport, String host, KeyPair keys, String mchid, @Nullable String partner) {
    return open(
        new WechatV3Api(),
        wechatConfig(mchid),
        new WechatV3Credentials(
            "wechat-v3",
            mchid,
            partner,
            MERCHANT_SERIAL,
            Secret.of(KeyText.privateKeyPem(keys.getPrivate())),
            List.of(host)),
        transport);
  }

  private static ProviderClient alipay(ApiTransport transport, String host, KeyPair keys) {
    return open(
        new AlipayApi(),
        alipayConfig(),
        new AlipayCredentials(
            "alipay", APP_ID, Secret.of(KeyText.privateKeyPem(keys.getPrivate())), List.of(host)),
        transport);
  }

  private static <C extends AccountConfig, K extends ApiCredentials> ProviderClient open(
      ApiProtocol<C, K> protocol, C config, K credentials, ApiTransport transport) {
    Problems problems = Problems.none();
    return protocol
        .open(config, credentials, transport, new Random(7), problems)
        .orElseThrow(() -> new IllegalStateException(problems.lines().toString()));
  }
}

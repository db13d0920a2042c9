package io.paidonce.providers.wechatv3;

import io.paidonce.contract.RefundOutcome;
import io.paidonce.providers.Account;
import io.paidonce.providers.CallbackSigner.CombinedNotice;
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
import java.security.KeyPair;
import java.util.List;
import java.util.Random;

/** A merchant with a certificate and a public key of the platform, and the platform's side. */
public final class WechatV3Fixture {

  public static final String MCHID = "1900000001";
  public static final String APPID = "wx2421b1c4370ec43b";
  static final String SERIAL = "5DEA10EF55877E3CF6C33255C2E7DEFFF7E427EC";
  static final String MERCHANT_SERIAL = "7A11CE55877E3CF6C33255C2E7DEFFF7E42700AA";
  static final String PUBLIC_KEY_ID = "PUB_KEY_ID_0119000000012026013100";
  static final Secret API_V3_KEY = Secret.of("new-api-v3-key-of-32-bytes-00001");
  static final Secret OLD_API_V3_KEY = Secret.of("old-api-v3-key-of-32-bytes-00002");

  public static final PaidNotice NOTICE =
      new PaidNotice("EV-2018022511223320873", "4200001234", "ORDER-1", 1200, "CNY", Callbacks.NOW);

  /** Of 5.00 of those 12.00. */
  public static final RefundNotice REFUND =
      new RefundNotice(
          "EV-2018022511223320874",
          NOTICE,
          "5030000001",
          "R-1",
          RefundOutcome.SUCCEEDED,
          500,
          500,
          Callbacks.NOW);

  static final CombinedNotice COMBINED =
      new CombinedNotice(
          "EV-2018022511223320875",
          "COMBINED-1",
          List.of(
              NOTICE,
              new PaidNotice("", "4200001235", "ORDER-2", 300, "CNY", Callbacks.NOW),
              new PaidNotice("", "4200001236", "ORDER-3", 1, "CNY", Callbacks.NOW)));

  private static final PlatformKey CERTIFICATE =
      new PlatformKey(
          null,
          TestKeys.certificatePem(
              TestKeys.PLATFORM.getPublic(),
              TestKeys.PLATFORM.getPrivate(),
              SERIAL,
              "CN=Tenpay.com sign,O=Tenpay.com"));

  /** Beside the RSA keys, as while a merchant goes over to SM. */
  static final String SM_SERIAL = "54E7F59ED8DF4570CFB14780EA8152D45A675EE6";

  static final KeyPair SM_KEY = Sm2Keys.newKeyPair();

  static final PlatformKey SM_CERTIFICATE =
      new PlatformKey(
          null,
          TestKeys.certificatePem(
              SM_KEY.getPublic(), SM_KEY.getPrivate(), SM_SERIAL, "CN=Tenpay.com SM,O=Tenpay.com"));

  private WechatV3Fixture() {}

  static PlatformKey publicKey() {
    return new PlatformKey(PUBLIC_KEY_ID, KeyText.publicKeyPem(TestKeys.PLATFORM.getPublic()));
  }

  static WechatV3Config config(List<String> appIds) {
    return config(appIds, List.of());
  }

  static WechatV3Config config(List<String> appIds, List<String> combinedMchids) {
    return new WechatV3Config(
        WechatV3Protocol.ID,
        MCHID,
        "shop-1",
        List.of(API_V3_KEY, OLD_API_V3_KEY),
        List.of(CERTIFICATE, publicKey(), SM_CERTIFICATE),
        appIds,
        combinedMchids);
  }

  public static Account account() {
    return account(List.of(APPID));
  }

  static Account account(List<String> appIds) {
    return account(appIds, List.of());
  }

  static Account account(List<String> appIds, List<String> combinedMchids) {
    Problems problems = Problems.none();
    return new WechatV3Protocol()
        .open(config(appIds, combinedMchids), problems)
        .orElseThrow(() -> new IllegalStateException(problems.lines().toString()));
  }

  public static WechatV3Signer signer() {
    return signer(SERIAL, API_V3_KEY);
  }

  static WechatV3Signer signer(String keyId, Secret apiV3Key) {
    return new WechatV3Signer(
        TestKeys.PLATFORM.getPrivate(), keyId, apiV3Key, MCHID, APPID, new Random(7));
  }

  /** Signs with SM2. */
  static WechatV3Signer smSigner(String keyId, Secret apiV3Key) {
    return new WechatV3Signer(SM_KEY.getPrivate(), keyId, apiV3Key, MCHID, APPID, new Random(7));
  }

  static WechatV3Credentials credentials(String partner, String... hosts) {
    return new WechatV3Credentials(
        WechatV3Protocol.ID,
        MCHID,
        partner,
        MERCHANT_SERIAL,
        Secret.of(KeyText.privateKeyPem(TestKeys.MERCHANT.getPrivate())),
        List.of(hosts));
  }

  static ProviderClient client(String host) {
    return client(credentials(null, host));
  }

  static ProviderClient client(WechatV3Credentials credentials) {
    Problems problems = Problems.none();
    return new WechatV3Api()
        .open(
            config(List.of(APPID)),
            credentials,
            PlayedProvider.transport(Callbacks.NOW),
            new Random(7),
            problems)
        .orElseThrow(() -> new IllegalStateException(problems.lines().toString()));
  }
}

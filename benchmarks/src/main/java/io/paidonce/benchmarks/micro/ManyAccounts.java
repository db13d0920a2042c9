package io.paidonce.benchmarks.micro;

import io.paidonce.providers.AccountConfig;
import io.paidonce.providers.KeyText;
import io.paidonce.providers.Secret;
import io.paidonce.providers.wechatv3.PlatformKey;
import io.paidonce.providers.wechatv3.WechatV3Config;
import io.paidonce.providers.wechatv3.WechatV3Protocol;
import io.paidonce.providers.wechatv3.WechatV3Signer;
import java.security.KeyPair;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.SplittableRandom;

/** Accounts by their number, and a configuration file with any number of them. */
public final class ManyAccounts {

  private static final int PAIRS = 64;

  private ManyAccounts() {}

  static AccountConfig wechat(int number, KeyPair keys) {
    return new WechatV3Config(
        WechatV3Protocol.ID,
        mchid(number),
        "shop-" + number % 100,
        List.of(Secret.of(apiKey(number))),
        List.of(new PlatformKey(keyId(number), KeyText.publicKeyPem(keys.getPublic()))),
        List.of(),
        List.of());
  }

  static WechatV3Signer wechatSigner(int number, KeyPair keys) {
    return new WechatV3Signer(
        keys.getPrivate(),
        keyId(number),
        Secret.of(apiKey(number)),
        mchid(number),
        "wx1900000009000000",
        new SplittableRandom(number));
  }

  static String wechatPath(int number) {
    return "/callbacks/" + WechatV3Protocol.ID + "/" + mchid(number);
  }

  /**
   * A configuration whose accounts are of four protocols in turn, each with keys and secrets of its
   * own text. Kafka is nowhere.
   */
  public static String yaml(int accounts) {
    List<String> pems = new ArrayList<>();
    List<String> bare = new ArrayList<>();
    for (int i = 0; i < PAIRS; i++) {
      KeyPair keys = KeyText.newRsaKeyPair();
      pems.add(KeyText.publicKeyPem(keys.getPublic()).strip().replace("\n", "\n          "));
      bare.add(KeyText.publicKeyBase64(keys.getPublic()));
    }
    StringBuilder yaml =
        new StringBuilder(
            """
            kafka: {bootstrapServers: '127.0.0.1:1'}
            gateway:
              callbacks: {host: 127.0.0.1, port: 0}
              management: {host: 127.0.0.1, port: 0}
            shops:
            """);
    for (int shop = 0; shop < 100; shop++) {
      yaml.append("  - id: shop-").append(shop).append('\n');
    }
    yaml.append("accounts:\n");
    for (int i = 0; i < accounts; i++) {
      yaml.append(account(i, pems.get(i % PAIRS), bare.get(i % PAIRS)));
    }
    return yaml.toString();
  }

  private static String account(int number, String pem, String bare) {
    String shop = "shop-" + number % 100;
    return switch (number % 4) {
      case 0 ->
          """
            - protocol: wechat-v3
              id: '%s'
              shop: %s
              apiV3Keys: ['%s']
              platformKeys:
                - id: %s
                  pem: |
                    %s
          """
              .formatted(
                  mchid(number), shop, apiKey(number), keyId(number), pem.replace("\n", "\n  "));
      case 1 ->
          """
            - protocol: alipay
              id: '%s'
              shop: %s
              sellerId: '%s'
              alipayPublicKeys: ['%s']
          """
              .formatted(digits("2021", number, 16), shop, digits("2088", number, 16), bare);
      case 2 ->
          """
            - protocol: wechat-v2
              id: '%s'
              shop: %s
              apiKeys: ['%s']
          """
              .formatted(mchid(number), shop, apiKey(number));
      default ->
          """
            - protocol: hmac
              id: source-%d
              shop: %s
              preset: stripe
              secrets: [{version: one, secret: 'whsec_%s'}]
          """
              .formatted(number, shop, apiKey(number));
    };
  }

  private static String mchid(int number) {
    return digits("19", number, 10);
  }

  private static String keyId(int number) {
    return "PUB_KEY_ID_011" + mchid(number) + "2026112100000000";
  }

  private static String apiKey(int number) {
    return digits("for-measuring-only-", number, 32);
  }

  private static String digits(String prefix, int number, int length) {
    return prefix + String.format(Locale.ROOT, "%0" + (length - prefix.length()) + "d", number);
  }
}

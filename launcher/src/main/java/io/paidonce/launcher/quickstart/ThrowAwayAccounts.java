package io.paidonce.launcher.quickstart;

import io.paidonce.contract.ProviderAccount;
import io.paidonce.providers.Secret;
import io.paidonce.providers.alipay.AlipaySigner;
import io.paidonce.providers.wechatv3.WechatV3Signer;
import io.paidonce.simulator.Dialect;
import io.paidonce.simulator.SimulatedAccount;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.PublicKey;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Two shops with an account at each provider, whose keys are made anew at each start.
 *
 * @param config the configuration that serves them, in the directory with their keys
 * @param simulated the same accounts with the keys that sign
 * @param merchantKey what our own questions to providers are signed with, its public half
 */
record ThrowAwayAccounts(Path config, List<SimulatedAccount> simulated, PublicKey merchantKey) {

  /** Of the certificate that merchants would have for that key. */
  static final String MERCHANT_SERIAL = "3775B6A45ACD588826D15E583A95F5DD00000001";

  private static final String CONFIG = "accounts.yaml";
  private static final String MERCHANT = "merchant";
  private static final int API_V3_KEY_LENGTH = 32;
  private static final String CONFIG_OF_A_SHOP =
      """
        - protocol: wechat-v3
          id: %2$s
          shop: %1$s
          apiV3Keys: ["file:%2$s.apiv3.txt"]
          platformKeys:
            - id: %3$s
              pem: file:%2$s.pub.pem
        - protocol: alipay
          id: %4$s
          shop: %1$s
          sellerId: %5$s
          alipayPublicKeys: ["file:%4$s.pub.pem"]
      """;

  private static final String CREDENTIALS_OF_A_SHOP =
      """
        - protocol: wechat-v3
          account: %1$s
          serialNo: %2$s
          privateKey: file:merchant.pem
          hosts: ["%4$s"]
        - protocol: alipay
          account: %3$s
          privateKey: file:merchant.pem
          hosts: ["%4$s"]
      """;

  /** One shop: its name and what its providers call it. */
  private record Shop(String id, String mchid, String appId, String sellerId) {
    String platformKeyId() {
      return ThrowAwayAccounts.platformKeyId(mchid);
    }
  }

  static String platformKeyId(String mchid) {
    return "PUB_KEY_ID_011" + mchid + "2026112100000000";
  }

  static String appid(String mchid) {
    return "wx" + mchid + "000000";
  }

  private static final List<Shop> SHOPS =
      List.of(
          new Shop("tea", "1900000001", "2021000000000001", "2088000000000101"),
          new Shop("books", "1900000002", "2021000000000002", "2088000000000102"));

  /** Makes the keys and writes the configuration, of accounts whose providers nobody can ask. */
  static ThrowAwayAccounts make(Path directory) throws IOException {
    return make(directory, Optional.empty());
  }

  /**
   * Makes the keys and writes the configuration.
   *
   * @param providers where the accounts' providers are asked
   */
  static ThrowAwayAccounts make(Path directory, Optional<String> providers) throws IOException {
    Files.createDirectories(directory);
    ThrowAwayKeys keys = new ThrowAwayKeys(directory);
    keys.makeRsa(MERCHANT);
    StringBuilder config = new StringBuilder("shops:\n");
    SHOPS.forEach(shop -> config.append("  - id: ").append(shop.id()).append('\n'));
    config.append("accounts:\n");
    for (Shop shop : SHOPS) {
      keys.makeRsa(shop.mchid());
      keys.makeText(shop.mchid() + ".apiv3", API_V3_KEY_LENGTH);
      keys.makeRsa(shop.appId());
      config.append(
          CONFIG_OF_A_SHOP.formatted(
              shop.id(), shop.mchid(), shop.platformKeyId(), shop.appId(), shop.sellerId()));
    }
    providers.ifPresent(
        address -> {
          config.append("credentials:\n");
          SHOPS.forEach(
              shop ->
                  config.append(
                      CREDENTIALS_OF_A_SHOP.formatted(
                          shop.mchid(), MERCHANT_SERIAL, shop.appId(), address)));
        });
    Files.writeString(directory.resolve(CONFIG), config);
    return load(directory);
  }

  /** Which shop each belongs to. */
  Map<ProviderAccount, String> shops() {
    Map<ProviderAccount, String> shops = new HashMap<>();
    for (Shop shop : SHOPS) {
      shops.put(new ProviderAccount("wechat", shop.mchid()), shop.id());
      shops.put(new ProviderAccount("alipay", shop.appId()), shop.id());
    }
    return shops;
  }

  /** Those that another process has made. */
  static ThrowAwayAccounts load(Path directory) throws IOException {
    ThrowAwayKeys keys = new ThrowAwayKeys(directory);
    List<SimulatedAccount> simulated = new ArrayList<>();
    for (Shop shop : SHOPS) {
      simulated.add(
          new SimulatedAccount(
              Dialect.WECHAT_V3,
              shop.mchid(),
              shop.id(),
              new WechatV3Signer(
                  keys.privateKey(shop.mchid()),
                  shop.platformKeyId(),
                  Secret.of(keys.writtenText(shop.mchid() + ".apiv3")),
                  shop.mchid(),
                  appid(shop.mchid()),
                  new SecureRandom())));
      simulated.add(
          new SimulatedAccount(
              Dialect.ALIPAY,
              shop.appId(),
              shop.id(),
              new AlipaySigner(keys.privateKey(shop.appId()), shop.appId(), shop.sellerId())));
    }
    return new ThrowAwayAccounts(directory.resolve(CONFIG), simulated, keys.publicKey(MERCHANT));
  }
}

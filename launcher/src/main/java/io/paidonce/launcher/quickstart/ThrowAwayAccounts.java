package io.paidonce.launcher.quickstart;

import io.paidonce.providers.Secret;
import io.paidonce.providers.alipay.AlipaySigner;
import io.paidonce.providers.wechatv3.WechatV3Signer;
import io.paidonce.simulator.Dialect;
import io.paidonce.simulator.SimulatedAccount;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.List;

/**
 * Two shops with an account at each provider, whose keys are made anew at each start.
 *
 * @param config the configuration that serves them, in the directory with their keys
 * @param simulated the same accounts with the keys that sign
 */
record ThrowAwayAccounts(Path config, List<SimulatedAccount> simulated) {

  private static final String CONFIG = "accounts.yaml";
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

  /** One shop: its name and what its providers call it. */
  private record Shop(String id, String mchid, String appId, String sellerId) {
    String platformKeyId() {
      return "PUB_KEY_ID_011" + mchid + "2026112100000000";
    }
  }

  private static final List<Shop> SHOPS =
      List.of(
          new Shop("tea", "1900000001", "2021000000000001", "2088000000000101"),
          new Shop("books", "1900000002", "2021000000000002", "2088000000000102"));

  /** Makes the keys and writes the configuration. */
  static ThrowAwayAccounts make(Path directory) throws IOException {
    Files.createDirectories(directory);
    ThrowAwayKeys keys = new ThrowAwayKeys(directory);
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
    Files.writeString(directory.resolve(CONFIG), config);
    return load(directory);
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
                  "wx" + shop.mchid() + "000000",
                  new SecureRandom())));
      simulated.add(
          new SimulatedAccount(
              Dialect.ALIPAY,
              shop.appId(),
              shop.id(),
              new AlipaySigner(keys.privateKey(shop.appId()), shop.appId(), shop.sellerId())));
    }
    return new ThrowAwayAccounts(directory.resolve(CONFIG), simulated);
  }
}

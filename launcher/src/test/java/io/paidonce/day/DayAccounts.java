package io.paidonce.day;

import io.paidonce.benchmarks.keys.MultiPrimeKey;
import io.paidonce.benchmarks.keys.MultiPrimeProvider;
import io.paidonce.contract.ProviderAccount;
import io.paidonce.providers.Account;
import io.paidonce.providers.AccountConfig;
import io.paidonce.providers.ApiCredentials;
import io.paidonce.providers.ApiProtocol;
import io.paidonce.providers.ApiTransport;
import io.paidonce.providers.CallbackProtocol;
import io.paidonce.providers.KeyText;
import io.paidonce.providers.Problems;
import io.paidonce.providers.ProviderClient;
import io.paidonce.providers.Secret;
import io.paidonce.providers.alipay.AlipayApi;
import io.paidonce.providers.alipay.AlipayConfig;
import io.paidonce.providers.alipay.AlipayCredentials;
import io.paidonce.providers.alipay.AlipayProtocol;
import io.paidonce.providers.alipay.AlipaySigner;
import io.paidonce.providers.wechatv3.PlatformKey;
import io.paidonce.providers.wechatv3.WechatV3Api;
import io.paidonce.providers.wechatv3.WechatV3Config;
import io.paidonce.providers.wechatv3.WechatV3Credentials;
import io.paidonce.providers.wechatv3.WechatV3Protocol;
import io.paidonce.providers.wechatv3.WechatV3Signer;
import io.paidonce.simulator.Dialect;
import io.paidonce.simulator.SimulatedAccount;
import io.paidonce.simulator.day.DayAccount;
import io.paidonce.simulator.provider.AlipayApplication;
import io.paidonce.simulator.provider.PlatformSeal;
import io.paidonce.simulator.provider.ProviderDesk;
import io.paidonce.simulator.provider.TradeBook;
import io.paidonce.simulator.provider.WechatV3Merchant;
import java.security.KeyPair;
import java.security.Security;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.SplittableRandom;

/**
 * Shops with an account at each provider, on all sides: as the provider plays it, as we verify what
 * comes, and as we ask. All with the same keys, since making a pair takes long.
 */
final class DayAccounts {

  // Signing is most of the work of a day, and half of it is the providers'. Who verifies sees no
  // difference.
  private static final MultiPrimeKey PROVIDER = MultiPrimeKey.from(new SplittableRandom(7));
  private static final KeyPair OWN = KeyText.newRsaKeyPair();
  private static final Secret API_V3_KEY = Secret.of("an-api-v3-key-of-32-bytes-000001");
  private static final String MERCHANT_SERIAL = "3775B6A45ACD588826D15E583A95F5DD00000001";
  // Nobody listens there: in virtual time no request leaves the process.
  private static final String NOWHERE = "http://127.0.0.1:1";

  private final String host;
  private final List<DayAccount> played = new ArrayList<>();
  private final List<AccountConfig> configs = new ArrayList<>();
  private final List<ApiCredentials> credentials = new ArrayList<>();

  static {
    Security.addProvider(new MultiPrimeProvider());
  }

  DayAccounts(int shops, InstantSource clock) {
    this(shops, clock, NOWHERE);
  }

  /**
   * Accounts whose providers are asked at a place of their own.
   *
   * @param host base address
   */
  DayAccounts(int shops, InstantSource clock, String host) {
    this.host = host;
    for (int i = 0; i < shops; i++) {
      wechat("shop-" + i, Integer.toString(1_900_000_001 + i), clock);
      alipay("shop-" + i, Long.toString(2_021_000_000_000_001L + i), clock);
    }
  }

  private void wechat(String shop, String mchid, InstantSource clock) {
    configs.add(
        new WechatV3Config(
            "wechat-v3",
            mchid,
            shop,
            List.of(API_V3_KEY),
            List.of(platformKey(oldKey(mchid)), platformKey(newKey(mchid))),
            List.of(appid(mchid)),
            List.of()));
    credentials.add(
        new WechatV3Credentials(
            "wechat-v3",
            mchid,
            null,
            MERCHANT_SERIAL,
            Secret.of(KeyText.privateKeyPem(OWN.getPrivate())),
            List.of(host)));
    played.add(
        new DayAccount(
            new SimulatedAccount(Dialect.WECHAT_V3, mchid, shop, signer(mchid, oldKey(mchid))),
            new TradeBook(clock, Dialect.WECHAT_V3, mchid),
            signer(mchid, newKey(mchid))));
  }

  private void alipay(String shop, String appId, InstantSource clock) {
    String seller = "2088" + appId.substring(4);
    configs.add(
        new AlipayConfig(
            "alipay",
            appId,
            shop,
            seller,
            List.of(KeyText.publicKeyBase64(PROVIDER.publicKey())),
            null));
    credentials.add(
        new AlipayCredentials(
            "alipay", appId, Secret.of(KeyText.privateKeyPem(OWN.getPrivate())), List.of(host)));
    played.add(
        new DayAccount(
            new SimulatedAccount(
                Dialect.ALIPAY, appId, shop, new AlipaySigner(PROVIDER, appId, seller)),
            new TradeBook(clock, Dialect.ALIPAY, appId),
            null));
  }

  private static PlatformKey platformKey(String id) {
    return new PlatformKey(id, KeyText.publicKeyPem(PROVIDER.publicKey()));
  }

  private static String oldKey(String mchid) {
    return "PUB_KEY_ID_011" + mchid + "2025013100";
  }

  private static String newKey(String mchid) {
    return "PUB_KEY_ID_011" + mchid + "2026013100";
  }

  static String appid(String mchid) {
    return "wx" + mchid + "000000";
  }

  private static WechatV3Signer signer(String mchid, String keyId) {
    return new WechatV3Signer(PROVIDER, keyId, API_V3_KEY, mchid, appid(mchid), new Random(7));
  }

  List<DayAccount> played() {
    return List.copyOf(played);
  }

  /** As the configuration file has them. */
  List<AccountConfig> configs() {
    return List.copyOf(configs);
  }

  /** What it takes to ask in their names. */
  List<ApiCredentials> credentials() {
    return List.copyOf(credentials);
  }

  /** The provider knows all of them. */
  void admitTo(ProviderDesk desk) {
    for (DayAccount one : played) {
      SimulatedAccount account = one.account();
      switch (account.dialect()) {
        case WECHAT_V3 ->
            desk.admit(
                new WechatV3Merchant(
                    account.id(),
                    appid(account.id()),
                    Map.of(MERCHANT_SERIAL, OWN.getPublic()),
                    List.of(
                        PlatformSeal.publicKey(
                            oldKey(account.id()), signer(account.id(), oldKey(account.id())))),
                    one.book()));
        case ALIPAY -> desk.admit(AlipayApplication.of(account, OWN.getPublic(), one.book()));
        case WECHAT_V2, HMAC -> throw new IllegalStateException("not of this day");
      }
    }
  }

  /** By the account's id, as the gateway opens them. */
  Map<String, Account> opened() {
    Map<String, Account> opened = new LinkedHashMap<>();
    for (AccountConfig config : configs) {
      opened.put(
          config.id(),
          config instanceof WechatV3Config wechat
              ? open(new WechatV3Protocol(), wechat)
              : open(new AlipayProtocol(), (AlipayConfig) config));
    }
    return opened;
  }

  Map<ProviderAccount, String> shops() {
    Map<ProviderAccount, String> shops = new LinkedHashMap<>();
    configs.forEach(config -> shops.put(name(config.protocol(), config.id()), config.shop()));
    return shops;
  }

  Map<ProviderAccount, ProviderClient> clients(ApiTransport transport) {
    Map<ProviderAccount, ProviderClient> clients = new LinkedHashMap<>();
    for (int i = 0; i < configs.size(); i++) {
      AccountConfig config = configs.get(i);
      clients.put(
          name(config.protocol(), config.id()),
          config instanceof WechatV3Config wechat
              ? open(new WechatV3Api(), wechat, (WechatV3Credentials) credentials.get(i), transport)
              : open(
                  new AlipayApi(),
                  (AlipayConfig) config,
                  (AlipayCredentials) credentials.get(i),
                  transport));
    }
    return clients;
  }

  static ProviderAccount name(String protocol, String account) {
    return new ProviderAccount(protocol.equals("alipay") ? "alipay" : "wechat", account);
  }

  private static <C extends AccountConfig> Account open(CallbackProtocol<C> protocol, C config) {
    Problems problems = Problems.none();
    return protocol.open(config, problems).orElseThrow(() -> unsound(problems));
  }

  private static <C extends AccountConfig, K extends ApiCredentials> ProviderClient open(
      ApiProtocol<C, K> protocol, C config, K key, ApiTransport transport) {
    Problems problems = Problems.none();
    return protocol
        .open(config, key, transport, new Random(7), problems)
        .orElseThrow(() -> unsound(problems));
  }

  private static IllegalStateException unsound(Problems problems) {
    return new IllegalStateException(String.join("; ", problems.lines()));
  }
}

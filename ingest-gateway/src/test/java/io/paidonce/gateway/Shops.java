package io.paidonce.gateway;

import io.paidonce.providers.AccountConfig;
import io.paidonce.providers.CallbackRequest;
import io.paidonce.providers.CallbackSigner.PaidNotice;
import io.paidonce.providers.KeyText;
import io.paidonce.providers.Secret;
import io.paidonce.providers.SignedCallback;
import io.paidonce.providers.alipay.AlipayConfig;
import io.paidonce.providers.alipay.AlipaySigner;
import io.paidonce.providers.hmac.HmacAnswer;
import io.paidonce.providers.hmac.HmacConfig;
import io.paidonce.providers.hmac.HmacContent;
import io.paidonce.providers.hmac.HmacEvent;
import io.paidonce.providers.hmac.HmacSecret;
import io.paidonce.providers.hmac.HmacSignature;
import io.paidonce.providers.wechatv2.WechatV2Config;
import io.paidonce.providers.wechatv2.WechatV2NoticeSigner;
import io.paidonce.providers.wechatv3.PlatformKey;
import io.paidonce.providers.wechatv3.WechatV3Config;
import io.paidonce.providers.wechatv3.WechatV3Signer;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;

/** Two shops with their accounts, and the providers' side of them. */
final class Shops {

  static final String WECHAT_A = "/callbacks/wechat-v3/1900000001";
  static final String WECHAT_B = "/callbacks/wechat-v3/1900000002";
  static final String WECHAT_V2 = "/callbacks/wechat-v2/1900000001";
  static final String ALIPAY = "/callbacks/alipay/2021000000000001";
  static final String HMAC = "/callbacks/hmac/house";
  static final String HMAC_IN_QUERY = "/callbacks/hmac/query";

  static final String KEY_ID_A = "PUB_KEY_ID_0119000000012026013100";
  static final String KEY_ID_B = "PUB_KEY_ID_0119000000022026013100";
  static final KeyPair KEYS_A = keys(1);
  static final KeyPair KEYS_B = keys(2);
  static final KeyPair ALIPAY_KEYS = keys(3);

  static final String HMAC_SECRET = "a-shared-secret-of-32-characters";

  private static final Secret API_KEY_A = Secret.of("api-v3-key-of-shop-a-32-bytes-01");
  private static final Secret API_V2_KEY = Secret.of("api-v2-key-of-shop-a-32-bytes-03");
  private static final Secret API_KEY_B = Secret.of("api-v3-key-of-shop-b-32-bytes-02");
  private static final AtomicInteger NOTICES = new AtomicInteger();

  private Shops() {}

  // The same in every run, so that what is signed with them can be sent again byte for byte.
  private static KeyPair keys(long seed) {
    try {
      SecureRandom random = SecureRandom.getInstance("SHA1PRNG");
      random.setSeed(seed);
      KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
      generator.initialize(2048, random);
      return generator.generateKeyPair();
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }

  static WechatV3Config wechatA() {
    return wechat("1900000001", "shop-a", API_KEY_A, KEY_ID_A, KEYS_A);
  }

  static WechatV3Config wechatB() {
    return wechat("1900000002", "shop-b", API_KEY_B, KEY_ID_B, KEYS_B);
  }

  /** The merchant of A, as older orders of it are told. */
  static WechatV2Config wechatV2() {
    return new WechatV2Config(
        "wechat-v2", "1900000001", "shop-a", List.of(API_V2_KEY), List.of(), List.of());
  }

  static WechatV2NoticeSigner wechatV2Signer(Random random) {
    return wechatV2Signer("HMAC-SHA256", "1900000001", random);
  }

  /** By another algorithm, or for another merchant, with the right key. */
  static WechatV2NoticeSigner wechatV2Signer(String signType, String mchid, Random random) {
    return new WechatV2NoticeSigner(API_V2_KEY, signType, mchid, "wx1", random);
  }

  static AlipayConfig alipay() {
    return new AlipayConfig(
        "alipay",
        "2021000000000001",
        "shop-a",
        "2088000000000002",
        List.of(KeyText.publicKeyBase64(ALIPAY_KEYS.getPublic())),
        null);
  }

  static List<AccountConfig> all() {
    return List.of(
        wechatA(),
        wechatB(),
        wechatV2(),
        alipay(),
        hmac("house", "header"),
        hmac("query", "query"));
  }

  /** A source with its signature in headers, or in the query and with an answer of its own. */
  static HmacConfig hmac(String id, String place) {
    HmacEvent paid =
        new HmacEvent(
            List.of("PAID"),
            "paid",
            "/order",
            "/payment",
            "/amount",
            null,
            null,
            "CNY",
            "/at",
            null,
            null,
            null,
            null,
            null);
    return new HmacConfig(
        "hmac",
        id,
        "shop-a",
        null,
        List.of(new HmacSecret("2026-01", Secret.of(HMAC_SECRET), null)),
        new HmacSignature(
            place + ":x-signature",
            null,
            null,
            null,
            null,
            null,
            null,
            "{timestamp}.{body}",
            place + ":x-timestamp",
            null,
            null,
            null,
            null),
        new HmacContent("json", "/status", null, "/id", List.of(paid)),
        place.equals("query") ? new HmacAnswer(202, "text/plain", "[accepted]") : null);
  }

  static WechatV3Config wechat(
      String mchid, String shop, Secret apiV3Key, String keyId, KeyPair keys) {
    return new WechatV3Config(
        "wechat-v3",
        mchid,
        shop,
        List.of(apiV3Key),
        List.of(new PlatformKey(keyId, KeyText.publicKeyPem(keys.getPublic()))),
        List.of(),
        List.of());
  }

  static WechatV3Signer wechatSigner() {
    return wechatSigner(KEY_ID_A, API_KEY_A);
  }

  /** With nonces from here. */
  static WechatV3Signer wechatSigner(Random random) {
    return wechatSigner(KEY_ID_A, API_KEY_A, random);
  }

  /** Of the right platform and account, but stating another merchant. */
  static WechatV3Signer wechatSignerStating(String mchid) {
    return new WechatV3Signer(
        KEYS_A.getPrivate(), KEY_ID_A, API_KEY_A, mchid, "wx1", new Random(11));
  }

  /** A signature of the right platform under another key id. */
  static WechatV3Signer wechatSignerWithKeyId(String keyId) {
    return wechatSigner(keyId, API_KEY_A);
  }

  /** A good signature over what another APIv3 key encrypted. */
  static WechatV3Signer wechatSignerWithWrongApiKey() {
    return wechatSigner(KEY_ID_A, API_KEY_B);
  }

  private static WechatV3Signer wechatSigner(String keyId, Secret apiKey) {
    return wechatSigner(keyId, apiKey, new Random());
  }

  private static WechatV3Signer wechatSigner(String keyId, Secret apiKey, Random random) {
    return new WechatV3Signer(KEYS_A.getPrivate(), keyId, apiKey, "1900000001", "wx1", random);
  }

  static AlipaySigner alipaySigner() {
    return new AlipaySigner(ALIPAY_KEYS.getPrivate(), "2021000000000001", "2088000000000002");
  }

  /** A payment nobody else in this JVM has. */
  static PaidNotice notice(Instant paidAt) {
    int number = NOTICES.incrementAndGet();
    return new PaidNotice(
        "notice-" + number, "42000000" + number, "order-" + number, 1_200, "CNY", paidAt);
  }

  /** As an account is given it. */
  static CallbackRequest received(SignedCallback sent, Instant at) {
    Map<String, List<String>> headers = new HashMap<>();
    sent.headers()
        .forEach((name, value) -> headers.put(name.toLowerCase(Locale.ROOT), List.of(value)));
    return new CallbackRequest(headers, sent.body(), at, "delivery-1");
  }

  static String request(String path, SignedCallback callback) {
    return request(path, headerLines(callback.headers()), callback);
  }

  static String request(String path, String headerLines, SignedCallback callback) {
    return RawHttp.post(
        path,
        headerLines,
        new String(callback.body().bytes(), java.nio.charset.StandardCharsets.ISO_8859_1));
  }

  static String headerLines(Map<String, String> headers) {
    StringBuilder lines = new StringBuilder();
    headers.forEach((name, value) -> lines.append(name).append(": ").append(value).append("\r\n"));
    return lines.toString();
  }

  static SignedCallback with(SignedCallback callback, String header, String value) {
    Map<String, String> headers = new HashMap<>(callback.headers());
    headers.put(header, value);
    return new SignedCallback(headers, callback.body());
  }

  static SignedCallback without(SignedCallback callback, String header) {
    Map<String, String> headers = new HashMap<>(callback.headers());
    headers.remove(header);
    return new SignedCallback(headers, callback.body());
  }
}

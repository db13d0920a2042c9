package io.paidonce.reconciler;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.paidonce.contract.RawBytes;
import io.paidonce.providers.ApiReply;
import io.paidonce.providers.ApiRequest;
import io.paidonce.providers.ApiTransport;
import io.paidonce.providers.CallbackSigner.PaidNotice;
import io.paidonce.providers.KeyText;
import io.paidonce.providers.Secret;
import io.paidonce.providers.SignedCallback;
import io.paidonce.providers.wechatv3.PlatformKey;
import io.paidonce.providers.wechatv3.WechatV3Config;
import io.paidonce.providers.wechatv3.WechatV3Credentials;
import io.paidonce.providers.wechatv3.WechatV3Signer;
import java.nio.charset.StandardCharsets;
import java.security.KeyPair;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Queue;
import java.util.Random;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;

/**
 * A merchant of WeChat Pay and the platform's side of it, within this JVM. An order is paid,
 * unpaid, silent (asked about, the platform answers only when let go), or closed once it was asked
 * to be, as its number begins.
 */
final class Merchant implements ApiTransport {

  static final String MCHID = "1900000001";
  static final String SHOP = "s1";

  private static final String APPID = "wx2421b1c4370ec43b";
  private static final String KEY_ID = "PUB_KEY_ID_0119000000012026013100";
  private static final Secret API_V3_KEY = Secret.of("new-api-v3-key-of-32-bytes-00001");
  private static final KeyPair PLATFORM = KeyText.newRsaKeyPair();
  private static final KeyPair MERCHANT = KeyText.newRsaKeyPair();

  final Queue<String> asked = new ConcurrentLinkedQueue<>();
  private final Map<String, Boolean> closed = new java.util.concurrent.ConcurrentHashMap<>();
  private final CountDownLatch silence = new CountDownLatch(1);
  private final WechatV3Signer signer =
      new WechatV3Signer(PLATFORM.getPrivate(), KEY_ID, API_V3_KEY, MCHID, APPID, new Random(7));

  static WechatV3Config account() {
    return new WechatV3Config(
        "wechat-v3",
        MCHID,
        SHOP,
        List.of(API_V3_KEY),
        List.of(new PlatformKey(KEY_ID, KeyText.publicKeyPem(PLATFORM.getPublic()))),
        List.of(APPID),
        List.of());
  }

  static WechatV3Credentials credentials(String account, String... hosts) {
    return new WechatV3Credentials(
        "wechat-v3",
        account,
        null,
        "7A11CE55877E3CF6C33255C2E7DEFFF7E42700AA",
        Secret.of(KeyText.privateKeyPem(MERCHANT.getPrivate())),
        List.of(hosts));
  }

  /** The silent ones are answered. */
  void speak() {
    silence.countDown();
  }

  @Override
  public ApiReply send(ApiRequest request) {
    String path = request.uri().getPath();
    String orderNo = path.replaceFirst(".*/out-trade-no/([^/]+).*", "$1");
    asked.add(request.method() + " " + orderNo);
    if (orderNo.startsWith("silent")) {
      try {
        silence.await();
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        return new ApiReply.Failed(ApiReply.Failure.BROKEN, "interrupted");
      }
    }
    if (path.endsWith("/close")) {
      closed.put(orderNo, true);
      return answered(204, "");
    }
    return answered(200, order(orderNo).toString());
  }

  private ObjectNode order(String orderNo) {
    ObjectNode order =
        signer.resource(new PaidNotice("", "t-" + orderNo, orderNo, 1200, "CNY", Instant.now()));
    if (!orderNo.startsWith("paid")) {
      order.retain("mchid", "appid", "out_trade_no", "trade_state_desc", "attach");
      order.put("trade_state", closed.containsKey(orderNo) ? "CLOSED" : "NOTPAY");
    }
    return order;
  }

  private ApiReply answered(int status, String body) {
    Instant now = Instant.now();
    SignedCallback signed = signer.body(RawBytes.of(body.getBytes(StandardCharsets.UTF_8)), now);
    Map<String, List<String>> headers = new HashMap<>();
    signed.headers().forEach((k, v) -> headers.put(k.toLowerCase(Locale.ROOT), List.of(v)));
    return new ApiReply.Answered(status, headers, signed.body(), now);
  }
}

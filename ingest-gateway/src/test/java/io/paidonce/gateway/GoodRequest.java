package io.paidonce.gateway;

import static io.paidonce.gateway.RunningGateway.NOW;
import static java.nio.charset.StandardCharsets.ISO_8859_1;

import io.paidonce.contract.PaymentNotification;
import io.paidonce.contract.RefundOutcome;
import io.paidonce.providers.CallbackSigner;
import io.paidonce.providers.CallbackSigner.CombinedNotice;
import io.paidonce.providers.CallbackSigner.PaidNotice;
import io.paidonce.providers.CallbackSigner.RefundNotice;
import io.paidonce.providers.SignedCallback;
import io.paidonce.providers.alipay.AlipaySigner;
import io.paidonce.providers.hmac.HmacSigner;
import java.net.URLDecoder;
import java.nio.charset.Charset;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * A callback that a provider signed, and what another request must have in common with it to be the
 * same callback. Knows nothing of the code that verifies.
 *
 * @param path of the account it was signed for
 */
record GoodRequest(String path, SignedCallback callback) {

  // Of each protocol its own: what another one signs means nothing to it.
  private static final Map<String, List<String>> SIGNED_HEADERS =
      Map.of(
          "wechat-v3",
          List.of(
              "wechatpay-timestamp", "wechatpay-nonce", "wechatpay-signature", "wechatpay-serial"),
          "hmac",
          List.of("x-signature", "x-timestamp"));

  /** At least one of every protocol; a new protocol adds its own here. */
  static List<GoodRequest> all() {
    AlipaySigner gbk =
        new AlipaySigner(
            Shops.ALIPAY_KEYS.getPrivate(),
            "2021000000000001",
            "2088000000000002",
            Charset.forName("GBK"));
    return List.of(
        signed(Shops.WECHAT_A, Shops.wechatSigner(new Random(1)), 1),
        signed(Shops.WECHAT_A, Shops.wechatSigner(new Random(2)), 2),
        signed(Shops.ALIPAY, Shops.alipaySigner(), 3),
        signed(Shops.ALIPAY, gbk, 4),
        refund(Shops.WECHAT_A, Shops.wechatSigner(new Random(5)), 5),
        refund(Shops.ALIPAY, gbk, 6),
        signed(Shops.HMAC, new HmacSigner(Shops.hmac("house", "header")), 9),
        signed(Shops.WECHAT_V2, Shops.wechatV2Signer(new Random(10)), 10),
        new GoodRequest(
            Shops.WECHAT_A,
            Shops.wechatSigner(new Random(7))
                .combined(
                    new CombinedNotice("notice-m7", "combined-m7", List.of(paid(7), paid(8))),
                    NOW)));
  }

  // The same bytes in every run: else a seed would not repeat one.
  private static GoodRequest signed(String path, CallbackSigner signer, int number) {
    return new GoodRequest(path, signer.payment(paid(number), NOW));
  }

  private static GoodRequest refund(String path, CallbackSigner signer, int number) {
    RefundNotice notice =
        new RefundNotice(
            "notice-r" + number,
            paid(number),
            "5030000" + number,
            "refund-m" + number,
            RefundOutcome.SUCCEEDED,
            200,
            200,
            NOW);
    return new GoodRequest(path, signer.refund(notice, NOW));
  }

  private static PaidNotice paid(int number) {
    return new PaidNotice(
        "notice-m" + number, "4300000" + number, "order-m" + number, 1_200, "CNY", NOW);
  }

  @Override
  public String toString() {
    return path + ", " + callback.body().length() + " bytes";
  }

  String protocol() {
    return path.split("/", -1)[2];
  }

  boolean isWhat(PaymentNotification stored) {
    String account = path.split("/", -1)[3];
    return stored.protocol().equals(protocol())
        && stored.account().equals(account)
        && says(stored.evidence().headers(), stored.evidence().body().bytes());
  }

  /** Whether these headers and this body say the same under the same signature. */
  boolean says(Map<String, String> headers, byte[] body) {
    if (protocol().equals("wechat-v2")) {
      return SameXml.says(callback.body().bytes(), body);
    }
    return protocol().equals("alipay")
        ? sameForm(callback.body().bytes(), body)
        : Arrays.equals(callback.body().bytes(), body)
            && signed(callback.headers()).equals(signed(headers));
  }

  private Map<String, String> signed(Map<String, String> headers) {
    Map<String, String> signed = new TreeMap<>();
    // White space around a value is HTTP's, not the value's.
    headers.forEach((name, value) -> signed.put(name.toLowerCase(Locale.ROOT), value.strip()));
    signed.keySet().retainAll(SIGNED_HEADERS.getOrDefault(protocol(), List.of()));
    // The case of hex digits is free.
    signed.computeIfPresent("x-signature", (name, hex) -> hex.toLowerCase(Locale.ROOT));
    return signed;
  }

  // Percent-encoding, the order of parameters and blank ones are free.
  private static boolean sameForm(byte[] one, byte[] other) {
    try {
      return parameters(one).equals(parameters(other));
    } catch (IllegalArgumentException e) {
      return false;
    }
  }

  private static List<String> parameters(byte[] body) {
    return Stream.of(new String(body, ISO_8859_1).split("&", -1))
        .map(pair -> pair.split("=", 2))
        .filter(pair -> pair.length < 2 || !decoded(pair[1]).isBlank())
        .map(pair -> decoded(pair[0]) + (pair.length < 2 ? "" : "=" + decoded(pair[1])))
        .sorted()
        .toList();
  }

  private static String decoded(String text) {
    return URLDecoder.decode(text, ISO_8859_1);
  }
}

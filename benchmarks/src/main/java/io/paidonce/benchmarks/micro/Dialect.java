package io.paidonce.benchmarks.micro;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;

import io.paidonce.providers.Account;
import io.paidonce.providers.Problems;
import io.paidonce.providers.Secret;
import io.paidonce.providers.SignedCallback;
import io.paidonce.providers.alipay.AlipayConfig;
import io.paidonce.providers.alipay.AlipayProtocol;
import io.paidonce.providers.alipay.AlipaySigner;
import io.paidonce.providers.wechatv3.PlatformKey;
import io.paidonce.providers.wechatv3.WechatV3Config;
import io.paidonce.providers.wechatv3.WechatV3Protocol;
import io.paidonce.providers.wechatv3.WechatV3Signer;
import java.net.URLDecoder;
import java.security.KeyPair;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** The protocols that are measured: an account of each, and callbacks signed for it. */
public enum Dialect {
  /** JSON with an encrypted resource; signed are time, nonce and body. */
  WECHAT_V3 {
    @Override
    Optional<Account> account(KeyPair keys, Problems problems) {
      String pem =
          "-----BEGIN PUBLIC KEY-----\n"
              + Base64.getMimeEncoder().encodeToString(keys.getPublic().getEncoded())
              + "\n-----END PUBLIC KEY-----\n";
      return new WechatV3Protocol()
          .open(
              new WechatV3Config(
                  WechatV3Protocol.ID,
                  "1900000009",
                  "bench",
                  List.of(Secret.of(API_V3_KEY)),
                  List.of(new PlatformKey(PLATFORM_KEY_ID, pem)),
                  List.of(),
                  List.of()),
              problems);
    }

    @Override
    Sample sample(KeyPair keys, int number) {
      WechatV3Signer signer =
          new WechatV3Signer(
              keys.getPrivate(),
              PLATFORM_KEY_ID,
              Secret.of(API_V3_KEY),
              "1900000009",
              "wx1900000009000000",
              new SplittableRandom(number));
      SignedCallback callback = signer.payment(Sample.notice(number), Sample.sentAt());
      Map<String, String> headers = callback.headers();
      String text =
          headers.get("Wechatpay-Timestamp")
              + "\n"
              + headers.get("Wechatpay-Nonce")
              + "\n"
              + new String(callback.body().bytes(), UTF_8)
              + "\n";
      return Sample.of(
          callback, text, requireNonNull(headers.get("Wechatpay-Signature"), "a signed callback"));
    }
  },

  /** A form; signed are its fields, sorted and decoded. */
  ALIPAY {
    @Override
    Optional<Account> account(KeyPair keys, Problems problems) {
      String key = Base64.getEncoder().encodeToString(keys.getPublic().getEncoded());
      return new AlipayProtocol()
          .open(
              new AlipayConfig(AlipayProtocol.ID, APP_ID, "bench", SELLER_ID, List.of(key), null),
              problems);
    }

    @Override
    Sample sample(KeyPair keys, int number) {
      AlipaySigner signer = new AlipaySigner(keys.getPrivate(), APP_ID, SELLER_ID);
      Map<String, String> fields =
          new TreeMap<>(signer.parameters(Sample.notice(number), Sample.sentAt()));
      String text =
          fields.entrySet().stream()
              .map(field -> field.getKey() + "=" + field.getValue())
              .collect(Collectors.joining("&"));
      SignedCallback callback = signer.form(fields, text);
      return Sample.of(callback, text, signatureIn(callback));
    }
  };

  private static final String API_V3_KEY = "for-measuring-only-0123456789abc";
  private static final String PLATFORM_KEY_ID = "PUB_KEY_ID_0119000000092026112100000000";
  private static final String APP_ID = "2021000000000009";
  private static final String SELLER_ID = "2088000000000109";

  abstract Optional<Account> account(KeyPair keys, Problems problems);

  abstract Sample sample(KeyPair keys, int number);

  private static String signatureIn(SignedCallback form) {
    for (String field : new String(form.body().bytes(), UTF_8).split("&", -1)) {
      if (field.startsWith("sign=")) {
        return URLDecoder.decode(field.substring("sign=".length()), UTF_8);
      }
    }
    throw new IllegalStateException("a form without its signature");
  }
}

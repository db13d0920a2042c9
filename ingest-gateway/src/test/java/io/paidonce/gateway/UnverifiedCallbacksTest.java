package io.paidonce.gateway;

import static io.paidonce.gateway.Refused.assertRefused;
import static io.paidonce.gateway.RunningGateway.NOW;
import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.paidonce.contract.RawBytes;
import io.paidonce.gateway.RawHttp.Answer;
import io.paidonce.providers.SignedCallback;
import io.paidonce.providers.hmac.HmacSigner;
import java.security.GeneralSecurityException;
import java.security.Signature;
import java.time.Clock;
import java.time.ZoneOffset;
import java.util.Base64;
import java.util.HexFormat;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.SortedMap;
import java.util.stream.Stream;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Ways past the signature, at the real door of every protocol: there is none. */
class UnverifiedCallbacksTest {

  private Door door;

  @BeforeEach
  void open() {
    door = Door.ofProviders(Clock.fixed(NOW, ZoneOffset.UTC));
  }

  @AfterEach
  void close() {
    door.close();
  }

  static Stream<GoodRequest> goodOnes() {
    return GoodRequest.all().stream();
  }

  static Stream<SignedPart> parts() {
    return SignedPart.all();
  }

  @ParameterizedTest
  @MethodSource("goodOnes")
  void whoeverSaysToBeThisMachineIsVerifiedLikeAnybody(GoodRequest good) {
    String lines = Shops.headerLines(good.callback().headers());
    String altered = altered(good);
    for (String host : List.of("localhost", "127.0.0.1", "[::1]", "paidonce.internal")) {
      for (String claim :
          List.of(
              "X-Forwarded-Host: localhost",
              "X-Forwarded-For: 127.0.0.1",
              "X-Real-IP: 127.0.0.1",
              "Forwarded: for=\"[::1]\";host=localhost",
              "X-Original-URL: /health/live",
              "X-Sandbox: true")) {
        String request =
            RawHttp.post(good.path(), lines + claim + "\r\n", altered)
                .replaceFirst("Host: localhost", "Host: " + host);
        assertRefused(door, good.path(), RawHttp.exchange(door.port, request), host + ", " + claim);
      }
    }
  }

  @ParameterizedTest
  @MethodSource("parts")
  void withoutAnyPartOfItsSignatureNothingIsTaken(SignedPart part) {
    for (String value : List.of("", "   ", "null", "undefined", "0")) {
      assertRefused(
          door,
          part.good().path(),
          RawHttp.exchange(door.port, part.sentWith(value)),
          "\"" + value + "\"");
    }
    assertRefused(
        door, part.good().path(), RawHttp.exchange(door.port, part.sentWith()), "taken out");
    assertRefused(
        door,
        part.good().path(),
        RawHttp.exchange(door.port, part.sentWith(part.value(), part.value())),
        "twice");
    assertThat(RawHttp.exchange(door.port, part.sentWith(part.value())).status())
        .as("as it was, it is good")
        .isBetween(200, 299);
  }

  /** Two lines of published integrations took what had neither signature nor return code. */
  @Test
  void aMessageInXmlThatSaysNothingOfItselfIsNotTaken() {
    SortedMap<String, String> fields =
        Shops.wechatV2Signer(new Random(1)).fields(Shops.notice(NOW));
    for (List<String> left :
        List.of(List.of("return_code"), List.of("result_code"), List.of("mch_id"))) {
      fields.keySet().removeAll(left);
      assertRefused(door, Shops.WECHAT_V2, xml(fields), "without " + left);
    }
    fields.put("req_info", "bm90aGluZw==");
    assertRefused(door, Shops.WECHAT_V2, xml(fields), "a payment that says to be a refund");
  }

  private Answer xml(Map<String, String> fields) {
    StringBuilder xml = new StringBuilder("<xml>");
    fields.forEach((name, value) -> xml.append("<%s>%s</%s>".formatted(name, value, name)));
    return RawHttp.exchange(door.port, RawHttp.post(Shops.WECHAT_V2, "", xml + "</xml>"));
  }

  /** An attack by an algorithm of the message's choice, signed as well as that algorithm can be. */
  record Choice(String told, String path, SignedCallback callback) {
    @Override
    public String toString() {
      return path + " " + told;
    }
  }

  static Stream<Choice> choices() throws GeneralSecurityException {
    Stream.Builder<Choice> all = Stream.builder();
    SignedCallback v3 = Shops.wechatSigner().payment(Shops.notice(NOW), NOW);
    for (String type :
        List.of("WECHATPAY2-SM2-WITH-SM3", "WECHATPAY2-SHA1-RSA2048", "HMAC-SHA256", "none")) {
      all.add(new Choice(type, Shops.WECHAT_A, Shops.with(v3, "Wechatpay-Signature-Type", type)));
    }
    byte[] message = v3Message(v3);
    all.add(
        new Choice(
            "SHA-1 with the right key",
            Shops.WECHAT_A,
            Shops.with(v3, "Wechatpay-Signature", sha1(Shops.KEYS_A.getPrivate(), message))));
    all.add(
        new Choice(
            "the public key as the secret of an HMAC",
            Shops.WECHAT_A,
            Shops.with(
                v3,
                "Wechatpay-Signature",
                Base64.getEncoder()
                    .encodeToString(
                        mac("HmacSHA256", Shops.KEYS_A.getPublic().getEncoded(), message)))));
    for (String type : List.of("RSA", "RSA2", "HMAC", "MD5", "none")) {
      all.add(new Choice("SHA-1, sign_type=" + type, Shops.ALIPAY, alipayBySha1(type)));
    }
    for (boolean stated : List.of(true, false)) {
      var md5 = Shops.wechatV2Signer("MD5", "1900000001", new Random(1));
      SortedMap<String, String> fields = md5.fields(Shops.notice(NOW));
      if (stated) {
        fields.put("sign_type", "MD5");
      }
      all.add(new Choice("MD5, stated: " + stated, Shops.WECHAT_V2, md5.signed(fields)));
      fields.put("sign_type", "HMAC-SHA256");
      all.add(new Choice("MD5 that says HMAC", Shops.WECHAT_V2, md5.signed(fields)));
    }
    SignedCallback hmac =
        new HmacSigner(Shops.hmac("house", "header")).payment(Shops.notice(NOW), NOW);
    byte[] signed =
        (hmac.headers().get("x-timestamp") + "." + new String(hmac.body().bytes(), UTF_8))
            .getBytes(UTF_8);
    for (String algorithm : List.of("HmacSHA1", "HmacSHA512", "HmacMD5")) {
      String hex =
          HexFormat.of().formatHex(mac(algorithm, Shops.HMAC_SECRET.getBytes(UTF_8), signed));
      all.add(
          new Choice(
              algorithm,
              Shops.HMAC,
              Shops.with(Shops.with(hmac, "x-signature", hex), "x-algorithm", algorithm)));
    }
    return all.build();
  }

  @ParameterizedTest
  @MethodSource("choices")
  void theMessageDoesNotChooseItsAlgorithm(Choice choice) {
    assertRefused(door, choice.path(), door.send(choice.path(), choice.callback()), choice.told());
  }

  @Test
  void whatOneAccountsProviderSignedIsNothingAtAnothersPath() {
    Set<String> paths = new LinkedHashSet<>();
    GoodRequest.all().forEach(good -> paths.add(good.path()));
    paths.add(Shops.WECHAT_B);
    paths.add(Shops.HMAC_IN_QUERY);
    for (GoodRequest good : GoodRequest.all()) {
      for (String path : paths) {
        if (!path.equals(good.path())) {
          assertRefused(door, path, door.send(path, good.callback()), good.path() + " at " + path);
        }
      }
    }
  }

  @Test
  void aKeyIsNoKeyOnceItsTimeIsOver() {
    RetiringKey over =
        new RetiringKey("wechat-v3/1900000001", Shops.KEY_ID_A, NOW.minusSeconds(1).toString());
    try (Door retired = Door.ofProviders(Clock.fixed(NOW, ZoneOffset.UTC), over)) {
      SignedCallback callback = Shops.wechatSigner().payment(Shops.notice(NOW), NOW);
      assertRefused(
          retired, Shops.WECHAT_A, retired.send(Shops.WECHAT_A, callback), "a retired key");
    }
  }

  /** The sender learns that it was refused, and nothing of why. */
  @ParameterizedTest
  @MethodSource("goodOnes")
  void everyForgeryOfACallbackIsAnsweredAlike(GoodRequest good) {
    Set<Answer> answers = new LinkedHashSet<>();
    answers.add(
        RawHttp.exchange(
            door.port,
            RawHttp.post(
                good.path(), Shops.headerLines(good.callback().headers()), altered(good))));
    SignedPart.all()
        .filter(part -> part.good().path().equals(good.path()))
        // Not a number, a time is no time: that much the sender knows by itself.
        .filter(part -> !part.name().toLowerCase(java.util.Locale.ROOT).contains("timestamp"))
        .forEach(
            part -> {
              answers.add(RawHttp.exchange(door.port, part.sentWith()));
              answers.add(RawHttp.exchange(door.port, part.sentWith("AAAA")));
              answers.add(RawHttp.exchange(door.port, part.sentWith("%%%no-base64%%%")));
            });
    answers.removeIf(answer -> answer.status() == 400);
    assertThat(answers).hasSize(1);
    assertThat(answers.iterator().next().status()).isEqualTo(401);
  }

  /** WeChat Pay sends wrong signatures on purpose: a failure each time, and no harm to the next. */
  @Test
  void aBurstOfProbesIsRefusedAndBansNobody() {
    try (RawHttp http = RawHttp.connect(door.port)) {
      for (int i = 0; i < 100; i++) {
        SignedCallback probe = Shops.wechatSigner().probe(Shops.notice(NOW), NOW);
        http.send(Shops.request(Shops.WECHAT_A, probe));
        assertRefused(door, Shops.WECHAT_A, http.answer(), "probe " + i);
      }
      http.send(
          Shops.request(Shops.WECHAT_A, Shops.wechatSigner().payment(Shops.notice(NOW), NOW)));
      assertThat(http.answer().status()).isEqualTo(200);
    }
    assertThat(door.notifications()).hasSize(1);
    assertThat(door.counter(GatewayMetrics.REJECTIONS, "SIGNATURE_PROBE")).isEqualTo(100);
    assertThat(door.counter(GatewayMetrics.REJECTIONS, "SIGNATURE_MISMATCH")).isZero();
  }

  private static String altered(GoodRequest good) {
    String body = new String(good.callback().body().bytes(), ISO_8859_1);
    // Inside of a value of every protocol: the callback stays one, the signature does not.
    String other = body.replaceFirst("SUCCESS|PAID", "FORGERY");
    assertThat(other).isNotEqualTo(body);
    return other;
  }

  private static byte[] v3Message(SignedCallback callback) {
    return (callback.headers().get("Wechatpay-Timestamp")
            + "\n"
            + callback.headers().get("Wechatpay-Nonce")
            + "\n"
            + new String(callback.body().bytes(), ISO_8859_1)
            + "\n")
        .getBytes(ISO_8859_1);
  }

  private static SignedCallback alipayBySha1(String signType) throws GeneralSecurityException {
    SortedMap<String, String> parameters = Shops.alipaySigner().parameters(Shops.notice(NOW), NOW);
    StringBuilder content = new StringBuilder();
    parameters.forEach((name, value) -> content.append('&').append(name + "=" + value));
    String sign =
        sha1(Shops.ALIPAY_KEYS.getPrivate(), content.substring(1).getBytes(UTF_8))
            .replace("+", "%2B");
    SignedCallback good = Shops.alipaySigner().form(parameters);
    String body =
        new String(good.body().bytes(), ISO_8859_1)
            .replaceFirst("sign=[^&]*", "sign=" + sign)
            .replaceFirst("sign_type=RSA2", "sign_type=" + signType);
    return new SignedCallback(good.headers(), RawBytes.of(body.getBytes(ISO_8859_1)));
  }

  private static String sha1(java.security.PrivateKey key, byte[] message)
      throws GeneralSecurityException {
    Signature signature = Signature.getInstance("SHA1withRSA");
    signature.initSign(key);
    signature.update(message);
    return Base64.getEncoder().encodeToString(signature.sign());
  }

  private static byte[] mac(String algorithm, byte[] key, byte[] message)
      throws GeneralSecurityException {
    Mac mac = Mac.getInstance(algorithm);
    mac.init(new SecretKeySpec(key, algorithm));
    return mac.doFinal(message);
  }
}

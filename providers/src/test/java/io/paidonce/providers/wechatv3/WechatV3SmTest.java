package io.paidonce.providers.wechatv3;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.paidonce.contract.RawBytes;
import io.paidonce.providers.Account;
import io.paidonce.providers.Ask;
import io.paidonce.providers.Callbacks;
import io.paidonce.providers.Doubt;
import io.paidonce.providers.KeySignature;
import io.paidonce.providers.KeyText;
import io.paidonce.providers.Outcome;
import io.paidonce.providers.PlayedProvider;
import io.paidonce.providers.PlayedProvider.Received;
import io.paidonce.providers.PlayedProvider.Sent;
import io.paidonce.providers.Problems;
import io.paidonce.providers.ProviderClient;
import io.paidonce.providers.Secret;
import io.paidonce.providers.Sm2Keys;
import io.paidonce.providers.TestCertificate;
import io.paidonce.providers.TestKeys;
import io.paidonce.providers.Verdict;
import io.paidonce.providers.wechatv3.CertificateDownload.Downloaded;
import io.paidonce.providers.wechatv3.CertificateDownload.Failed;
import java.net.URI;
import java.security.KeyPair;
import java.util.List;
import java.util.Random;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A merchant of SM: asks, downloads, and pins, all of it with SM2 and SM4 alone. */
class WechatV3SmTest {

  private static final KeyPair MERCHANT = Sm2Keys.newKeyPair();
  private static final Ask ASK = new Ask("ask-1", Callbacks.NOW, 0);

  private final PlayedProvider provider = new PlayedProvider();

  @AfterEach
  void close() {
    provider.close();
  }

  @Test
  void requestsAreSignedWithTheMerchantsSm2Key() {
    provider.answers(Sent.unsigned(404, "{}"));
    client().queryOrder("ORDER-1", ASK);
    Received received = provider.received().get(0);
    String authorization = received.headers().get("authorization");
    assertThat(authorization).startsWith("WECHATPAY2-SM2-WITH-SM3 mchid=\"");
    // The one SM2 key of the account, though it has a public key of RSA too.
    assertThat(received.headers()).containsEntry("wechatpay-serial", WechatV3Fixture.SM_SERIAL);
    String message =
        RequestSigner.message(
            "GET",
            URI.create(provider.address() + received.target()),
            field("timestamp", authorization),
            field("nonce_str", authorization),
            "");
    assertThat(
            KeySignature.verifies(
                MERCHANT.getPublic(), field("signature", authorization), message.getBytes(UTF_8)))
        .isTrue();
  }

  @Test
  void anAnswerSignedWithSm2IsBelieved() {
    String paid = WechatV3Fixture.signer().resource(WechatV3Fixture.NOTICE).toString();
    provider.answers(Sent.of(200, sm(WechatV3Fixture.SM_SERIAL).body(bytes(paid), Callbacks.NOW)));
    assertThat(client().queryOrder("ORDER-1", ASK)).isInstanceOf(Outcome.Told.class);
    provider.answers(
        Sent.of(200, sm(WechatV3Fixture.SM_SERIAL).body(bytes(paid), Callbacks.NOW))
            .withBody((paid + " ").getBytes(UTF_8)));
    assertThat(client().queryOrder("ORDER-1", ASK))
        .isInstanceOfSatisfying(
            Outcome.Unknown.class, o -> assertThat(o.why()).isEqualTo(Doubt.UNVERIFIED));
  }

  @Test
  void certificatesOfSmAreDownloadedWithSm() {
    TestCertificate certificate =
        TestCertificate.of(WechatV3Fixture.SM_KEY.getPublic(), WechatV3Fixture.SM_KEY.getPrivate())
            .serial(WechatV3Fixture.SM_SERIAL);
    provider.answers(answer(WechatV3Fixture.SM_SERIAL, certificate.pem()));
    CertificateDownload first = download();
    assertThat(first).isInstanceOf(Downloaded.class);
    assertThat(provider.received().get(0).target())
        .isEqualTo("/v3/certificates?algorithm_type=SM2");

    Problems problems = Problems.none();
    Account account =
        new WechatV3Protocol()
            .open(keyless(), ((Downloaded) first).certificates(), problems)
            .orElseThrow();
    assertThat(
            account.receive(
                Callbacks.received(
                    sm(WechatV3Fixture.SM_SERIAL).payment(WechatV3Fixture.NOTICE, Callbacks.NOW))))
        .isInstanceOf(Verdict.Authentic.class);

    // A certificate of RSA in an answer of SM is not what was asked for.
    provider.answers(
        answer(
            "0C",
            TestCertificate.of(TestKeys.PLATFORM.getPublic(), TestKeys.PLATFORM.getPrivate())
                .serial("0C")
                .pem()));
    assertThat(download())
        .isInstanceOfSatisfying(
            Failed.class, failed -> assertThat(failed.explanation()).contains("of an SM2 key"));
  }

  private CertificateDownload download() {
    return WechatV3Certificates.open(
            keyless(),
            credentials(),
            PlayedProvider.transport(Callbacks.NOW),
            new Random(7),
            Problems.none())
        .orElseThrow()
        .download(List.of(), ASK);
  }

  private ProviderClient client() {
    Problems problems = Problems.none();
    return new WechatV3Api()
        .open(
            WechatV3Fixture.config(List.of()),
            credentials(),
            PlayedProvider.transport(Callbacks.NOW),
            new Random(7),
            problems)
        .orElseThrow(() -> new IllegalStateException(problems.lines().toString()));
  }

  private WechatV3Credentials credentials() {
    return new WechatV3Credentials(
        WechatV3Protocol.ID,
        WechatV3Fixture.MCHID,
        null,
        WechatV3Fixture.MERCHANT_SERIAL,
        Secret.of(KeyText.privateKeyPem(MERCHANT.getPrivate())),
        List.of(provider.address()));
  }

  private static WechatV3Config keyless() {
    return new WechatV3Config(
        WechatV3Protocol.ID,
        WechatV3Fixture.MCHID,
        "shop-1",
        List.of(WechatV3Fixture.API_V3_KEY),
        List.of(),
        List.of(),
        List.of());
  }

  private static WechatV3Signer sm(String keyId) {
    return WechatV3Fixture.smSigner(keyId, WechatV3Fixture.API_V3_KEY);
  }

  private static Sent answer(String serial, String pem) {
    ObjectNode answer = JsonNodeFactory.instance.objectNode();
    ObjectNode entry = answer.putArray("data").addObject();
    entry.put("serial_no", serial);
    ObjectNode resource =
        (ObjectNode)
            sm(serial)
                .envelope("", "", "certificate", "certificate", pem, Callbacks.NOW)
                .required("resource");
    entry.set("encrypt_certificate", resource);
    return Sent.of(
        200, sm(WechatV3Fixture.SM_SERIAL).body(bytes(answer.toString()), Callbacks.NOW));
  }

  private static RawBytes bytes(String text) {
    return RawBytes.of(text.getBytes(UTF_8));
  }

  private static String field(String name, String authorization) {
    Matcher field = Pattern.compile(name + "=\"([^\"]+)\"").matcher(authorization);
    assertThat(field.find()).isTrue();
    return field.group(1);
  }
}

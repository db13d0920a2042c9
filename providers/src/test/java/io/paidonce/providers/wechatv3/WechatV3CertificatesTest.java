package io.paidonce.providers.wechatv3;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.paidonce.contract.RawBytes;
import io.paidonce.contract.Rejection;
import io.paidonce.providers.Account;
import io.paidonce.providers.Ask;
import io.paidonce.providers.Callbacks;
import io.paidonce.providers.Doubt;
import io.paidonce.providers.KeyText;
import io.paidonce.providers.PlayedProvider;
import io.paidonce.providers.PlayedProvider.Received;
import io.paidonce.providers.PlayedProvider.Sent;
import io.paidonce.providers.Problems;
import io.paidonce.providers.Secret;
import io.paidonce.providers.TestCertificate;
import io.paidonce.providers.TestKeys;
import io.paidonce.providers.Verdict;
import io.paidonce.providers.wechatv3.CertificateDownload.Downloaded;
import io.paidonce.providers.wechatv3.CertificateDownload.Failed;
import java.security.KeyPair;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Random;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Which certificates become keys: those that a known key, or at the very first they, signed. */
class WechatV3CertificatesTest {

  private static final Instant NOW = Callbacks.NOW;
  private static final Duration DAY = Duration.ofDays(1);
  private static final String NEW_SERIAL = "70000000000000000000000000000000000000B1";
  private static final KeyPair NEW_KEY = TestKeys.OTHER;
  private static final Ask ASK = new Ask("certificates-1", NOW, 0);

  private static final TestCertificate CURRENT =
      TestCertificate.of(TestKeys.PLATFORM.getPublic(), TestKeys.PLATFORM.getPrivate())
          .serial(WechatV3Fixture.SERIAL)
          .names("CN=Tenpay.com Root CA", "CN=Tenpay.com sign,O=Tenpay.com");
  private static final TestCertificate NEXT =
      TestCertificate.of(NEW_KEY.getPublic(), TestKeys.PLATFORM.getPrivate())
          .serial(NEW_SERIAL)
          .names("CN=Tenpay.com Root CA", "CN=Tenpay.com sign,O=Tenpay.com")
          .dates(NOW.plus(DAY), NOW.plus(DAY.multipliedBy(1800)));

  private final PlayedProvider provider = new PlayedProvider();

  @AfterEach
  void close() {
    provider.close();
  }

  @Test
  void whatAKnownKeySignedIsTheNewRing() {
    provider.answers(signedByCurrent(answer(CURRENT, NEXT)));
    List<PlatformCertificate> certificates = downloaded(download(config(), List.of()));
    assertThat(certificates)
        .extracting(PlatformCertificate::serial)
        .containsExactly(WechatV3Fixture.SERIAL, NEW_SERIAL);
    Received received = provider.received().get(0);
    assertThat(received.method() + " " + received.target()).isEqualTo("GET /v3/certificates");
    assertThat(received.headers().get("authorization")).contains(WechatV3Fixture.MCHID);
  }

  @Test
  void aNewCertificateIsAKeyWithinItsDatesAndNotBefore() {
    List<PlatformCertificate> certificates =
        List.of(new PlatformCertificate(CURRENT.x509()), new PlatformCertificate(NEXT.x509()));
    Account account = account(config(), certificates);
    assertThat(received(account, NEW_KEY, NEW_SERIAL, NOW)).isEqualTo(Rejection.UNKNOWN_KEY);
    assertThat(received(account, NEW_KEY, NEW_SERIAL, NOW.plus(DAY))).isNull();
    assertThat(received(account, NEW_KEY, NEW_SERIAL, NOW.plus(DAY.multipliedBy(1800)))).isNull();
    assertThat(
            received(account, NEW_KEY, NEW_SERIAL, NOW.plus(DAY.multipliedBy(1800)).plusSeconds(1)))
        .isEqualTo(Rejection.UNKNOWN_KEY);
    // What the operator put into the configuration goes by no dates.
    assertThat(
            received(
                account,
                TestKeys.PLATFORM,
                WechatV3Fixture.SERIAL,
                NOW.plus(DAY.multipliedBy(3000))))
        .isNull();
    assertThat(received(account(config(), List.of()), NEW_KEY, NEW_SERIAL, NOW.plus(DAY)))
        .isEqualTo(Rejection.UNKNOWN_KEY);
    assertThat(received(account, TestKeys.PLATFORM, NEW_SERIAL, NOW.plus(DAY)))
        .isEqualTo(Rejection.SIGNATURE_MISMATCH);
  }

  @Test
  void onlyAnAccountWithoutAnyKeyBelievesWhatComesWithTheAnswer() {
    provider.answers(signedByCurrent(answer(CURRENT, NEXT)));
    List<PlatformCertificate> first = downloaded(download(keyless(), List.of()));
    assertThat(first).hasSize(2);
    assertThat(provider.received().get(0).headers()).doesNotContainKey("wechatpay-serial");
    assertThat(received(account(keyless(), first), TestKeys.PLATFORM, WechatV3Fixture.SERIAL, NOW))
        .isNull();

    // The same trust again is not given: now there is a key that must have signed.
    TestCertificate strange = NEXT.dates(NOW.minus(DAY), NOW.plus(DAY));
    provider.answers(signed(NEW_KEY, NEW_SERIAL, answer(strange)));
    assertThat(failed(download(keyless(), List.of(first.get(0)))).why())
        .isEqualTo(Doubt.UNKNOWN_KEY);
    assertThat(failed(download(config(), List.of())).why()).isEqualTo(Doubt.UNKNOWN_KEY);
    assertThat(downloaded(download(keyless(), List.of()))).hasSize(1);
  }

  @Test
  void whatWasDownloadedMaySignTheNextDownload() {
    TestCertificate valid = NEXT.dates(NOW.minus(DAY), NOW.plus(DAY));
    provider.answers(signed(NEW_KEY, NEW_SERIAL, answer(valid)));
    List<PlatformCertificate> lastGood = List.of(new PlatformCertificate(valid.x509()));
    assertThat(downloaded(download(keyless(), lastGood))).hasSize(1);
    List<PlatformCertificate> expired =
        List.of(new PlatformCertificate(NEXT.dates(NOW.minus(DAY), NOW.minusSeconds(1)).x509()));
    assertThat(failed(download(keyless(), expired)).why()).isEqualTo(Doubt.UNKNOWN_KEY);
  }

  @Test
  void expiredOnesAreLeftOut() {
    TestCertificate expired = NEXT.dates(NOW.minus(DAY), NOW.minusSeconds(1));
    provider.answers(signedByCurrent(answer(expired, CURRENT)));
    assertThat(downloaded(download(config(), List.of())))
        .extracting(PlatformCertificate::serial)
        .containsExactly(WechatV3Fixture.SERIAL);
    provider.answers(signedByCurrent(answer(expired)));
    assertThat(failed(download(config(), List.of())).why()).isEqualTo(Doubt.UNREADABLE);
    provider.answers(signedByCurrent(answer(NEXT)));
    assertThat(failed(download(config(), List.of())).why()).isEqualTo(Doubt.UNREADABLE);
  }

  static Stream<Arguments> answersOfNobody() {
    String good = answer(CURRENT, NEXT).toString();
    Sent signed = signedByCurrent(answer(CURRENT, NEXT));
    return Stream.of(
        Arguments.of("unsigned", Doubt.UNVERIFIED, Sent.unsigned(200, good)),
        Arguments.of(
            "forged",
            Doubt.UNVERIFIED,
            signed(TestKeys.MERCHANT, WechatV3Fixture.SERIAL, answer(CURRENT))),
        Arguments.of("changed", Doubt.UNVERIFIED, signed.withBody((good + " ").getBytes(UTF_8))),
        Arguments.of(
            "old",
            Doubt.UNVERIFIED,
            Sent.of(
                200,
                signer(TestKeys.PLATFORM, WechatV3Fixture.SERIAL)
                    .body(bytes(good), NOW.minus(Duration.ofMinutes(5))))),
        Arguments.of(
            "of another APIv3 key",
            Doubt.UNREADABLE,
            signedByCurrent(answer(Secret.of("another-api-v3-key-of-32-bytes-3"), CURRENT))),
        Arguments.of(
            "with another serial_no",
            Doubt.UNREADABLE,
            signedByCurrent(changed(answer(CURRENT), entry -> entry.put("serial_no", "0B")))),
        Arguments.of(
            "with another algorithm",
            Doubt.UNREADABLE,
            signedByCurrent(
                changed(
                    answer(CURRENT),
                    entry ->
                        ((ObjectNode) entry.get("encrypt_certificate"))
                            .put("algorithm", "AEAD_SM4_GCM")))),
        Arguments.of(
            "with an associated_data changed",
            Doubt.UNREADABLE,
            signedByCurrent(
                changed(
                    answer(CURRENT),
                    entry ->
                        ((ObjectNode) entry.get("encrypt_certificate"))
                            .put("associated_data", "Certificate")))),
        Arguments.of(
            "one serial twice", Doubt.UNREADABLE, signedByCurrent(answer(CURRENT, CURRENT))),
        Arguments.of(
            "one of two is rubbish",
            Doubt.UNREADABLE,
            signedByCurrent(added(answer(CURRENT), entry("0C", "rubbish")))),
        Arguments.of(
            "a public key for a certificate",
            Doubt.UNREADABLE,
            signedByCurrent(
                added(
                    answer(CURRENT),
                    entry("0C", KeyText.publicKeyPem(TestKeys.PLATFORM.getPublic()))))),
        Arguments.of(
            "the merchant's own",
            Doubt.UNREADABLE,
            signedByCurrent(answer(CURRENT, NEXT.names("CN=Root", "CN=" + WechatV3Fixture.MCHID)))),
        Arguments.of(
            "a weak key",
            Doubt.UNREADABLE,
            signedByCurrent(
                answer(
                    CURRENT,
                    TestCertificate.of(
                            TestKeys.weakRsa().getPublic(), TestKeys.PLATFORM.getPrivate())
                        .serial("0C")))),
        Arguments.of("of no certificate", Doubt.UNREADABLE, signedByCurrent(answer())),
        Arguments.of("no data", Doubt.UNREADABLE, signedByCurrent(object())),
        Arguments.of(
            "too many",
            Doubt.UNREADABLE,
            signedByCurrent(
                answer(
                    Stream.iterate(1, i -> i + 1)
                        .limit(21)
                        .map(i -> CURRENT.serial(Integer.toHexString(i)))
                        .toArray(TestCertificate[]::new)))),
        Arguments.of(
            "a probe",
            Doubt.PROBE,
            Sent.of(200, WechatV3Fixture.signer().probe(WechatV3Fixture.NOTICE, NOW))
                .withBody(good.getBytes(UTF_8))),
        Arguments.of("an error", Doubt.SERVER_ERROR, Sent.unsigned(502, "<html>")),
        Arguments.of("too often", Doubt.THROTTLED, Sent.unsigned(429, "{}")),
        Arguments.of(
            "retired, says nobody",
            Doubt.UNEXPECTED_STATUS,
            Sent.unsigned(404, "{\"code\":\"NOT_FOUND\"}")));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("answersOfNobody")
  void whatIsNoAnswerChangesNothing(String name, Doubt expected, Sent sent) {
    provider.answers(sent);
    Failed failed = failed(download(config(), List.of()));
    assertThat(failed.why()).as(name).isEqualTo(expected);
    assertThat(failed.explanation()).isNotBlank();
    assertThat(provider.received()).hasSize(1);
  }

  @Test
  void theVeryFirstAnswerMustFitOneOfItsOwnCertificates() {
    for (Sent sent :
        List.of(
            Sent.unsigned(200, answer(CURRENT).toString()),
            signed(NEW_KEY, WechatV3Fixture.SERIAL, answer(CURRENT)),
            signed(NEW_KEY, NEW_SERIAL, answer(CURRENT)),
            // Not valid yet, so it can't have signed.
            signed(NEW_KEY, NEW_SERIAL, answer(CURRENT, NEXT)),
            signedByCurrent(answer(Secret.of("another-api-v3-key-of-32-bytes-3"), CURRENT)),
            signed(404, "{\"code\":\"NOT_FOUND\"}"))) {
      provider.answers(sent);
      assertThat(download(keyless(), List.of())).isInstanceOf(Failed.class);
    }
  }

  @Test
  void aMerchantWhoHasOnlyPublicKeysHasNoCertificates() {
    WechatV3Config publicKeyOnly = config(List.of(WechatV3Fixture.publicKey()));
    WechatV3Signer signer = signer(TestKeys.PLATFORM, WechatV3Fixture.PUBLIC_KEY_ID);
    provider.answers(Sent.of(404, signer.body(bytes("{\"code\":\"NOT_FOUND\"}"), NOW)));
    assertThat(
            downloaded(download(publicKeyOnly, List.of(new PlatformCertificate(CURRENT.x509())))))
        .isEmpty();
    assertThat(provider.received().get(0).headers())
        .containsEntry("wechatpay-serial", WechatV3Fixture.PUBLIC_KEY_ID);
    provider.answers(Sent.of(404, signer.body(bytes("{\"code\":\"MCH_NOT_EXISTS\"}"), NOW)));
    assertThat(failed(download(publicKeyOnly, List.of())).why()).isEqualTo(Doubt.UNEXPECTED_STATUS);
    provider.answers(Sent.of(404, signer.body(bytes("{\"code\":\"ORDER_NOT_EXIST\"}"), NOW)));
    assertThat(failed(download(publicKeyOnly, List.of())).why()).isEqualTo(Doubt.UNEXPECTED_STATUS);
    // The status is not signed.
    provider.answers(Sent.of(200, signer.body(bytes("{\"code\":\"NOT_FOUND\"}"), NOW)));
    assertThat(failed(download(publicKeyOnly, List.of())).why()).isEqualTo(Doubt.UNREADABLE);
  }

  @Test
  void theLastKeyIsNotGivenAway() {
    provider.answers(signed(404, "{\"code\":\"NOT_FOUND\"}"));
    List<PlatformCertificate> lastGood = List.of(new PlatformCertificate(CURRENT.x509()));
    assertThat(failed(download(keyless(), lastGood)).why()).isEqualTo(Doubt.UNEXPECTED_STATUS);
    assertThat(downloaded(download(config(), lastGood))).isEmpty();
  }

  @Test
  void aProviderThatIsNotReachedChangesNothing() {
    provider.close();
    assertThat(failed(download(config(), List.of())).why()).isEqualTo(Doubt.NOT_SENT);
  }

  @Test
  void withoutAnyKeyAnAccountOpensOnlyWithWhatWasDownloaded() {
    Problems problems = Problems.none();
    assertThat(new WechatV3Protocol().open(keyless(), problems)).isEmpty();
    assertThat(problems.lines()).singleElement().asString().startsWith("platformKeys: is missing");
    assertThat(account(keyless(), List.of(new PlatformCertificate(CURRENT.x509()))).id())
        .isEqualTo(WechatV3Fixture.MCHID);
  }

  @Test
  void whatIsWrongWithTheCredentialsIsReportedTogether() {
    Problems problems = Problems.none();
    WechatV3Config wrong =
        new WechatV3Config(
            WechatV3Protocol.ID, "1", "shop-1", List.of(), List.of(), List.of(), List.of());
    assertThat(
            WechatV3Certificates.open(
                wrong,
                WechatV3Fixture.credentials(null, "http://api.mch.weixin.qq.com"),
                PlayedProvider.transport(NOW),
                new Random(7),
                problems))
        .isEmpty();
    assertThat(problems.lines())
        .hasSize(3)
        .anyMatch(line -> line.startsWith("apiV3Keys: is missing"))
        .anyMatch(line -> line.startsWith("account: "))
        .anyMatch(line -> line.startsWith("hosts[0]: "));
  }

  private CertificateDownload download(WechatV3Config config, List<PlatformCertificate> lastGood) {
    Problems problems = Problems.none();
    WechatV3Certificates certificates =
        WechatV3Certificates.open(
                config,
                WechatV3Fixture.credentials(null, provider.address()),
                PlayedProvider.transport(NOW),
                new Random(7),
                problems)
            .orElseThrow(() -> new IllegalStateException(problems.lines().toString()));
    assertThat(certificates.hosts()).isEqualTo(1);
    return certificates.download(lastGood, ASK);
  }

  private static List<PlatformCertificate> downloaded(CertificateDownload download) {
    assertThat(download).isInstanceOf(Downloaded.class);
    return ((Downloaded) download).certificates();
  }

  private static Failed failed(CertificateDownload download) {
    assertThat(download).isInstanceOf(Failed.class);
    return (Failed) download;
  }

  /** Why an account refuses a payment; null where it does not. */
  private static Rejection received(Account account, KeyPair key, String serial, Instant at) {
    Verdict verdict =
        account.receive(
            Callbacks.received(signer(key, serial).payment(WechatV3Fixture.NOTICE, at), at));
    return verdict instanceof Verdict.Refused refused ? refused.rejection() : null;
  }

  private static Account account(WechatV3Config config, List<PlatformCertificate> certificates) {
    Problems problems = Problems.none();
    return new WechatV3Protocol()
        .open(config, certificates, problems)
        .orElseThrow(() -> new IllegalStateException(problems.lines().toString()));
  }

  /** With the current certificate alone, so that no public key helps. */
  private static WechatV3Config config() {
    return config(List.of(new PlatformKey(null, CURRENT.pem())));
  }

  private static WechatV3Config keyless() {
    return config(List.of());
  }

  private static WechatV3Config config(List<PlatformKey> keys) {
    return new WechatV3Config(
        WechatV3Protocol.ID,
        WechatV3Fixture.MCHID,
        "shop-1",
        List.of(WechatV3Fixture.API_V3_KEY, WechatV3Fixture.OLD_API_V3_KEY),
        keys,
        List.of(),
        List.of());
  }

  private static WechatV3Signer signer(KeyPair key, String keyId) {
    return new WechatV3Signer(
        key.getPrivate(),
        keyId,
        WechatV3Fixture.API_V3_KEY,
        WechatV3Fixture.MCHID,
        WechatV3Fixture.APPID,
        new Random(7));
  }

  private static Sent signedByCurrent(ObjectNode answer) {
    return signed(TestKeys.PLATFORM, WechatV3Fixture.SERIAL, answer);
  }

  private static Sent signed(KeyPair key, String serial, ObjectNode answer) {
    return Sent.of(200, signer(key, serial).body(bytes(answer.toString()), NOW));
  }

  private static Sent signed(int status, String body) {
    return Sent.of(
        status, signer(TestKeys.PLATFORM, WechatV3Fixture.SERIAL).body(bytes(body), NOW));
  }

  private static RawBytes bytes(String text) {
    return RawBytes.of(text.getBytes(UTF_8));
  }

  private static ObjectNode object() {
    return JsonNodeFactory.instance.objectNode();
  }

  private static ObjectNode answer(TestCertificate... certificates) {
    return answer(WechatV3Fixture.API_V3_KEY, certificates);
  }

  private static ObjectNode answer(Secret apiV3Key, TestCertificate... certificates) {
    ObjectNode answer = object();
    ArrayNode data = answer.putArray("data");
    for (TestCertificate certificate : certificates) {
      data.add(entry(apiV3Key, certificate.serialHex(), certificate.pem()));
    }
    return answer;
  }

  private static ObjectNode entry(String serial, String plain) {
    return entry(WechatV3Fixture.API_V3_KEY, serial, plain);
  }

  private static ObjectNode entry(Secret apiV3Key, String serial, String plain) {
    ObjectNode entry = object();
    entry.put("serial_no", serial);
    entry.put("effective_time", "2026-01-01T08:00:00+08:00");
    entry.put("expire_time", "2031-01-01T08:00:00+08:00");
    ObjectNode encrypted = entry.putObject("encrypt_certificate");
    String nonce = "14b16c03dc1b";
    encrypted.put("algorithm", "AEAD_AES_256_GCM");
    encrypted.put("nonce", nonce);
    encrypted.put("associated_data", "certificate");
    encrypted.put(
        "ciphertext",
        Base64.getEncoder()
            .encodeToString(
                new ContentCipher(List.of(apiV3Key))
                    .encrypt(
                        Suite.RSA, nonce.getBytes(UTF_8), "certificate", plain.getBytes(UTF_8))));
    return entry;
  }

  private static ObjectNode added(ObjectNode answer, ObjectNode entry) {
    ((ArrayNode) answer.get("data")).add(entry);
    return answer;
  }

  private static ObjectNode changed(ObjectNode answer, Consumer<ObjectNode> change) {
    change.accept((ObjectNode) answer.get("data").get(0));
    return answer;
  }
}

package io.paidonce.providers.wechatv3;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.paidonce.contract.RawBytes;
import io.paidonce.contract.Rejection;
import io.paidonce.providers.Account;
import io.paidonce.providers.AccountKey;
import io.paidonce.providers.CallbackRequest;
import io.paidonce.providers.Callbacks;
import io.paidonce.providers.Doubt;
import io.paidonce.providers.KeyDownload;
import io.paidonce.providers.KeyText;
import io.paidonce.providers.PlayedProvider;
import io.paidonce.providers.PlayedProvider.Sent;
import io.paidonce.providers.Problems;
import io.paidonce.providers.Secret;
import io.paidonce.providers.TestCertificate;
import io.paidonce.providers.TestKeys;
import io.paidonce.providers.Verdict;
import java.security.KeyPair;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Downloaded while it is served: what strangers can cause, and what a bad download can not. */
class RefreshedAccountTest {

  private static final Instant NOW = Callbacks.NOW;
  private static final String NEW_SERIAL = "70000000000000000000000000000000000000B1";
  private static final TestCertificate CURRENT =
      certificate(TestKeys.PLATFORM, WechatV3Fixture.SERIAL);
  private static final TestCertificate NEXT = certificate(TestKeys.OTHER, NEW_SERIAL);

  private final PlayedProvider provider = new PlayedProvider();

  @AfterEach
  void close() {
    provider.close();
  }

  @Test
  void withoutAnyKeyItDeclinesUntilTheFirstDownload() {
    Account account = open(keyless());
    assertThat(account.keys()).isEmpty();
    assertThat(refused(account, current(NOW)).explanation())
        .contains("none yet: its platform certificates were not downloaded so far");
    assertThat(download(account).isDue(NOW)).isTrue();

    provider.answers(signedByCurrent(CURRENT));
    KeyDownload.Result result = download(account, NOW);
    assertThat(result.isTaken()).isTrue();
    assertThat(result.changed()).isTrue();
    assertThat(result.keys()).isEqualTo(1);
    assertThat(account.receive(current(NOW))).isInstanceOf(Verdict.Authentic.class);
    assertThat(account.keys())
        .containsExactly(
            new AccountKey(WechatV3Fixture.SERIAL, Instant.parse("2031-01-01T00:00:00Z")));
    assertThat(download(account).isDue(NOW.plus(Duration.ofMinutes(59)))).isFalse();
    provider.answers(signedByCurrent(NOW.plus(Duration.ofHours(1)), CURRENT));
    KeyDownload.Result again = download(account, NOW.plus(Duration.ofHours(1)));
    assertThat(again.isTaken()).isTrue();
    assertThat(again.changed()).isFalse();
  }

  @Test
  void strangersCauseOneDownloadAMinuteHoweverManySerialsTheySend() {
    Account account = open(config());
    provider.answers(signedByCurrent(CURRENT));
    download(account, NOW);
    int downloads = 0;
    Random random = new Random(7);
    for (int second = 0; second < 600; second++) {
      Instant at = NOW.plusSeconds(second);
      for (int i = 0; i < 20; i++) {
        assertThat(refused(account, named(Long.toHexString(random.nextLong() | 1), at)).rejection())
            .isEqualTo(Rejection.UNKNOWN_KEY);
      }
      if (download(account).isDue(at)) {
        downloads++;
        download(account, at);
      }
    }
    assertThat(downloads).isEqualTo(9);
  }

  @Test
  void whatADownloadCanNotBringIsNotWishedFor() {
    Account account = open(config());
    provider.answers(signedByCurrent(CURRENT));
    download(account, NOW);
    Instant later = NOW.plus(Duration.ofMinutes(2));
    for (String name : List.of("PUB_KEY_ID_0119000000012026999999", "no serial at all", "-")) {
      refused(account, named(name, later));
      assertThat(download(account).isDue(later)).as(name).isFalse();
    }
    CallbackRequest forged = Callbacks.withBody(current(later), "{}".getBytes(UTF_8));
    assertThat(refused(account, forged).rejection()).isEqualTo(Rejection.SIGNATURE_MISMATCH);
    assertThat(download(account).isDue(later)).isFalse();
    refused(account, named("0B", later));
    assertThat(download(account).isDue(later)).isTrue();
  }

  @Test
  void aNewSerialIsServedAfterOneDownload() {
    Account account = open(config());
    provider.answers(signedByCurrent(CURRENT));
    download(account, NOW);
    Instant later = NOW.plus(Duration.ofMinutes(10));
    assertThat(refused(account, next(later)).rejection()).isEqualTo(Rejection.UNKNOWN_KEY);
    provider.answers(signedByCurrent(later, CURRENT, NEXT));
    assertThat(download(account, later).changed()).isTrue();
    assertThat(account.receive(next(later))).isInstanceOf(Verdict.Authentic.class);
    assertThat(account.receive(current(later))).isInstanceOf(Verdict.Authentic.class);
  }

  /** What can be wrong with a download. */
  enum Bad {
    FORGED(Doubt.UNVERIFIED),
    OF_ANOTHER_API_V3_KEY(Doubt.UNREADABLE),
    BY_A_STRANGER(Doubt.UNKNOWN_KEY),
    OF_AN_EXPIRED_CERTIFICATE(Doubt.UNREADABLE),
    AN_ERROR(Doubt.SERVER_ERROR),
    EMPTY(Doubt.UNREADABLE);

    private final Doubt doubt;

    Bad(Doubt doubt) {
      this.doubt = doubt;
    }

    Sent sent() {
      return switch (this) {
        case FORGED -> signedByCurrent(NEXT).withBody(answer(CURRENT, NEXT).getBytes(UTF_8));
        case OF_ANOTHER_API_V3_KEY ->
            Sent.of(
                200,
                signer(TestKeys.PLATFORM, WechatV3Fixture.SERIAL)
                    .body(bytes(answer(Secret.of("another-api-v3-key-of-32-bytes-3"), NEXT)), NOW));
        case BY_A_STRANGER ->
            Sent.of(200, signer(TestKeys.OTHER, NEW_SERIAL).body(bytes(answer(NEXT)), NOW));
        case OF_AN_EXPIRED_CERTIFICATE ->
            signedByCurrent(NEXT.dates(NOW.minusSeconds(9), NOW.minusSeconds(1)));
        case AN_ERROR -> Sent.unsigned(502, "<html>");
        case EMPTY ->
            Sent.of(200, signer(TestKeys.PLATFORM, WechatV3Fixture.SERIAL).body(bytes("{}"), NOW));
      };
    }
  }

  @ParameterizedTest
  @EnumSource(Bad.class)
  void aBadDownloadChangesNothing(Bad bad) {
    Account account = open(keyless());
    provider.answers(signedByCurrent(CURRENT));
    download(account, NOW);
    provider.answers(bad.sent());
    KeyDownload.Result result = download(account, NOW);
    assertThat(result.doubt()).isEqualTo(bad.doubt);
    assertThat(result.changed()).isFalse();
    assertThat(result.keys()).isEqualTo(1);
    assertThat(account.receive(current(NOW))).isInstanceOf(Verdict.Authentic.class);
    assertThat(refused(account, next(NOW)).rejection()).isEqualTo(Rejection.UNKNOWN_KEY);
  }

  @Test
  void afterAFailureTheNextHostIsAsked() {
    provider.answers(signedByCurrent(CURRENT));
    Account account = open(keyless(), "http://127.0.0.1:1", provider.address());
    assertThat(download(account, NOW).doubt()).isEqualTo(Doubt.NOT_SENT);
    assertThat(download(account).isDue(NOW.plusSeconds(59))).isFalse();
    assertThat(download(account).isDue(NOW.plusSeconds(60))).isTrue();
    assertThat(download(account, NOW.plusSeconds(60)).isTaken()).isTrue();
  }

  @Test
  void anExpiredCertificateIsNoKeyAndIsAskedForAgain() {
    Account account = open(keyless());
    provider.answers(signedByCurrent(CURRENT.dates(NOW.minusSeconds(9), NOW.plusSeconds(90))));
    download(account, NOW);
    assertThat(account.receive(current(NOW.plusSeconds(90)))).isInstanceOf(Verdict.Authentic.class);
    assertThat(refused(account, current(NOW.plusSeconds(91))).rejection())
        .isEqualTo(Rejection.UNKNOWN_KEY);
    assertThat(download(account).isDue(NOW.plusSeconds(91))).isTrue();
  }

  @Test
  void thePublicKeyAndTheCertificateSignAtOnceDuringTheRamp() {
    Account account = open(config(WechatV3Fixture.publicKey()));
    Sent signed =
        Sent.of(
            200,
            signer(TestKeys.PLATFORM, WechatV3Fixture.PUBLIC_KEY_ID)
                .body(bytes(answer(CURRENT)), NOW));
    provider.answers(signed);
    download(account, NOW);
    for (String id : List.of(WechatV3Fixture.PUBLIC_KEY_ID, WechatV3Fixture.SERIAL)) {
      assertThat(account.receive(notice(TestKeys.PLATFORM, id, NOW)))
          .isInstanceOf(Verdict.Authentic.class);
    }
  }

  @Test
  void aNewConfigurationGoesOnWithWhatTheOldOneDownloaded() {
    Account old = open(keyless());
    provider.answers(signedByCurrent(CURRENT));
    download(old, NOW);
    Account next = open(keyless());
    download(next).continueFrom(download(old));
    assertThat(next.receive(current(NOW))).isInstanceOf(Verdict.Authentic.class);
    assertThat(download(next).isDue(NOW.plusSeconds(60))).isFalse();
  }

  @Test
  void whatIsWrongWithTheSourceIsNamedByItsPlace() {
    Problems problems = Problems.none();
    assertThat(
            new WechatV3Protocol()
                .open(
                    keyless()
                        .downloading(
                            new CertificateSource(null, "x", Secret.of("y"), List.of("ftp://z"))),
                    problems))
        .isEmpty();
    assertThat(problems.lines())
        .hasSize(3)
        .anyMatch(line -> line.startsWith("platformCertificates.serialNo: must be"))
        .anyMatch(line -> line.startsWith("platformCertificates.privateKey: is neither"))
        .anyMatch(line -> line.startsWith("platformCertificates.hosts[0]: must be"));
    assertThat(
            new WechatV3Protocol()
                .published(keyless().downloading(source("http://127.0.0.1:1")))
                .orElseThrow()
                .platformCertificates())
        .isNull();
  }

  private static TestCertificate certificate(KeyPair key, String serial) {
    return TestCertificate.of(key.getPublic(), TestKeys.PLATFORM.getPrivate())
        .serial(serial)
        .names("CN=Tenpay.com Root CA", "CN=Tenpay.com sign,O=Tenpay.com");
  }

  private Account open(WechatV3Config config, String... hosts) {
    Problems problems = Problems.none();
    return new WechatV3Protocol()
        .open(
            config.downloading(
                source(hosts.length == 0 ? new String[] {provider.address()} : hosts)),
            problems)
        .orElseThrow(() -> new IllegalStateException(problems.lines().toString()));
  }

  private static CertificateSource source(String... hosts) {
    return new CertificateSource(
        null,
        WechatV3Fixture.MERCHANT_SERIAL,
        Secret.of(KeyText.privateKeyPem(TestKeys.MERCHANT.getPrivate())),
        List.of(hosts));
  }

  private static WechatV3Config keyless() {
    return config();
  }

  private static WechatV3Config config(PlatformKey... keys) {
    return new WechatV3Config(
        WechatV3Protocol.ID,
        WechatV3Fixture.MCHID,
        "shop-1",
        List.of(WechatV3Fixture.API_V3_KEY),
        List.of(keys),
        List.of(),
        List.of());
  }

  private static KeyDownload download(Account account) {
    return account.keyDownload().orElseThrow();
  }

  private static KeyDownload.Result download(Account account, Instant at) {
    return download(account).download(PlayedProvider.transport(at), new Random(7), "d-1", at);
  }

  private static Verdict.Refused refused(Account account, CallbackRequest request) {
    return (Verdict.Refused) account.receive(request);
  }

  private static CallbackRequest current(Instant at) {
    return notice(TestKeys.PLATFORM, WechatV3Fixture.SERIAL, at);
  }

  private static CallbackRequest next(Instant at) {
    return notice(TestKeys.OTHER, NEW_SERIAL, at);
  }

  private static CallbackRequest notice(KeyPair key, String id, Instant at) {
    return Callbacks.received(signer(key, id).payment(WechatV3Fixture.NOTICE, at), at);
  }

  // Its signature is nobody's: of a key that is not known none is looked at.
  private static CallbackRequest named(String serial, Instant at) {
    return new CallbackRequest(
        Map.of(
            "wechatpay-timestamp", List.of(Long.toString(at.getEpochSecond())),
            "wechatpay-nonce", List.of("n"),
            "wechatpay-signature", List.of("AAAA"),
            "wechatpay-serial", List.of(serial)),
        bytes("{}"),
        at,
        Callbacks.DELIVERY);
  }

  private static WechatV3Signer signer(KeyPair key, String id) {
    return new WechatV3Signer(
        key.getPrivate(),
        id,
        WechatV3Fixture.API_V3_KEY,
        WechatV3Fixture.MCHID,
        WechatV3Fixture.APPID,
        new Random(7));
  }

  private static Sent signedByCurrent(TestCertificate... certificates) {
    return signedByCurrent(NOW, certificates);
  }

  private static Sent signedByCurrent(Instant at, TestCertificate... certificates) {
    return Sent.of(
        200,
        signer(TestKeys.PLATFORM, WechatV3Fixture.SERIAL).body(bytes(answer(certificates)), at));
  }

  private static String answer(TestCertificate... certificates) {
    return answer(WechatV3Fixture.API_V3_KEY, certificates);
  }

  private static String answer(Secret apiV3Key, TestCertificate... certificates) {
    WechatV3Signer sealing =
        new WechatV3Signer(
            TestKeys.PLATFORM.getPrivate(), "0A", apiV3Key, "1", "wx", new Random(7));
    ObjectNode answer = JsonNodeFactory.instance.objectNode();
    var data = answer.putArray("data");
    for (TestCertificate certificate : certificates) {
      ObjectNode entry = data.addObject();
      entry.put("serial_no", certificate.serialHex());
      entry.set(
          "encrypt_certificate",
          sealing
              .envelope("", "", "certificate", "certificate", certificate.pem(), NOW)
              .required("resource"));
    }
    return answer.toString();
  }

  private static RawBytes bytes(String text) {
    return RawBytes.of(text.getBytes(UTF_8));
  }
}

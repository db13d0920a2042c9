package io.paidonce.providers.alipay;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.json.JsonMapper;
import io.paidonce.contract.PaymentNotification;
import io.paidonce.contract.Rejection;
import io.paidonce.providers.Account;
import io.paidonce.providers.Ask;
import io.paidonce.providers.Callbacks;
import io.paidonce.providers.Doubt;
import io.paidonce.providers.KeyText;
import io.paidonce.providers.Outcome;
import io.paidonce.providers.PlayedProvider;
import io.paidonce.providers.PlayedProvider.Received;
import io.paidonce.providers.PlayedProvider.Sent;
import io.paidonce.providers.Problems;
import io.paidonce.providers.ProviderClient;
import io.paidonce.providers.RsaSignature;
import io.paidonce.providers.Secret;
import io.paidonce.providers.Sm2Keys;
import io.paidonce.providers.TestCertificate;
import io.paidonce.providers.TestKeys;
import io.paidonce.providers.Verdict;
import java.math.BigInteger;
import java.net.URLDecoder;
import java.security.KeyPair;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Certificate mode: who is named, who must lead to a pinned root, and who is believed when. */
class AlipayCertificatesTest {

  private static final Instant NOW = Callbacks.NOW;
  private static final Duration DAY = Duration.ofDays(1);
  private static final Ask ASK = new Ask("query-1", NOW, 0);

  private static final KeyPair ROOT_KEY = AlipayFixture.OLD_KEY;
  private static final KeyPair ISSUER_KEY = KeyText.newRsaKeyPair();
  private static final KeyPair NEXT_KEY = TestKeys.OTHER;

  private static final TestCertificate ROOT =
      certificate(ROOT_KEY, ROOT_KEY, "CN=Root,C=CN", "CN=Root,C=CN", "1").asAuthority();
  private static final TestCertificate OTHER_ROOT =
      certificate(NEXT_KEY, NEXT_KEY, "CN=Other Root,C=CN", "CN=Other Root,C=CN", "2")
          .asAuthority();
  private static final KeyPair SM2_KEY = Sm2Keys.newKeyPair();
  private static final TestCertificate SM2_ROOT =
      certificate(SM2_KEY, SM2_KEY, "CN=SM2 Root", "CN=SM2 Root", "3").asAuthority();
  private static final TestCertificate ISSUER =
      certificate(ISSUER_KEY, ROOT_KEY, "CN=Root,C=CN", "CN=Class 2,C=CN", "4").asAuthority();
  private static final TestCertificate ALIPAY =
      certificate(TestKeys.PLATFORM, ISSUER_KEY, "CN=Class 2,C=CN", "CN=Alipay,C=CN", "A1");
  private static final TestCertificate NEXT =
      certificate(NEXT_KEY, ISSUER_KEY, "CN=Class 2,C=CN", "CN=Alipay,C=CN", "A2");
  private static final TestCertificate APPLICATION =
      certificate(TestKeys.MERCHANT, ISSUER_KEY, "CN=Class 2,C=CN", "CN=2021-app,C=CN", "B1");

  private static final String ROOTS = SM2_ROOT.pem() + ROOT.pem() + OTHER_ROOT.pem();
  private static final String CHAIN = ALIPAY.pem() + ISSUER.pem();
  private static final String SN = CertificateSn.of(ALIPAY.x509());

  private final PlayedProvider provider = new PlayedProvider();

  @AfterEach
  void close() {
    provider.close();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "CN=Ant Financial Certification Authority R1,OU=Certification Authority,O=Ant Financial,C=CN"
            + "|1FCFA18D6A480D11|687b59193f3f462dd5336e5abf83c5d8",
        "CN=Ant Financial Certification Authority Class 2 R1,OU=Certification Authority,"
            + "O=Ant Financial,C=CN"
            + "|202109048D247B91F27EB69BF2529F11|f4facbef87f2c92cf8ca72cdfcb25eb1",
        "CN=iTrusChina Class 2 Root CA - G3,OU=China Trust Network,O=iTrusChina,C=CN"
            + "|10C764E9D560384212D9C08FD10E373FDD0FB396|02941eef3187dddf3d3b83462e1dfcf6",
        // Of SM2: MD5 too, whatever signs.
        "CN=ROOTCA,O=NRCAC,C=CN|69E2FEC0170AC67B|9e64d67d36446de33aae13a33a89e5a7",
        "CN=Throw-away Root|187|007c09dec0df405d452071601393f8e2"
      })
  void theProvidersOwnCertificatesAreNamedSo(String issuer, String serialHex, String sn) {
    assertThat(CertificateSn.of(issuer, new BigInteger(serialHex, 16))).isEqualTo(sn);
    TestCertificate made = ALIPAY.names(reversed(issuer), "CN=x").serial(serialHex);
    assertThat(CertificateSn.of(made.x509())).isEqualTo(sn);
  }

  @Test
  void ofTheRootsOnlyThoseOfRsaAreNamedInTheirOrder() {
    assertThat(roots(ROOTS).sn())
        .isEqualTo(CertificateSn.of(ROOT.x509()) + "_" + CertificateSn.of(OTHER_ROOT.x509()));
    assertThat(roots(OTHER_ROOT.pem() + "\r\n\r\n" + ROOT.pem()).sn())
        .startsWith(CertificateSn.of(OTHER_ROOT.x509()));
  }

  @Test
  void requestsNameTheCertificatesUnderTheSignature() {
    client(config(CHAIN), APPLICATION.pem()).queryOrder("ORDER-1", ASK);
    SortedMap<String, String> parameters = parameters(provider.received().get(0));
    assertThat(parameters)
        .containsEntry("app_cert_sn", CertificateSn.of(APPLICATION.x509()))
        .containsEntry("alipay_root_cert_sn", roots(ROOTS).sn());
    String sign = parameters.remove("sign");
    String text =
        parameters.entrySet().stream()
            .map(parameter -> parameter.getKey() + "=" + parameter.getValue())
            .collect(Collectors.joining("&"));
    assertThat(RsaSignature.verifies(TestKeys.MERCHANT.getPublic(), sign, text.getBytes(UTF_8)))
        .isTrue();

    AlipayFixture.client(provider.address()).queryOrder("ORDER-1", ASK);
    assertThat(parameters(provider.received().get(1)))
        .doesNotContainKeys("app_cert_sn", "alipay_root_cert_sn");
  }

  @Test
  void theNamedCertificateVerifiesAndItsEvidenceIsJudgedAgain() {
    AlipayConfig config = config(CHAIN);
    provider.answers(answer(SN, TestKeys.PLATFORM));
    PaymentNotification stored = told(config);
    assertThat(stored.evidence().keyId()).isEqualTo(SN);
    assertThat(account(config).judgeAgain(stored))
        .isEqualTo(new Verdict.Authentic(List.of(stored)));
    assertThat(
            ((Verdict.Refused) account(config(NEXT.pem() + ISSUER.pem())).judgeAgain(stored))
                .rejection())
        .isEqualTo(Rejection.UNKNOWN_KEY);
    provider.answers(answer(null, TestKeys.PLATFORM));
    assertThat(told(config).evidence().keyId()).isEqualTo(SN);
  }

  static Stream<Arguments> answersOfNobody() {
    String nextSn = CertificateSn.of(NEXT.x509());
    String good = new String(answer(SN, TestKeys.PLATFORM).body().bytes(), UTF_8);
    return Stream.of(
        Arguments.of("of an unknown certificate", Doubt.UNKNOWN_KEY, answer(nextSn, NEXT_KEY)),
        Arguments.of(
            "of a key that we know under a name that we don't",
            Doubt.UNKNOWN_KEY,
            answer(nextSn, TestKeys.PLATFORM)),
        Arguments.of(
            "of the name in capitals",
            Doubt.UNKNOWN_KEY,
            answer(SN.toUpperCase(Locale.ROOT), TestKeys.PLATFORM)),
        Arguments.of(
            "of a root", Doubt.UNKNOWN_KEY, answer(CertificateSn.of(ROOT.x509()), ROOT_KEY)),
        Arguments.of("signed by another", Doubt.UNVERIFIED, answer(SN, NEXT_KEY)),
        Arguments.of("signed by the issuer", Doubt.UNVERIFIED, answer(SN, ISSUER_KEY)),
        Arguments.of(
            "with two names",
            Doubt.UNREADABLE,
            AlipayAnswers.text(
                good.replace(
                    "{\"alipay_cert_sn\"",
                    "{\"alipay_cert_sn\":\"" + SN + "\",\"alipay_cert_sn\""))),
        Arguments.of(
            "unsigned",
            Doubt.UNVERIFIED,
            AlipayAnswers.unsigned(AlipayAnswers.QUERY, AlipayAnswers.paid("TRADE_SUCCESS"))));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("answersOfNobody")
  void whatIsNoAnswerSaysNothing(String name, Doubt expected, Sent sent) {
    provider.answers(sent);
    assertThat(doubt(config(CHAIN))).as(name).isEqualTo(expected);
  }

  @Test
  void ofTwoCertificatesOnlyTheNamedOneCounts() {
    AlipayConfig both = config(CHAIN, NEXT.pem() + ISSUER.pem());
    String nextSn = CertificateSn.of(NEXT.x509());
    provider.answers(answer(nextSn, NEXT_KEY));
    assertThat(told(both).evidence().keyId()).isEqualTo(nextSn);
    provider.answers(answer(SN, NEXT_KEY));
    assertThat(doubt(both)).isEqualTo(Doubt.UNVERIFIED);
  }

  @Test
  void aCertificateIsAKeyWithinItsDates() {
    provider.answers(answer(SN, TestKeys.PLATFORM));
    for (TestCertificate other :
        List.of(
            ALIPAY.dates(NOW.minus(DAY), NOW.minusSeconds(1)),
            ALIPAY.dates(NOW.plusSeconds(1), NOW.plus(DAY)))) {
      assertThat(doubt(config(other.pem() + ISSUER.pem()))).isEqualTo(Doubt.UNKNOWN_KEY);
    }
    // Nor is it when who issued it no longer is one.
    TestCertificate issuer = ISSUER.dates(NOW.minus(DAY), NOW.minusSeconds(1));
    assertThat(doubt(config(ALIPAY.pem() + issuer.pem()))).isEqualTo(Doubt.UNKNOWN_KEY);
    AlipayConfig lastDay =
        config(ALIPAY.dates(NOW.minus(DAY), NOW).pem() + ISSUER.pem() + ROOT.pem());
    PaymentNotification stored = told(lastDay);
    assertThat(account(lastDay).judgeAgain(stored)).isInstanceOf(Verdict.Authentic.class);
    provider.answers(answer(null, TestKeys.PLATFORM));
    assertThat(
            doubt(config(ALIPAY.dates(NOW.minus(DAY), NOW.minusSeconds(1)).pem() + ISSUER.pem())))
        .isEqualTo(Doubt.UNKNOWN_KEY);
  }

  @Test
  void whileTheModeIsChangedBothAreBelieved() {
    AlipayConfig both =
        config(List.of(KeyText.publicKeyBase64(TestKeys.OTHER.getPublic())), List.of(CHAIN), ROOTS);
    provider.answers(answer(null, TestKeys.OTHER));
    assertThat(told(both).evidence().keyId()).startsWith("sha256:");
    provider.answers(answer(SN, TestKeys.PLATFORM));
    assertThat(told(both).evidence().keyId()).isEqualTo(SN);
    provider.answers(answer(SN, TestKeys.OTHER));
    assertThat(doubt(both)).isEqualTo(Doubt.UNVERIFIED);
    // Asked in key mode, since nothing says otherwise.
    provider.answers(answer(null, TestKeys.OTHER));
    assertThat(client(both, null).queryOrder("ORDER-1", ASK)).isInstanceOf(Outcome.Told.class);
  }

  @Test
  void noticesAreVerifiedByTheCertificateWhetherTheyNameItOrNot() {
    Account account = account(config(CHAIN));
    Map<String, String> parameters = AlipayFixture.signer().parameters(AlipayFixture.NOTICE, NOW);
    assertThat(rejection(account, parameters)).isNull();
    parameters.put("alipay_cert_sn", SN);
    assertThat(rejection(account, parameters)).isNull();
    parameters.put("alipay_cert_sn", "");
    assertThat(rejection(account, parameters)).isNull();
    parameters.put("alipay_cert_sn", CertificateSn.of(NEXT.x509()));
    assertThat(rejection(account, parameters)).isEqualTo(Rejection.UNKNOWN_KEY);
    assertThat(rejection(account(config(NEXT.pem() + ISSUER.pem())), parameters))
        .isEqualTo(Rejection.SIGNATURE_MISMATCH);
    // In key mode it is a parameter like others.
    assertThat(rejection(AlipayFixture.account(), parameters)).isNull();
  }

  static Stream<Arguments> wrongConfigurations() {
    String key = KeyText.publicKeyBase64(TestKeys.PLATFORM.getPublic());
    TestCertificate weak =
        certificate(TestKeys.weakRsa(), ISSUER_KEY, "CN=Class 2,C=CN", "CN=x", "A3");
    TestCertificate byLeaf =
        certificate(NEXT_KEY, TestKeys.MERCHANT, "CN=2021-app,C=CN", "CN=Alipay,C=CN", "A4");
    TestCertificate forged =
        certificate(NEXT_KEY, TestKeys.OTHER, "CN=Class 2,C=CN", "CN=Alipay,C=CN", "A1");
    return Stream.of(
        wrong("no key at all", List.of(), List.of(), null, "alipayPublicKeys: is missing"),
        wrong("no roots", List.of(), List.of(CHAIN), null, "rootCertificates: is missing"),
        wrong("only roots", List.of(key), List.of(), ROOTS, "alipayCertificates: is missing"),
        wrong("without its issuer", List.of(), List.of(ALIPAY.pem()), ROOTS, "does not lead"),
        wrong("of another root", List.of(), List.of(CHAIN), OTHER_ROOT.pem(), "does not lead"),
        wrong(
            "with an issuer that did not sign it",
            List.of(),
            List.of(forged.pem() + ISSUER.pem()),
            ROOTS,
            "does not lead"),
        wrong(
            "issued by somebody who may not",
            List.of(),
            List.of(byLeaf.pem() + APPLICATION.pem() + ISSUER.pem()),
            ROOTS,
            "does not lead"),
        wrong(
            "in another order",
            List.of(),
            List.of(ISSUER.pem() + ALIPAY.pem()),
            ROOTS,
            "does not lead"),
        wrong("a root itself", List.of(), List.of(ROOT.pem()), ROOTS, "is one of the roots"),
        wrong(
            "never valid together",
            List.of(),
            List.of(
                ALIPAY.dates(NOW, NOW.plus(DAY)).pem()
                    + ISSUER.dates(NOW.minus(DAY), NOW.minusSeconds(1)).pem()),
            ROOTS,
            "never valid together"),
        wrong("weak", List.of(), List.of(weak.pem() + ISSUER.pem()), ROOTS, "1024 bits"),
        wrong("twice", List.of(), List.of(CHAIN, CHAIN), ROOTS, "is the same key"),
        wrong(
            "with text around it",
            List.of(),
            List.of("Alipay\n" + CHAIN),
            ROOTS,
            "must be certificates"),
        wrong("cut", List.of(), List.of(CHAIN.substring(0, 900)), ROOTS, "must be certificates"),
        wrong(
            "a public key",
            List.of(),
            List.of(KeyText.publicKeyPem(TestKeys.PLATFORM.getPublic())),
            ROOTS,
            "must be certificates"),
        wrong(
            "a private key",
            List.of(),
            List.of(KeyText.privateKeyPem(TestKeys.MERCHANT.getPrivate())),
            ROOTS,
            "holds a private key"),
        wrong(
            "roots that are none",
            List.of(),
            List.of(CHAIN),
            TestCertificate.pem(new byte[] {0x30, 3, 2, 1, 0}),
            "no X.509 certificate"),
        wrong("no RSA root", List.of(), List.of(CHAIN), SM2_ROOT.pem(), "no RSA root"));
  }

  private static Arguments wrong(
      String name, List<String> keys, List<String> certificates, String roots, String problem) {
    return Arguments.of(name, config(keys, certificates, roots), problem);
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("wrongConfigurations")
  void whatDoesNotLeadToAPinnedRootIsNoKey(String name, AlipayConfig config, String problem) {
    Problems problems = Problems.none();
    assertThat(new AlipayProtocol().open(config, problems)).isEmpty();
    assertThat(problems.lines()).as(name).singleElement().asString().contains(problem);
    assertThat(config.toString()).doesNotContain("BEGIN");
  }

  @Test
  void theApplicationsCertificateFitsItsKeyAndItsAccount() {
    assertThat(problems(config(CHAIN), APPLICATION.pem())).isEmpty();
    assertThat(problems(config(CHAIN), null))
        .singleElement()
        .asString()
        .startsWith("applicationCertificate: is missing");
    assertThat(problems(AlipayFixture.config(), APPLICATION.pem()))
        .singleElement()
        .asString()
        .startsWith("applicationCertificate: is for certificate mode");
    assertThat(problems(config(CHAIN), ALIPAY.pem()))
        .singleElement()
        .asString()
        .startsWith("applicationCertificate: is not of privateKey");
    assertThat(problems(config(CHAIN), KeyText.privateKeyPem(TestKeys.MERCHANT.getPrivate())))
        .singleElement()
        .asString()
        .startsWith("applicationCertificate: holds a private key");
  }

  @Test
  void aWholeConfigurationBinds() throws Exception {
    AlipayConfig config =
        JsonMapper.builder()
            .build()
            .readValue(
                """
                {"protocol": "alipay", "id": "1", "shop": "s", "sellerId": "2088",
                 "alipayCertificates": ["c"], "rootCertificates": "r"}
                """,
                AlipayConfig.class);
    assertThat(config.alipayCertificates()).containsExactly("c");
    assertThat(config.rootCertificates()).isEqualTo("r");
    assertThat(config.alipayPublicKeys()).isEmpty();
    AlipayCredentials credentials =
        JsonMapper.builder()
            .build()
            .readValue(
                "{\"account\": \"1\", \"privateKey\": \"k\", \"applicationCertificate\": \"c\"}",
                AlipayCredentials.class);
    assertThat(credentials.applicationCertificate()).isEqualTo("c");
  }

  private static TestCertificate certificate(
      KeyPair key, KeyPair signer, String issuer, String subject, String serial) {
    return TestCertificate.of(key.getPublic(), signer.getPrivate())
        .serial(serial)
        .names(reversed(issuer), reversed(subject));
  }

  // In a certificate the widest part of a name stands first, in RFC 2253 last.
  private static String reversed(String name) {
    List<String> parts = new ArrayList<>(List.of(name.split(",")));
    Collections.reverse(parts);
    return String.join(",", parts);
  }

  private static AlipayConfig config(String... certificates) {
    return config(List.of(), List.of(certificates), ROOTS);
  }

  private static AlipayConfig config(
      List<String> publicKeys, List<String> certificates, String roots) {
    return new AlipayConfig(
        AlipayProtocol.ID,
        AlipayFixture.APP_ID,
        "shop-1",
        AlipayFixture.SELLER_ID,
        publicKeys,
        null,
        certificates,
        roots);
  }

  private static AlipayRoots roots(String pem) {
    Problems problems = Problems.none();
    return AlipayRoots.read(pem, SignType.RSA2, problems)
        .orElseThrow(() -> new IllegalStateException(problems.lines().toString()));
  }

  private static Account account(AlipayConfig config) {
    Problems problems = Problems.none();
    return new AlipayProtocol()
        .open(config, problems)
        .orElseThrow(() -> new IllegalStateException(problems.lines().toString()));
  }

  private ProviderClient client(AlipayConfig config, String applicationCertificate) {
    Problems problems = Problems.none();
    return open(config, applicationCertificate, problems)
        .orElseThrow(() -> new IllegalStateException(problems.lines().toString()));
  }

  private List<String> problems(AlipayConfig config, String applicationCertificate) {
    Problems problems = Problems.none();
    assertThat(open(config, applicationCertificate, problems).isEmpty())
        .isEqualTo(!problems.isEmpty());
    return problems.lines();
  }

  private Optional<ProviderClient> open(
      AlipayConfig config, String applicationCertificate, Problems problems) {
    return new AlipayApi()
        .open(
            config,
            new AlipayCredentials(
                AlipayProtocol.ID,
                AlipayFixture.APP_ID,
                Secret.of(KeyText.privateKeyPem(TestKeys.MERCHANT.getPrivate())),
                List.of(provider.address()),
                applicationCertificate),
            PlayedProvider.transport(NOW),
            new Random(7),
            problems);
  }

  private PaymentNotification told(AlipayConfig config) {
    Outcome outcome = client(config, APPLICATION.pem()).queryOrder("ORDER-1", ASK);
    assertThat(outcome).isInstanceOf(Outcome.Told.class);
    return ((Outcome.Told) outcome).notifications().get(0);
  }

  private Doubt doubt(AlipayConfig config) {
    Outcome outcome = client(config, APPLICATION.pem()).queryOrder("ORDER-1", ASK);
    assertThat(outcome).isInstanceOf(Outcome.Unknown.class);
    return ((Outcome.Unknown) outcome).why();
  }

  private static Sent answer(String certSn, KeyPair key) {
    String content = AlipayAnswers.paid("TRADE_SUCCESS").toString();
    return AlipayAnswers.text(
        "{"
            + (certSn == null ? "" : "\"alipay_cert_sn\":\"" + certSn + "\",")
            + "\""
            + AlipayAnswers.QUERY
            + "\":"
            + content
            + ",\"sign\":\""
            + AlipayAnswers.sign(content, key)
            + "\"}");
  }

  /** Why an account refuses a notice; null where it does not. */
  private static Rejection rejection(Account account, Map<String, String> parameters) {
    Verdict verdict = account.receive(Callbacks.received(AlipayFixture.signer().form(parameters)));
    return verdict instanceof Verdict.Refused refused ? refused.rejection() : null;
  }

  private static SortedMap<String, String> parameters(Received received) {
    String query = received.target().substring(received.target().indexOf('?') + 1);
    SortedMap<String, String> parameters = new TreeMap<>();
    for (String pair : (query + "&" + received.text()).split("&", -1)) {
      int equals = pair.indexOf('=');
      parameters.put(
          pair.substring(0, equals), URLDecoder.decode(pair.substring(equals + 1), UTF_8));
    }
    return parameters;
  }
}

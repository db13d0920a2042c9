package io.paidonce.providers.alipay;

import static org.assertj.core.api.Assertions.assertThat;

import io.paidonce.contract.Rejection;
import io.paidonce.providers.Account;
import io.paidonce.providers.Ask;
import io.paidonce.providers.Callbacks;
import io.paidonce.providers.KeyText;
import io.paidonce.providers.PlayedProvider;
import io.paidonce.providers.Problems;
import io.paidonce.providers.Secret;
import io.paidonce.providers.Sm2Keys;
import io.paidonce.providers.TestCertificate;
import io.paidonce.providers.TestKeys;
import io.paidonce.providers.Verdict;
import java.math.BigInteger;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.security.KeyPair;
import java.security.PublicKey;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** Certificate mode of SM2: the chain is validated with SM2, from the pinned root on. */
class AlipaySm2CertificatesTest {

  private static final Instant NOW = Callbacks.NOW;
  private static final Duration DAY = Duration.ofDays(1);
  private static final KeyPair ROOT_KEY = Sm2Keys.newKeyPair();
  private static final KeyPair ISSUER_KEY = Sm2Keys.newKeyPair();
  private static final KeyPair STRANGER = Sm2Keys.newKeyPair();
  private static final KeyPair APPLICATION = Sm2Keys.newKeyPair();

  private static final TestCertificate ROOT =
      certificate(ROOT_KEY.getPublic(), ROOT_KEY, "CN=Root", "CN=Root", "1").asAuthority();
  private static final TestCertificate RSA_ROOT =
      certificate(TestKeys.OTHER.getPublic(), TestKeys.OTHER, "CN=RSA Root", "CN=RSA Root", "2")
          .asAuthority();
  private static final TestCertificate ISSUER =
      certificate(ISSUER_KEY.getPublic(), ROOT_KEY, "CN=Root", "CN=Class 2", "3").asAuthority();
  private static final TestCertificate ALIPAY =
      certificate(AlipayFixture.SM2_KEY.getPublic(), ISSUER_KEY, "CN=Class 2", "CN=Alipay", "A1");
  private static final String ROOTS = RSA_ROOT.pem() + ROOT.pem();
  private static final String CHAIN = ALIPAY.pem() + ISSUER.pem();

  @Test
  void noticesAreVerifiedByACertificateThatLeadsToTheRoot() {
    Account account = open(CHAIN, ROOTS, Problems.none());
    Map<String, String> notice = signer().parameters(AlipayFixture.NOTICE, NOW);
    assertThat(verdict(account, notice)).isInstanceOf(Verdict.Authentic.class);
    notice.put("alipay_cert_sn", account.keys().get(0).id());
    assertThat(verdict(account, notice))
        .isInstanceOfSatisfying(
            Verdict.Authentic.class,
            v ->
                assertThat(v.notifications().get(0).evidence().keyId())
                    .isEqualTo(account.keys().get(0).id()));
    notice.put("alipay_cert_sn", "0".repeat(32));
    assertThat(rejection(account, notice)).isEqualTo(Rejection.UNKNOWN_KEY);

    Account expired =
        open(
            ALIPAY.dates(NOW.minus(DAY), NOW.minusSeconds(1)).pem() + ISSUER.pem(),
            ROOTS,
            Problems.none());
    notice.put("alipay_cert_sn", expired.keys().get(0).id());
    assertThat(rejection(expired, notice)).isEqualTo(Rejection.UNKNOWN_KEY);
  }

  @Test
  void whatDoesNotLeadToAPinnedRootIsNoKey() {
    TestCertificate forged =
        certificate(AlipayFixture.SM2_KEY.getPublic(), STRANGER, "CN=Class 2", "CN=Alipay", "A1");
    TestCertificate byLeaf =
        certificate(STRANGER.getPublic(), AlipayFixture.SM2_KEY, "CN=Alipay", "CN=x", "A2");
    assertThat(problem(forged.pem() + ISSUER.pem(), ROOTS)).contains("does not lead");
    assertThat(problem(byLeaf.pem() + CHAIN, ROOTS)).contains("does not lead");
    assertThat(problem(ALIPAY.pem(), ROOTS)).contains("does not lead");
    assertThat(
            problem(
                CHAIN,
                certificate(STRANGER.getPublic(), STRANGER, "CN=Root", "CN=Root", "1")
                    .asAuthority()
                    .pem()))
        .contains("does not lead");
    assertThat(problem(CHAIN, RSA_ROOT.pem())).contains("no SM2 root");
    assertThat(problem(RSA_ROOT.pem(), ROOTS)).contains("is an RSA key, but signType is SM2");
  }

  @Test
  void requestsAreSignedWithSm2AndNameTheRootsOfSm2() {
    TestCertificate own =
        certificate(APPLICATION.getPublic(), ISSUER_KEY, "CN=Class 2", "CN=app", "B1");
    try (PlayedProvider provider = new PlayedProvider()) {
      provider.answers(PlayedProvider.Sent.unsigned(200, "{}"));
      new AlipayApi()
          .open(
              config(CHAIN, ROOTS),
              new AlipayCredentials(
                  AlipayProtocol.ID,
                  AlipayFixture.APP_ID,
                  Secret.of(KeyText.privateKeyPem(APPLICATION.getPrivate())),
                  List.of(provider.address()),
                  own.pem()),
              PlayedProvider.transport(NOW),
              new Random(7),
              Problems.none())
          .orElseThrow()
          .queryOrder("ORDER-1", new Ask("a", NOW, 0));
      SortedMap<String, String> parameters = parameters(provider.received().get(0));
      assertThat(parameters)
          .containsEntry("sign_type", "SM2")
          .containsEntry("alipay_root_cert_sn", CertificateSn.of("CN=Root", BigInteger.ONE));
      String sign = parameters.remove("sign");
      String text =
          parameters.entrySet().stream()
              .map(parameter -> parameter.getKey() + "=" + parameter.getValue())
              .collect(Collectors.joining("&"));
      assertThat(
              SignType.SM2.verifies(
                  APPLICATION.getPublic(), sign, text.getBytes(StandardCharsets.UTF_8)))
          .isTrue();
    }
  }

  private static TestCertificate certificate(
      PublicKey key, KeyPair signer, String issuer, String subject, String serial) {
    return TestCertificate.of(key, signer.getPrivate()).serial(serial).names(issuer, subject);
  }

  private static AlipayConfig config(String chain, String roots) {
    return new AlipayConfig(
            AlipayProtocol.ID,
            AlipayFixture.APP_ID,
            "shop-1",
            AlipayFixture.SELLER_ID,
            List.of(),
            null,
            List.of(chain),
            roots)
        .signedBy(SignType.SM2);
  }

  private static Account open(String chain, String roots, Problems problems) {
    return new AlipayProtocol()
        .open(config(chain, roots), problems)
        .orElseThrow(() -> new IllegalStateException(problems.lines().toString()));
  }

  private static String problem(String chain, String roots) {
    Problems problems = Problems.none();
    assertThat(new AlipayProtocol().open(config(chain, roots), problems)).isEmpty();
    return String.join("\n", problems.lines());
  }

  private static AlipaySigner signer() {
    return AlipayFixture.signer(SignType.SM2, StandardCharsets.UTF_8);
  }

  private static Verdict verdict(Account account, Map<String, String> parameters) {
    return account.receive(Callbacks.received(signer().form(parameters)));
  }

  private static Rejection rejection(Account account, Map<String, String> parameters) {
    return ((Verdict.Refused) verdict(account, parameters)).rejection();
  }

  private static SortedMap<String, String> parameters(PlayedProvider.Received received) {
    String query = received.target().substring(received.target().indexOf('?') + 1);
    SortedMap<String, String> parameters = new TreeMap<>();
    for (String pair : (query + "&" + received.text()).split("&", -1)) {
      int equals = pair.indexOf('=');
      parameters.put(
          pair.substring(0, equals),
          URLDecoder.decode(pair.substring(equals + 1), StandardCharsets.UTF_8));
    }
    return parameters;
  }
}

package io.paidonce.providers.alipay;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.json.JsonMapper;
import io.paidonce.providers.KeyText;
import io.paidonce.providers.Problems;
import io.paidonce.providers.TestKeys;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Each thing people configure wrongly is named with its place. */
class AlipayConfigTest {

  private static final String ALIPAYS = KeyText.publicKeyBase64(TestKeys.PLATFORM.getPublic());
  private static final String OURS = KeyText.publicKeyBase64(TestKeys.OTHER.getPublic());

  @Test
  void aGoodConfigurationOpens() {
    assertThat(problemsOf(AlipayFixture.config())).isEmpty();
    assertThat(AlipayFixture.account().id()).isEqualTo(AlipayFixture.APP_ID);
    assertThat(AlipayFixture.account().shop()).isEqualTo("shop-1");
  }

  @Test
  void allProblemsAreReportedTogether() throws Exception {
    AlipayConfig empty = JsonMapper.builder().build().readValue("{}", AlipayConfig.class);
    assertThat(problemsOf(empty))
        .hasSize(4)
        .anyMatch(line -> line.startsWith("accounts[0].id: "))
        .anyMatch(line -> line.startsWith("accounts[0].shop: "))
        .anyMatch(line -> line.startsWith("accounts[0].sellerId: is missing"))
        .anyMatch(line -> line.startsWith("accounts[0].alipayPublicKeys: is missing"));
  }

  @Test
  void problemsOfOtherAccountsDoNotCount() {
    Problems problems = Problems.none();
    problems.add("something else");
    assertThat(new AlipayProtocol().open(AlipayFixture.config(), problems)).isPresent();
  }

  @Test
  void bareBase64MayBeBrokenIntoLines() {
    String lines = ALIPAYS.replaceAll("(.{64})", "$1\r\n") + "\n";
    assertThat(problemsOfKeys(lines)).isEmpty();
  }

  @Test
  void theApplicationsOwnKeyIsTheWrongOne() {
    assertThat(problemsOf(AlipayFixture.config(List.of(ALIPAYS, OURS), OURS)))
        .singleElement()
        .asString()
        .startsWith("accounts[0].alipayPublicKeys[1]: is the application's own public key");
    String asPem = KeyText.publicKeyPem(TestKeys.OTHER.getPublic());
    assertThat(problemsOf(AlipayFixture.config(List.of(OURS), asPem))).hasSize(1);
  }

  @Test
  void aPrivateKeyDoesNotBelongHere() {
    String pem = KeyText.privateKeyPem(TestKeys.OTHER.getPrivate());
    String bare = pem.replaceAll("-----[A-Z ]+-----", "");
    for (String text : List.of(pem, bare)) {
      assertThat(problemsOfKeys(text))
          .singleElement()
          .asString()
          .startsWith("accounts[0].alipayPublicKeys[0]: holds a private key")
          .doesNotContain(bare.strip().substring(0, 40));
      assertThat(AlipayFixture.config(List.of(text), text).toString())
          .doesNotContain(bare.strip().substring(0, 40));
    }
  }

  @Test
  void whatIsNoStrongRsaPublicKeyIsNamed() {
    String certificate =
        TestKeys.certificatePem(
            TestKeys.PLATFORM.getPublic(), TestKeys.PLATFORM.getPrivate(), "0A", "CN=x");
    assertThat(problemsOfKeys(certificate)).singleElement().asString().contains("CERTIFICATE");
    assertThat(problemsOfKeys(KeyText.publicKeyBase64(TestKeys.weakRsa().getPublic())))
        .singleElement()
        .asString()
        .contains("1024 bits");
    assertThat(problemsOfKeys(KeyText.publicKeyBase64(TestKeys.ellipticCurve().getPublic())))
        .singleElement()
        .asString()
        .contains("EC key");
    assertThat(problemsOfKeys("rubbish!")).hasSize(1);
    assertThat(problemsOfKeys(" ")).singleElement().asString().contains("is empty");
  }

  @Test
  void aSellerIdThatNoNoticeHasIsNamed() {
    for (String sellerId : List.of("2088102119685838\n", "2088 1021", "2088/1", "2".repeat(65))) {
      AlipayConfig good = AlipayFixture.config();
      AlipayConfig config =
          new AlipayConfig(
              good.protocol(), good.id(), good.shop(), sellerId, good.alipayPublicKeys(), null);
      assertThat(problemsOf(config))
          .as(sellerId)
          .singleElement()
          .asString()
          .startsWith("accounts[0].sellerId: must be a seller_id");
    }
  }

  @Test
  void aKeyOfAnotherTypeThanTheConfiguredOneIsNamed() {
    String sm2 = KeyText.publicKeyBase64(AlipayFixture.SM2_KEY.getPublic());
    assertThat(problemsOfKeys(sm2))
        .singleElement()
        .asString()
        .startsWith(
            "accounts[0].alipayPublicKeys[0]: is an SM2 key, but signType is RSA2; give the RSA");
    assertThat(problemsOf(AlipayFixture.config(List.of(ALIPAYS), null).signedBy(SignType.SM2)))
        .singleElement()
        .asString()
        .contains("is an RSA key, but signType is SM2");
    assertThat(problemsOf(AlipayFixture.config(List.of(sm2), null).signedBy(SignType.SM2)))
        .isEmpty();
    assertThat(problemsOf(AlipayFixture.config(List.of(sm2), sm2).signedBy(SignType.SM2)))
        .singleElement()
        .asString()
        .contains("is the application's own public key");
  }

  @Test
  void onlySha1IsWarnedOf() {
    assertThat(AlipayFixture.account(SignType.RSA).warnings())
        .singleElement()
        .asString()
        .contains("SHA-1");
    assertThat(AlipayFixture.account(SignType.RSA2).warnings()).isEmpty();
    assertThat(AlipayFixture.account(SignType.SM2).warnings()).isEmpty();
    // A stranger who checks evidence checks it by the same type.
    assertThat(
            new AlipayProtocol()
                .published(AlipayFixture.config().signedBy(SignType.RSA))
                .orElseThrow()
                .signType())
        .isEqualTo(SignType.RSA);
  }

  @Test
  void aDoubledKeyIsNamed() {
    assertThat(problemsOf(AlipayFixture.config(List.of(ALIPAYS, ALIPAYS), null)))
        .singleElement()
        .asString()
        .startsWith("accounts[0].alipayPublicKeys[1]: is the same key as an earlier one");
  }

  @Test
  void anUnreadableApplicationKeyIsNamed() {
    assertThat(problemsOf(AlipayFixture.config(List.of(ALIPAYS), "rubbish!")))
        .singleElement()
        .asString()
        .startsWith("accounts[0].applicationPublicKey: ");
  }

  private static List<String> problemsOfKeys(String key) {
    return problemsOf(AlipayFixture.config(List.of(key), null));
  }

  private static List<String> problemsOf(AlipayConfig config) {
    Problems problems = Problems.none();
    boolean opened = new AlipayProtocol().open(config, problems.in("accounts").at(0)).isPresent();
    assertThat(opened).isEqualTo(problems.isEmpty());
    return problems.lines();
  }
}

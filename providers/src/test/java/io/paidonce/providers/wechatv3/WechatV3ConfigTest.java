package io.paidonce.providers.wechatv3;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.json.JsonMapper;
import io.paidonce.contract.RawBytes;
import io.paidonce.contract.Rejection;
import io.paidonce.providers.Account;
import io.paidonce.providers.Callbacks;
import io.paidonce.providers.KeyText;
import io.paidonce.providers.Problems;
import io.paidonce.providers.Secret;
import io.paidonce.providers.SignedCallback;
import io.paidonce.providers.TestKeys;
import io.paidonce.providers.Verdict;
import java.security.KeyPair;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Each thing people configure wrongly is named with its place. */
class WechatV3ConfigTest {

  private static final String SUBJECT = "CN=Tenpay.com sign";

  @Test
  void aGoodConfigurationOpens() {
    assertThat(WechatV3Fixture.account().id()).isEqualTo(WechatV3Fixture.MCHID);
    assertThat(WechatV3Fixture.account().shop()).isEqualTo("shop-1");
  }

  @Test
  void whatIsOldIsRefusedByTheAccountsOwnToleranceAndAfterItsSignature() {
    Account account =
        new WechatV3Protocol()
            .open(WechatV3Fixture.config(List.of()).tolerating(10), Problems.none())
            .orElseThrow();
    SignedCallback sent = WechatV3Fixture.signer().payment(WechatV3Fixture.NOTICE, Callbacks.NOW);

    assertThat(account.receive(Callbacks.received(sent, Callbacks.NOW.plusMillis(9_999))))
        .isInstanceOf(Verdict.Authentic.class);
    assertThat(account.receive(Callbacks.received(sent, Callbacks.NOW.minusSeconds(10))))
        .isInstanceOfSatisfying(
            Verdict.Refused.class,
            refused -> {
              assertThat(refused.rejection()).isEqualTo(Rejection.STALE_TIMESTAMP);
              assertThat(refused.explanation()).contains("10 s ahead", "less than 10 s");
            });
    SignedCallback forged = new SignedCallback(sent.headers(), RawBytes.of(new byte[] {'{', '}'}));
    assertThat(account.receive(Callbacks.received(forged, Callbacks.NOW.plusSeconds(400))))
        .isInstanceOfSatisfying(
            Verdict.Refused.class,
            refused -> assertThat(refused.rejection()).isEqualTo(Rejection.SIGNATURE_MISMATCH));
    for (int seconds : new int[] {0, -1, 3_601}) {
      assertThat(problemsOf(WechatV3Fixture.config(List.of()).tolerating(seconds)))
          .containsExactly(
              "accounts[0].toleranceSeconds: is " + seconds + "; it must be 1 to 3600.");
    }
  }

  @Test
  void allProblemsAreReportedTogether() {
    assertThat(
            problemsOf(
                new WechatV3Config(
                    "wechat-v3", "", "a:b", List.of(), List.of(), List.of(), List.of())))
        .hasSize(4)
        .anyMatch(line -> line.startsWith("accounts[0].id: "))
        .anyMatch(line -> line.startsWith("accounts[0].shop: "))
        .anyMatch(line -> line.startsWith("accounts[0].apiV3Keys: is missing"))
        .anyMatch(line -> line.startsWith("accounts[0].platformKeys: is missing"));
  }

  @Test
  void problemsOfOtherAccountsDoNotCount() {
    Problems problems = Problems.none();
    problems.add("something else");
    assertThat(new WechatV3Protocol().open(WechatV3Fixture.config(List.of()), problems))
        .isPresent();
  }

  @Test
  void leftOutFieldsBindAndAreReported() throws Exception {
    WechatV3Config config =
        JsonMapper.builder().build().readValue("{\"id\":\"1\"}", WechatV3Config.class);
    assertThat(problemsOf(config)).hasSize(3);
  }

  @Test
  void aWholeConfigurationBinds() throws Exception {
    WechatV3Config config =
        JsonMapper.builder()
            .build()
            .readValue(
                "{\"protocol\":\"wechat-v3\",\"id\":\"1\",\"shop\":\"s\",\"apiV3Keys\":[\"k\"],"
                    + "\"platformKeys\":[{\"pem\":\"p\"},{\"id\":\"i\",\"pem\":\"q\"}],"
                    + "\"appIds\":[\"a\"],\"combinedMchids\":[\"m\"]}",
                WechatV3Config.class);
    assertThat(config.apiV3Keys().get(0).reveal()).isEqualTo("k");
    assertThat(config.platformKeys())
        .containsExactly(new PlatformKey(null, "p"), new PlatformKey("i", "q"));
    assertThat(config.appIds()).containsExactly("a");
    assertThat(config.combinedMchids()).containsExactly("m");
  }

  @Test
  void anApiV3KeyIs32Bytes() {
    assertThat(problemsOfKeys(List.of(Secret.of("x".repeat(32)), Secret.of("x".repeat(33)))))
        .singleElement()
        .asString()
        .startsWith("accounts[0].apiV3Keys[1]: is 33 bytes long")
        .contains("exactly 32");
    assertThat(problemsOfKeys(List.of(Secret.of("é".repeat(32))))).hasSize(1);
  }

  @Test
  void atMostTwoApiV3Keys() {
    Secret key = WechatV3Fixture.API_V3_KEY;
    assertThat(problemsOfKeys(List.of(key, key, key))).hasSize(1);
  }

  @Test
  void aBlankAppIdIsReported() {
    assertThat(problemsOf(WechatV3Fixture.config(List.of("a", " "))))
        .singleElement()
        .asString()
        .startsWith("accounts[0].appIds[1]: is blank");
  }

  @Test
  void anAppIdThatNoPaymentHasIsReported() {
    for (String appId : List.of("wx1\n", "wx1|wx2", "wx1/2", "w".repeat(65))) {
      assertThat(problemsOf(WechatV3Fixture.config(List.of("wx1", appId))))
          .as(appId)
          .singleElement()
          .asString()
          .startsWith("accounts[0].appIds[1]: must be an appid");
    }
  }

  @Test
  void aCombinedMchidThatNoMerchantHasIsReported() {
    for (String mchid : List.of("1\n", "1|2", "1/2", "1".repeat(65))) {
      assertThat(problemsOf(WechatV3Fixture.config(List.of(), List.of("1900000009", mchid))))
          .as(mchid)
          .singleElement()
          .asString()
          .startsWith("accounts[0].combinedMchids[1]: must be an mchid");
    }
    assertThat(problemsOf(WechatV3Fixture.config(List.of(), List.of(" "))))
        .singleElement()
        .asString()
        .startsWith("accounts[0].combinedMchids[0]: is blank");
    assertThat(problemsOf(WechatV3Fixture.config(List.of(), List.of("1900000009")))).isEmpty();
  }

  @Test
  void appIdsFitIntoARecordTogether() {
    List<String> most = new ArrayList<>(Collections.nCopies(6, "w".repeat(64)));
    most.add("w".repeat(57));
    assertThat(problemsOf(WechatV3Fixture.config(most))).isEmpty();
    most.set(6, "w".repeat(58));
    assertThat(problemsOf(WechatV3Fixture.config(most)))
        .singleElement()
        .asString()
        .startsWith("accounts[0].appIds: are 448 characters together; at most 447 fit");
  }

  @Test
  void aPrivateKeyDoesNotBelongHere() {
    String pem = KeyText.privateKeyPem(TestKeys.PLATFORM.getPrivate());
    assertThat(problemsOfPlatform(new PlatformKey("PUB_KEY_ID_1", pem)))
        .singleElement()
        .asString()
        .startsWith("accounts[0].platformKeys[0].pem: holds a private key");
    String bare = pem.replaceAll("-----[A-Z ]+-----", "");
    assertThat(problemsOfPlatform(new PlatformKey("PUB_KEY_ID_1", bare)))
        .singleElement()
        .asString()
        .contains("holds a private key");
    assertThat(new PlatformKey("PUB_KEY_ID_1", pem).toString()).doesNotContain("BEGIN");
  }

  @Test
  void aKeyThatIsNotRsaIsNamed() {
    KeyPair curve = TestKeys.ellipticCurve();
    assertThat(problemsOfPlatform(publicKey(curve))).singleElement().asString().contains("EC key");
    assertThat(problemsOfPlatform(certificate(curve, "0A", SUBJECT)))
        .singleElement()
        .asString()
        .contains("is a key of type EC");
  }

  @Test
  void aShortKeyIsNamed() {
    KeyPair weak = TestKeys.weakRsa();
    assertThat(problemsOfPlatform(publicKey(weak)))
        .singleElement()
        .asString()
        .contains("1024 bits");
    assertThat(problemsOfPlatform(certificate(weak, "0A", SUBJECT)))
        .singleElement()
        .asString()
        .contains("1024 bits");
  }

  @Test
  void aDoubledSerialIsNamed() {
    assertThat(
            problemsOfPlatform(
                certificate(TestKeys.PLATFORM, "0A", SUBJECT),
                certificate(TestKeys.OTHER, "0a", SUBJECT)))
        .singleElement()
        .asString()
        .startsWith("accounts[0].platformKeys[1]: has the id A, which an earlier key already has");
    assertThat(problemsOfPlatform(publicKey(TestKeys.PLATFORM), publicKey(TestKeys.PLATFORM)))
        .hasSize(1);
  }

  @Test
  void aTextThatIsNoKeyIsNamed() {
    String whole = KeyText.publicKeyPem(TestKeys.PLATFORM.getPublic());
    for (String text :
        List.of(
            "",
            "rubbish!",
            "cnViYmlzaA==",
            "-----BEGIN PUBLIC KEY-----\n",
            whole.substring(0, whole.length() - 10),
            whole + whole,
            whole.replace("PUBLIC", "RSA PUBLIC"),
            whole.replace("END PUBLIC", "END RSA PUBLIC"),
            "-----BEGIN CERTIFICATE-----\ncnViYmlzaA==\n-----END CERTIFICATE-----")) {
      assertThat(problemsOfPlatform(new PlatformKey("PUB_KEY_ID_1", text)))
          .as(text)
          .singleElement()
          .asString()
          .startsWith("accounts[0].platformKeys[0].pem: ");
    }
  }

  @Test
  void aPublicKeyNeedsItsId() {
    String pem = KeyText.publicKeyPem(TestKeys.PLATFORM.getPublic());
    for (String id : new String[] {null, "", "5DEA", "PUB_KEY_ID_", "pub_key_id_1"}) {
      assertThat(problemsOfPlatform(new PlatformKey(id, pem)))
          .singleElement()
          .asString()
          .startsWith("accounts[0].platformKeys[0].id: must be the public key's id");
    }
  }

  @Test
  void aCertificateBringsItsSerial() {
    String pem = certificate(TestKeys.PLATFORM, "0abc", SUBJECT).pem();
    assertThat(problemsOfPlatform(new PlatformKey("00ABC", pem))).isEmpty();
    assertThat(problemsOfPlatform(new PlatformKey("ABD", pem)))
        .singleElement()
        .asString()
        .isEqualTo(
            "accounts[0].platformKeys[0].id: must be left out or be the certificate's serial,"
                + " which is ABC.");
  }

  @Test
  void theMerchantsOwnCertificateIsTheWrongOne() {
    String subject = "CN=" + WechatV3Fixture.MCHID + ",O=shop";
    assertThat(problemsOfPlatform(certificate(TestKeys.PLATFORM, "0A", subject)))
        .singleElement()
        .asString()
        .contains("merchant's own certificate");
    String elsewhere = SUBJECT + ",OU=" + WechatV3Fixture.MCHID;
    assertThat(problemsOfPlatform(certificate(TestKeys.PLATFORM, "0A", elsewhere))).isEmpty();
  }

  private static PlatformKey publicKey(KeyPair pair) {
    return new PlatformKey("PUB_KEY_ID_1", KeyText.publicKeyPem(pair.getPublic()));
  }

  private static PlatformKey certificate(KeyPair pair, String serial, String subject) {
    return new PlatformKey(
        null,
        TestKeys.certificatePem(pair.getPublic(), TestKeys.PLATFORM.getPrivate(), serial, subject));
  }

  private static List<String> problemsOfPlatform(PlatformKey... keys) {
    WechatV3Config good = WechatV3Fixture.config(List.of());
    return problemsOf(
        new WechatV3Config(
            good.protocol(),
            good.id(),
            good.shop(),
            good.apiV3Keys(),
            List.of(keys),
            List.of(),
            List.of()));
  }

  private static List<String> problemsOfKeys(List<Secret> keys) {
    WechatV3Config good = WechatV3Fixture.config(List.of());
    return problemsOf(
        new WechatV3Config(
            good.protocol(),
            good.id(),
            good.shop(),
            keys,
            good.platformKeys(),
            List.of(),
            List.of()));
  }

  private static List<String> problemsOf(WechatV3Config config) {
    Problems problems = Problems.none();
    boolean opened = new WechatV3Protocol().open(config, problems.in("accounts").at(0)).isPresent();
    assertThat(opened).isEqualTo(problems.isEmpty());
    return new ArrayList<>(problems.lines());
  }
}

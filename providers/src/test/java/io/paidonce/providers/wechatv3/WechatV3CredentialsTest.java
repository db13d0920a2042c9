package io.paidonce.providers.wechatv3;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.json.JsonMapper;
import io.paidonce.providers.Callbacks;
import io.paidonce.providers.KeyText;
import io.paidonce.providers.PlayedProvider;
import io.paidonce.providers.Problems;
import io.paidonce.providers.Secret;
import io.paidonce.providers.TestKeys;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What an operator can get wrong is reported together, each with its place. */
class WechatV3CredentialsTest {

  @Test
  void everythingIsReportedTogetherAndNoSecretIsShown() {
    WechatV3Credentials wrong =
        new WechatV3Credentials(
            WechatV3Protocol.ID,
            "1900000002",
            "",
            "not hex",
            Secret.of(KeyText.publicKeyPem(TestKeys.MERCHANT.getPublic())),
            List.of("http://api.mch.weixin.qq.com"));
    assertThat(problems(wrong))
        .hasSize(5)
        .anyMatch(line -> line.startsWith("account: "))
        .anyMatch(line -> line.startsWith("partnerMchid: "))
        .anyMatch(line -> line.startsWith("serialNo: "))
        .anyMatch(line -> line.startsWith("privateKey: holds a PEM block PUBLIC KEY"))
        .anyMatch(line -> line.startsWith("hosts[0]: "));
    assertThat(wrong.toString()).doesNotContain("BEGIN");
  }

  @Test
  void whatIsLeftOutIsNamed() {
    assertThat(problems(new WechatV3Credentials(null, null, null, null, null, null)))
        .hasSize(3)
        .anyMatch(line -> line.startsWith("privateKey: "));
  }

  @Test
  void aKeyMayAlsoBeBareBase64() {
    String pem = KeyText.privateKeyPem(TestKeys.MERCHANT.getPrivate());
    String bare = pem.replaceAll("-----[A-Z ]+-----", "");
    assertThat(problems(withKey(bare))).isEmpty();
    assertThat(problems(withKey("AAAA"))).hasSize(1);
    assertThat(problems(withKey(KeyText.privateKeyPem(TestKeys.weakRsa().getPrivate()))))
        .singleElement()
        .asString()
        .contains("1024 bits");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "https://user@api.mch.weixin.qq.com",
        "https://api.mch.weixin.qq.com/",
        "https://api.mch.weixin.qq.com?x",
        "ftp://api.mch.weixin.qq.com",
        "http://127.0.0.1.example.com",
        "api.mch.weixin.qq.com",
        " "
      })
  void aHostIsAnAddressWithTlsOrThisMachine(String host) {
    assertThat(problems(WechatV3Fixture.credentials(null, host))).hasSize(1);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "http://pay.example.com/callbacks/wechat-v3/1900000001",
        "https://pay.example.com/callbacks?account=1900000001",
        "https://pay.example.com/callbacks#1900000001",
        "https://user@pay.example.com/callbacks",
        "/callbacks/wechat-v3/1900000001",
        ""
      })
  void noticesOfRefundsGoToAnAddressWithTlsAndNothingBehindItsPath(String address) {
    assertThat(problems(withNotifyUrl(address)))
        .singleElement()
        .asString()
        .startsWith("refundNotifyUrl: ");
    String good = "https://pay.example.com/callbacks/wechat-v3/1900000001";
    assertThat(problems(withNotifyUrl(good))).isEmpty();
    assertThat(problems(withNotifyUrl(good + "1".repeat(256)))).hasSize(1);
  }

  @Test
  void aWholeSetBinds() throws Exception {
    WechatV3Credentials bound =
        JsonMapper.builder()
            .build()
            .readValue(
                """
                {"protocol": "wechat-v3", "account": "1", "serialNo": "0A", "privateKey": "k",
                 "hosts": ["https://h"], "refundNotifyUrl": "https://n/"}
                """,
                WechatV3Credentials.class);
    assertThat(bound.hosts()).containsExactly("https://h");
    assertThat(bound.refundNotifyUrl()).isEqualTo("https://n/");
    assertThat(bound.partnerMchid()).isNull();
  }

  private static WechatV3Credentials withNotifyUrl(String address) {
    WechatV3Credentials good = WechatV3Fixture.credentials(null);
    return new WechatV3Credentials(
        good.protocol(),
        good.account(),
        good.partnerMchid(),
        good.serialNo(),
        good.privateKey(),
        good.hosts(),
        address);
  }

  @Test
  void theProvidersOwnHostsAreTheDefault() {
    assertThat(WechatV3Fixture.credentials(null).hosts())
        .containsExactly("https://api.mch.weixin.qq.com", "https://api2.mch.weixin.qq.com");
    assertThat(problems(WechatV3Fixture.credentials(null))).isEmpty();
  }

  @Test
  void anAccountWithoutAUsableKeyCanNotBeAskedFor() {
    WechatV3Config good = WechatV3Fixture.config(List.of());
    WechatV3Config keyless =
        new WechatV3Config(
            good.protocol(),
            good.id(),
            good.shop(),
            good.apiV3Keys(),
            List.of(),
            good.appIds(),
            good.combinedMchids());
    assertThat(problems(keyless, WechatV3Fixture.credentials(null)))
        .singleElement()
        .asString()
        .contains("no platform key");
  }

  private static WechatV3Credentials withKey(String key) {
    WechatV3Credentials good = WechatV3Fixture.credentials(null);
    return new WechatV3Credentials(
        good.protocol(),
        good.account(),
        good.partnerMchid(),
        good.serialNo(),
        Secret.of(key),
        good.hosts());
  }

  private static List<String> problems(WechatV3Credentials credentials) {
    return problems(WechatV3Fixture.config(List.of()), credentials);
  }

  private static List<String> problems(WechatV3Config account, WechatV3Credentials credentials) {
    Problems problems = Problems.none();
    assertThat(
            new WechatV3Api()
                .open(
                    account,
                    credentials,
                    PlayedProvider.transport(Callbacks.NOW),
                    new Random(7),
                    problems)
                .isEmpty())
        .isEqualTo(!problems.isEmpty());
    return problems.lines();
  }
}

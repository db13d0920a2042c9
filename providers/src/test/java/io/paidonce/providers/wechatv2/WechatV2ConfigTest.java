package io.paidonce.providers.wechatv2;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.json.JsonMapper;
import io.paidonce.contract.Rejection;
import io.paidonce.providers.CallbackAnswer;
import io.paidonce.providers.Callbacks;
import io.paidonce.providers.PlayedProvider;
import io.paidonce.providers.Problems;
import io.paidonce.providers.Secret;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** What an operator can get wrong is reported together, each with its place. */
class WechatV2ConfigTest {

  @Test
  void aWholeConfigurationBinds() throws Exception {
    WechatV2Config config =
        JsonMapper.builder()
            .build()
            .readValue(
                """
                {"protocol": "wechat-v2", "id": "1900000001", "shop": "shop-1",
                 "apiKeys": ["new-api-v2-key-of-32-characters1"], "signTypes": ["MD5"],
                 "appIds": ["wx1"]}
                """,
                WechatV2Config.class);
    assertThat(problemsOf(config)).isEmpty();
    assertThat(config.accepted()).containsExactly(SignType.MD5);
    assertThat(config.toString()).doesNotContain("new-api-v2-key");
  }

  @Test
  void theStrongerSignatureIsTheDefault() throws Exception {
    WechatV2Config config =
        JsonMapper.builder().build().readValue("{\"id\":\"1\"}", WechatV2Config.class);
    assertThat(config.accepted()).containsExactly(SignType.HMAC_SHA256);
    assertThat(problemsOf(config))
        .hasSize(2)
        .anyMatch(line -> line.startsWith("accounts[0].shop: "))
        .anyMatch(line -> line.startsWith("accounts[0].apiKeys: is missing"));
  }

  @Test
  void allProblemsAreReportedTogether() {
    WechatV2Config wrong =
        new WechatV2Config(
            "wechat-v2",
            "a b",
            "a:b",
            List.of(Secret.of("short"), Secret.of("x".repeat(32) + "\n"), Secret.of("x")),
            List.of("MD5", "MD5", "SHA1"),
            List.of(" "));
    assertThat(problemsOf(wrong))
        .hasSize(9)
        .anyMatch(line -> line.startsWith("accounts[0].id: "))
        .anyMatch(line -> line.startsWith("accounts[0].shop: "))
        .anyMatch(line -> line.startsWith("accounts[0].apiKeys: holds 3 keys"))
        .anyMatch(line -> line.startsWith("accounts[0].apiKeys[0]: is 5 bytes long"))
        .anyMatch(line -> line.startsWith("accounts[0].apiKeys[1]: is 33 bytes long"))
        .anyMatch(line -> line.startsWith("accounts[0].signTypes[1]: "))
        .anyMatch(line -> line.startsWith("accounts[0].signTypes[2]: "))
        .anyMatch(line -> line.startsWith("accounts[0].appIds[0]: is blank"));
  }

  @Test
  void whatIsWrongWithTheCredentialsIsReportedTogether() {
    WechatV2Credentials wrong =
        new WechatV2Credentials(
            "wechat-v2", "1900000002", "", "", List.of("http://api.mch.weixin.qq.com"));
    assertThat(problemsOf(WechatV2Fixture.config(), wrong))
        .hasSize(4)
        .anyMatch(line -> line.startsWith("account: "))
        .anyMatch(line -> line.startsWith("appid: "))
        .anyMatch(line -> line.startsWith("partnerMchid: "))
        .anyMatch(line -> line.startsWith("hosts[0]: "));
    assertThat(problemsOf(WechatV2Fixture.config(), WechatV2Fixture.credentials(null))).isEmpty();
    assertThat(new WechatV2Credentials(null, null, null, null, null).hosts())
        .containsExactly("https://api.mch.weixin.qq.com", "https://api2.mch.weixin.qq.com");
    WechatV2Config keyless =
        new WechatV2Config(
            "wechat-v2", WechatV2Fixture.MCHID, "shop-1", List.of(), List.of(), List.of());
    assertThat(problemsOf(keyless, WechatV2Fixture.credentials(null)))
        .singleElement()
        .asString()
        .contains("not configured");
  }

  @Test
  void theAnswersAreTheProvidersOwn() {
    WechatV2Protocol protocol = new WechatV2Protocol();
    assertThat(protocol.accepted())
        .isEqualTo(
            new CallbackAnswer(
                200,
                "text/xml",
                "<xml><return_code><![CDATA[SUCCESS]]></return_code>"
                    + "<return_msg><![CDATA[OK]]></return_msg></xml>"));
    for (Rejection rejection : Rejection.values()) {
      assertThat(protocol.declined(rejection))
          .isEqualTo(
              new CallbackAnswer(
                  rejection.httpStatus(),
                  "text/xml",
                  "<xml><return_code><![CDATA[FAIL]]></return_code>"
                      + "<return_msg><![CDATA[not accepted]]></return_msg></xml>"));
    }
  }

  private static List<String> problemsOf(WechatV2Config config) {
    Problems problems = Problems.none();
    boolean opened = new WechatV2Protocol().open(config, problems.in("accounts").at(0)).isPresent();
    assertThat(opened).isEqualTo(problems.isEmpty());
    return problems.lines();
  }

  private static List<String> problemsOf(WechatV2Config config, WechatV2Credentials credentials) {
    Problems problems = Problems.none();
    boolean opened =
        new WechatV2Api()
            .open(
                config,
                credentials,
                PlayedProvider.transport(Callbacks.NOW),
                new Random(7),
                problems)
            .isPresent();
    assertThat(opened).isEqualTo(problems.isEmpty());
    return Collections.unmodifiableList(problems.lines());
  }
}

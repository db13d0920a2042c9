package io.paidonce.simulator;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.paidonce.providers.wechatv2.WechatV2Protocol;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DialectTest {

  @ParameterizedTest
  @CsvSource({
    "WECHAT_V3, 200, '', true",
    "WECHAT_V3, 204, '', true",
    // The status decides, whatever the body says.
    "WECHAT_V3, 200, '{\"code\":\"FAIL\"}', true",
    "WECHAT_V3, 201, '', false",
    "WECHAT_V3, 401, '{\"code\":\"SUCCESS\"}', false",
    "WECHAT_V3, 503, '', false",
    // The body decides.
    "WECHAT_V2, 200, '<xml><return_code><![CDATA[SUCCESS]]></return_code></xml>', true",
    "WECHAT_V2, 200, '<xml><return_code>SUCCESS</return_code></xml>', true",
    "WECHAT_V2, 200, '<xml><return_code><![CDATA[FAIL]]></return_code></xml>', false",
    "WECHAT_V2, 200, '', false",
    "WECHAT_V2, 200, ' <xml><return_code>SUCCESS</return_code></xml>', false",
    "WECHAT_V2, 200, '{\"code\":\"SUCCESS\"}', false",
    "WECHAT_V2, 500, '<xml><return_code>SUCCESS</return_code></xml>', false",
    "ALIPAY, 200, success, true",
    "ALIPAY, 200, '', false",
    "ALIPAY, 200, SUCCESS, false",
    "ALIPAY, 200, 'success ', false",
    "ALIPAY, 200, fail, false",
    "ALIPAY, 204, success, false",
    "ALIPAY, 500, success, false",
    // No body is asked for, and a redirection is a failure.
    "HMAC, 200, '', true",
    "HMAC, 299, whatever, true",
    "HMAC, 302, '', false",
    "HMAC, 410, '', false",
  })
  void eachProviderJudgesAnAnswerInItsOwnWay(
      Dialect dialect, int status, String body, boolean accepted) {
    assertThat(dialect.accepts(status, body.getBytes(UTF_8))).isEqualTo(accepted);
  }

  @Test
  void wechatTriesFifteenMoreTimesWithin24HoursAnd4Minutes() {
    assertThat(Dialect.WECHAT_V3.retryDelays()).hasSize(15);
    assertThat(sum(Dialect.WECHAT_V3)).isEqualTo(Duration.ofHours(24).plusMinutes(4));
  }

  @Test
  void anAnswerOfOursInV2IsTaken() {
    assertThat(
            Dialect.WECHAT_V2.accepts(
                200, new WechatV2Protocol().accepted().body().getBytes(UTF_8)))
        .isTrue();
  }

  @Test
  void alipayTriesSevenMoreTimesWithin24HoursAnd24Minutes() {
    assertThat(Dialect.ALIPAY.retryDelays()).hasSize(7);
    assertThat(sum(Dialect.ALIPAY)).isEqualTo(Duration.ofHours(24).plusMinutes(24));
  }

  @Test
  void aDialectIsFoundByItsProtocol() {
    assertThat(Dialect.of("wechat-v3")).isEqualTo(Dialect.WECHAT_V3);
    assertThat(Dialect.of("wechat-v2")).isEqualTo(Dialect.WECHAT_V2);
    assertThat(Dialect.of("alipay")).isEqualTo(Dialect.ALIPAY);
    assertThat(Dialect.of("hmac")).isEqualTo(Dialect.HMAC);
    assertThatThrownBy(() -> Dialect.of("wechat-v9")).hasMessageContaining("wechat-v9");
  }

  private static Duration sum(Dialect dialect) {
    return dialect.retryDelays().stream().reduce(Duration.ZERO, Duration::plus);
  }
}

package io.paidonce.simulator;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.paidonce.providers.CallbackSigner.PaidNotice;
import io.paidonce.providers.SignedCallback;
import java.time.Instant;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class TamperingTest {

  private static final Instant NOW = Instant.parse("2026-01-31T12:00:00Z");

  private static Notice notice(int i) {
    return new Notice.Paid(
        new PaidNotice("n" + i, "42000000" + i, "ORDER-" + i, 1200 + i, "CNY", NOW));
  }

  private static boolean isGenuine(SignedCallback callback) {
    Map<String, String> headers =
        callback.headers().entrySet().stream()
            .collect(
                Collectors.toMap(e -> e.getKey().toLowerCase(Locale.ROOT), Map.Entry::getValue));
    return FakeSigner.isGenuine(headers, callback.body().bytes());
  }

  @ParameterizedTest
  @EnumSource(Disguise.class)
  void onlyAnUndisguisedNoticeVerifies(Disguise disguise) {
    for (int i = 0; i < 200; i++) {
      SignedCallback sent = Tampering.sign(FakeSigner.wechat("s1"), notice(i), disguise, NOW);

      assertThat(isGenuine(sent)).isEqualTo(!disguise.mustBeRefused());
    }
  }

  @ParameterizedTest
  @EnumSource(names = {"NONE", "FLIPPED_BYTE", "ALTERED_AMOUNT"})
  void theSameHoldsForAForm(Disguise disguise) {
    for (int i = 0; i < 200; i++) {
      SignedCallback sent = Tampering.sign(FakeSigner.alipay("s1"), notice(i), disguise, NOW);

      assertThat(isGenuine(sent)).isEqualTo(!disguise.mustBeRefused());
    }
  }

  @Test
  void aProbeShowsItsPrefixAndLeavesTheBody() {
    SimulatedAccount account = FakeSigner.wechat("s1");

    SignedCallback probe = Tampering.sign(account, notice(1), Disguise.PROBE, NOW);

    assertThat(probe.headers().get("Wechatpay-Signature")).startsWith("WECHATPAY/SIGNTEST/");
    assertThat(probe.body())
        .isEqualTo(Tampering.sign(account, notice(1), Disguise.NONE, NOW).body());
  }

  @Test
  void anAlteredAmountOfAFormIsAnotherAmount() {
    SignedCallback sent =
        Tampering.sign(FakeSigner.alipay("s1"), notice(1), Disguise.ALTERED_AMOUNT, NOW);

    assertThat(new String(sent.body().bytes(), UTF_8)).contains("&total_amount=0.01&");
  }

  @Test
  void aFlipNeverTouchesWhatAVerifierMayIgnore() {
    // %2B and %2b are one character, and the last bits of a Base64 signature carry nothing.
    byte[] body = "a=%2B%3D&b=7&sign=012345&c=x".getBytes(UTF_8);

    for (int seed = 0; seed < 100; seed++) {
      assertThat(new String(Tampering.flipOneDigit(body, seed), UTF_8))
          .isEqualTo("a=%2B%3D&b=6&sign=012345&c=x");
    }
  }
}

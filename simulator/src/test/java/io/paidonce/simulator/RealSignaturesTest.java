package io.paidonce.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import io.paidonce.providers.Account;
import io.paidonce.providers.AccountConfig;
import io.paidonce.providers.CallbackProtocol;
import io.paidonce.providers.CallbackRequest;
import io.paidonce.providers.CallbackSigner.PaidNotice;
import io.paidonce.providers.Problems;
import io.paidonce.providers.Secret;
import io.paidonce.providers.SignedCallback;
import io.paidonce.providers.Verdict;
import io.paidonce.providers.alipay.AlipayConfig;
import io.paidonce.providers.alipay.AlipayProtocol;
import io.paidonce.providers.alipay.AlipaySigner;
import io.paidonce.providers.wechatv3.PlatformKey;
import io.paidonce.providers.wechatv3.WechatV3Config;
import io.paidonce.providers.wechatv3.WechatV3Protocol;
import io.paidonce.providers.wechatv3.WechatV3Signer;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** With the providers' own signatures: what is made to be refused is refused, and only that. */
class RealSignaturesTest {

  private static final Instant NOW = Instant.parse("2026-01-31T12:00:00Z");
  private static final int NOTICES = 50;

  private static KeyPair keys;

  @BeforeAll
  static void makeKeys() throws NoSuchAlgorithmException {
    KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
    generator.initialize(2048);
    keys = generator.generateKeyPair();
  }

  private static PaidNotice notice(int i) {
    return new PaidNotice("n" + i, "420000000" + i, "ORDER-" + i, 1200 + i, "CNY", NOW);
  }

  private static <C extends AccountConfig> Account open(CallbackProtocol<C> protocol, C config) {
    Problems problems = Problems.none();
    return protocol
        .open(config, problems)
        .orElseThrow(() -> new IllegalStateException(problems.lines().toString()));
  }

  private static boolean isAuthentic(Account account, SignedCallback sent) {
    Map<String, List<String>> headers = new HashMap<>();
    sent.headers()
        .forEach((name, value) -> headers.put(name.toLowerCase(Locale.ROOT), List.of(value)));
    Verdict verdict = account.receive(new CallbackRequest(headers, sent.body(), NOW, "d"));
    assertThat(verdict).isNotInstanceOf(Verdict.Unreadable.class);
    return verdict instanceof Verdict.Authentic;
  }

  @ParameterizedTest
  @EnumSource(Disguise.class)
  void wechat(Disguise disguise) {
    String keyId = "PUB_KEY_ID_0119000000012026013100";
    Secret secret = Secret.of("an-api-v3-key-of-32-bytes-000001");
    String pem =
        "-----BEGIN PUBLIC KEY-----\n"
            + Base64.getMimeEncoder().encodeToString(keys.getPublic().getEncoded())
            + "\n-----END PUBLIC KEY-----\n";
    Account account =
        open(
            new WechatV3Protocol(),
            new WechatV3Config(
                WechatV3Protocol.ID,
                "1900000001",
                "s1",
                List.of(secret),
                List.of(new PlatformKey(keyId, pem)),
                List.of(),
                List.of()));
    SimulatedAccount simulated =
        new SimulatedAccount(
            Dialect.of(WechatV3Protocol.ID),
            "1900000001",
            "s1",
            new WechatV3Signer(
                keys.getPrivate(), keyId, secret, "1900000001", "wx1", new Random(1)));

    for (int i = 0; i < NOTICES; i++) {
      assertThat(isAuthentic(account, Tampering.sign(simulated, notice(i), disguise, NOW)))
          .isEqualTo(!disguise.mustBeRefused());
    }
  }

  @ParameterizedTest
  @EnumSource(names = {"NONE", "FLIPPED_BYTE", "ALTERED_AMOUNT"})
  void alipay(Disguise disguise) {
    String appId = "2021000000000001";
    String sellerId = "2088000000000001";
    Account account =
        open(
            new AlipayProtocol(),
            new AlipayConfig(
                AlipayProtocol.ID,
                appId,
                "s1",
                sellerId,
                List.of(Base64.getEncoder().encodeToString(keys.getPublic().getEncoded())),
                null));
    SimulatedAccount simulated =
        new SimulatedAccount(
            Dialect.of(AlipayProtocol.ID),
            appId,
            "s1",
            new AlipaySigner(keys.getPrivate(), appId, sellerId));

    for (int i = 0; i < NOTICES; i++) {
      assertThat(isAuthentic(account, Tampering.sign(simulated, notice(i), disguise, NOW)))
          .isEqualTo(!disguise.mustBeRefused());
    }
  }
}

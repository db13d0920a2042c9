package io.paidonce.simulator;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.paidonce.contract.PaymentNotification;
import io.paidonce.providers.Account;
import io.paidonce.providers.AccountConfig;
import io.paidonce.providers.CallbackProtocol;
import io.paidonce.providers.CallbackRequest;
import io.paidonce.providers.CallbackSigner.PaidNotice;
import io.paidonce.providers.KeyText;
import io.paidonce.providers.Problems;
import io.paidonce.providers.Secret;
import io.paidonce.providers.SignedCallback;
import io.paidonce.providers.Sm2Keys;
import io.paidonce.providers.Verdict;
import io.paidonce.providers.alipay.AlipayConfig;
import io.paidonce.providers.alipay.AlipayProtocol;
import io.paidonce.providers.alipay.AlipaySigner;
import io.paidonce.providers.alipay.SignType;
import io.paidonce.providers.hmac.HmacConfig;
import io.paidonce.providers.hmac.HmacProtocol;
import io.paidonce.providers.hmac.HmacSecret;
import io.paidonce.providers.hmac.HmacSigner;
import io.paidonce.providers.wechatv2.WechatV2Config;
import io.paidonce.providers.wechatv2.WechatV2NoticeSigner;
import io.paidonce.providers.wechatv2.WechatV2Protocol;
import io.paidonce.providers.wechatv3.PlatformKey;
import io.paidonce.providers.wechatv3.WechatV3Config;
import io.paidonce.providers.wechatv3.WechatV3Protocol;
import io.paidonce.providers.wechatv3.WechatV3Signer;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** With the providers' own signatures: what is made to be refused is refused, and only that. */
class RealSignaturesTest {

  private static final Instant NOW = Instant.parse("2026-01-31T12:00:00Z");
  private static final int NOTICES = 50;

  private static final String MCHID = "1900000001";
  private static final String KEY_ID = "PUB_KEY_ID_0119000000012026013100";
  private static final Secret SECRET = Secret.of("an-api-v3-key-of-32-bytes-000001");
  private static final String APP_ID = "2021000000000001";
  private static final String SELLER_ID = "2088000000000001";

  private static KeyPair keys;

  @BeforeAll
  static void makeKeys() throws NoSuchAlgorithmException {
    KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
    generator.initialize(2048);
    keys = generator.generateKeyPair();
  }

  private static Notice notice(int i) {
    return new Notice.Paid(
        new PaidNotice("n" + i, "420000000" + i, "ORDER-" + i, 1200 + i, "CNY", NOW));
  }

  private static <C extends AccountConfig> Account open(CallbackProtocol<C> protocol, C config) {
    Problems problems = Problems.none();
    return protocol
        .open(config, problems)
        .orElseThrow(() -> new IllegalStateException(problems.lines().toString()));
  }

  private static boolean isAuthentic(Account account, SignedCallback sent) {
    return verdict(account, sent) instanceof Verdict.Authentic;
  }

  private static Verdict verdict(Account account, SignedCallback sent) {
    Map<String, List<String>> headers = new HashMap<>();
    sent.headers()
        .forEach((name, value) -> headers.put(name.toLowerCase(Locale.ROOT), List.of(value)));
    Verdict verdict = account.receive(new CallbackRequest(headers, sent.body(), NOW, "d"));
    assertThat(verdict).isNotInstanceOf(Verdict.Unreadable.class);
    return verdict;
  }

  @ParameterizedTest
  @EnumSource(Disguise.class)
  void wechat(Disguise disguise) {
    for (int i = 0; i < NOTICES; i++) {
      assertThat(isAuthentic(wechatAccount(), Tampering.sign(wechat(), notice(i), disguise, NOW)))
          .isEqualTo(!disguise.mustBeRefused());
    }
  }

  @ParameterizedTest
  @EnumSource(Disguise.class)
  void wechatSm(Disguise disguise) {
    KeyPair sm2 = Sm2Keys.newKeyPair();
    SimulatedAccount sender =
        new SimulatedAccount(
            Dialect.WECHAT_V3,
            MCHID,
            "s1",
            new WechatV3Signer(sm2.getPrivate(), KEY_ID, SECRET, MCHID, "wx1", new Random(1)));
    Account account = wechatAccount(KeyText.publicKeyPem(sm2.getPublic()));
    for (int i = 0; i < NOTICES; i++) {
      assertThat(isAuthentic(account, Tampering.sign(sender, notice(i), disguise, NOW)))
          .isEqualTo(!disguise.mustBeRefused());
    }
  }

  @ParameterizedTest
  @EnumSource(names = {"NONE", "FLIPPED_BYTE", "ALTERED_AMOUNT"})
  void alipay(Disguise disguise) {
    for (int i = 0; i < NOTICES; i++) {
      assertThat(isAuthentic(alipayAccount(), Tampering.sign(alipay(), notice(i), disguise, NOW)))
          .isEqualTo(!disguise.mustBeRefused());
    }
  }

  @ParameterizedTest
  @EnumSource(SignType.class)
  void alipayOfAnotherSignType(SignType signType) {
    KeyPair pair = signType == SignType.SM2 ? Sm2Keys.newKeyPair() : keys;
    SimulatedAccount sender =
        new SimulatedAccount(
            Dialect.ALIPAY,
            APP_ID,
            "s1",
            new AlipaySigner(pair.getPrivate(), signType, APP_ID, SELLER_ID, UTF_8));
    AlipayConfig config =
        new AlipayConfig(
            AlipayProtocol.ID,
            APP_ID,
            "s1",
            SELLER_ID,
            List.of(KeyText.publicKeyBase64(pair.getPublic())),
            null);
    for (Disguise disguise :
        List.of(Disguise.NONE, Disguise.FLIPPED_BYTE, Disguise.ALTERED_AMOUNT)) {
      for (int i = 0; i < NOTICES; i++) {
        SignedCallback sent = Tampering.sign(sender, notice(i), disguise, NOW);
        assertThat(isAuthentic(open(new AlipayProtocol(), config.signedBy(signType)), sent))
            .isEqualTo(!disguise.mustBeRefused());
      }
    }
  }

  @ParameterizedTest
  @EnumSource(names = {"NONE", "FLIPPED_BYTE", "ALTERED_AMOUNT"})
  void wechatV2(Disguise disguise) {
    SimulatedAccount sender =
        new SimulatedAccount(
            Dialect.WECHAT_V2,
            MCHID,
            "s1",
            new WechatV2NoticeSigner(SECRET, "HMAC-SHA256", MCHID, "wx1", new Random(1)));
    Account account =
        open(
            new WechatV2Protocol(),
            new WechatV2Config(
                WechatV2Protocol.ID, MCHID, "s1", List.of(SECRET), List.of(), List.of()));
    for (int i = 0; i < NOTICES; i++) {
      assertThat(isAuthentic(account, Tampering.sign(sender, notice(i), disguise, NOW)))
          .isEqualTo(!disguise.mustBeRefused());
    }
  }

  @ParameterizedTest
  @EnumSource(names = {"NONE", "FLIPPED_BYTE", "ALTERED_AMOUNT"})
  void hmac(Disguise disguise) {
    HmacConfig config =
        new HmacConfig(
            HmacProtocol.ID,
            "stripe-eu",
            "s1",
            "stripe",
            List.of(new HmacSecret("v", SECRET, null)),
            null,
            null,
            null);
    SimulatedAccount sender =
        new SimulatedAccount(Dialect.HMAC, "stripe-eu", "s1", new HmacSigner(config));
    for (int i = 0; i < NOTICES; i++) {
      SignedCallback sent = Tampering.sign(sender, notice(i), disguise, NOW);
      assertThat(isAuthentic(open(new HmacProtocol(), config), sent))
          .isEqualTo(!disguise.mustBeRefused());
    }
  }

  @Test
  void everyNoticeOfAScenarioIsWhatItsProviderWouldSay() {
    Plan plan =
        Scenario.plan(
            new ScenarioSettings(
                3, 200, Duration.ZERO, Duration.ofMillis(100), NOW, List.of(wechat(), alipay())));
    Set<String> read = new TreeSet<>();
    for (Step step : plan.steps()) {
      if (step instanceof Step.Deliver delivery && delivery.disguise() == Disguise.NONE) {
        SimulatedAccount sender = delivery.account();
        Account account = sender.dialect() == Dialect.WECHAT_V3 ? wechatAccount() : alipayAccount();
        Verdict verdict =
            verdict(account, Tampering.sign(sender, delivery.notice(), Disguise.NONE, NOW));
        read.add(
            delivery.notice().getClass().getSimpleName()
                + " "
                + sender.dialect()
                + " "
                + ((Verdict.Authentic) verdict)
                    .notifications().stream().map(PaymentNotification::kind).distinct().toList());
      }
    }
    assertThat(read)
        .containsExactly(
            "ClosedUnpaid ALIPAY [TRADE_CLOSED]",
            "Finished ALIPAY [PAYMENT]",
            "Paid ALIPAY [PAYMENT]",
            "Paid WECHAT_V3 [PAYMENT]",
            "PaidTogether WECHAT_V3 [PAYMENT]",
            "Refunded ALIPAY [REFUND, PAYMENT]",
            "Refunded WECHAT_V3 [REFUND]");
  }

  private static SimulatedAccount wechat() {
    return new SimulatedAccount(
        Dialect.of(WechatV3Protocol.ID),
        MCHID,
        "s1",
        new WechatV3Signer(keys.getPrivate(), KEY_ID, SECRET, MCHID, "wx1", new Random(1)));
  }

  private static Account wechatAccount() {
    return wechatAccount(KeyText.publicKeyPem(keys.getPublic()));
  }

  private static Account wechatAccount(String pem) {
    return open(
        new WechatV3Protocol(),
        new WechatV3Config(
            WechatV3Protocol.ID,
            MCHID,
            "s1",
            List.of(SECRET),
            List.of(new PlatformKey(KEY_ID, pem)),
            List.of(),
            List.of()));
  }

  private static SimulatedAccount alipay() {
    return new SimulatedAccount(
        Dialect.of(AlipayProtocol.ID),
        APP_ID,
        "s1",
        new AlipaySigner(keys.getPrivate(), APP_ID, SELLER_ID));
  }

  private static Account alipayAccount() {
    return open(
        new AlipayProtocol(),
        new AlipayConfig(
            AlipayProtocol.ID,
            APP_ID,
            "s1",
            SELLER_ID,
            List.of(KeyText.publicKeyBase64(keys.getPublic())),
            null));
  }
}

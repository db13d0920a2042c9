package io.paidonce.simulator.provider;

import static org.assertj.core.api.Assertions.assertThat;

import io.paidonce.contract.RefundOutcome;
import io.paidonce.providers.ApiTransport;
import io.paidonce.providers.Ask;
import io.paidonce.providers.Doubt;
import io.paidonce.providers.KeyText;
import io.paidonce.providers.Outcome;
import io.paidonce.providers.Outcome.Observed;
import io.paidonce.providers.Outcome.Refused;
import io.paidonce.providers.Outcome.Told;
import io.paidonce.providers.Outcome.Unknown;
import io.paidonce.providers.Problems;
import io.paidonce.providers.ProviderClient;
import io.paidonce.providers.ProviderClient.RefundRef;
import io.paidonce.providers.Refusal;
import io.paidonce.providers.Secret;
import io.paidonce.providers.Standing;
import io.paidonce.providers.wechatv2.WechatV2Api;
import io.paidonce.providers.wechatv2.WechatV2Config;
import io.paidonce.providers.wechatv2.WechatV2Credentials;
import io.paidonce.providers.wechatv3.CertificateDownload;
import io.paidonce.providers.wechatv3.PlatformKey;
import io.paidonce.providers.wechatv3.WechatV3Certificates;
import io.paidonce.providers.wechatv3.WechatV3Config;
import io.paidonce.providers.wechatv3.WechatV3Credentials;
import io.paidonce.simulator.Dialect;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** WeChat Pay v2 and the platform's certificates: our clients against the simulated provider. */
class OurV2ClientAndCertificatesTest {

  private static final String HOST = "http://127.0.0.1:1";
  private static final Secret KEY = Secret.of("an-api-v2-key-of-32-characters-1");

  private final VirtualTime time = new VirtualTime(Instant.parse("2026-01-31T12:00:00Z"));
  private final ScriptedFaults faults = new ScriptedFaults();
  private final TradeBook book = PlayedAccounts.book(Dialect.WECHAT_V3, time);
  private final ProviderDesk desk =
      new ProviderDesk(time, faults)
          .admit(PlayedAccounts.merchant(book))
          .admit(new WechatV2Merchant(PlayedAccounts.MCHID, PlayedAccounts.APPID, KEY, book));
  private final ApiTransport transport = new InProcessTransport(desk, time, Duration.ofSeconds(10));

  private ProviderClient client(Secret key, String signType) {
    Problems problems = Problems.none();
    return new WechatV2Api()
        .open(
            new WechatV2Config(
                "wechat-v2",
                PlayedAccounts.MCHID,
                "shop-1",
                List.of(key),
                List.of(signType),
                List.of(PlayedAccounts.APPID)),
            new WechatV2Credentials(
                "wechat-v2", PlayedAccounts.MCHID, PlayedAccounts.APPID, null, List.of(HOST)),
            transport,
            new Random(7),
            problems)
        .orElseThrow(() -> new IllegalStateException(problems.lines().toString()));
  }

  private Ask ask() {
    return new Ask("delivery-1", time.instant(), 0);
  }

  private static Standing standing(Outcome outcome) {
    if (outcome instanceof Told told) {
      return told.standing();
    }
    assertThat(outcome).isInstanceOf(Observed.class);
    return ((Observed) outcome).standing();
  }

  @ParameterizedTest
  @ValueSource(strings = {"MD5", "HMAC-SHA256"})
  void anOrderThroughItsLife(String signType) {
    ProviderClient client = client(KEY, signType);
    assertThat(standing(client.queryOrder("ORDER-1", ask()))).isEqualTo(Standing.NOT_FOUND);
    book.open("ORDER-1", 1200);
    book.open("ORDER-2", 1200);
    assertThat(standing(client.queryOrder("ORDER-1", ask()))).isEqualTo(Standing.UNPAID);
    Trade trade = book.pay("ORDER-1").get();

    Outcome paid = client.queryOrder("ORDER-1", ask());
    assertThat(standing(paid)).isEqualTo(Standing.PAID);
    assertThat(((Told) paid).notifications().get(0).payment().transactionId())
        .isEqualTo(trade.transactionId());
    assertThat(((Told) paid).notifications().get(0).payment().occurredAt())
        .isEqualTo(time.instant());
    assertThat(standing(client.queryTransaction(trade.transactionId(), "ORDER-1", ask())))
        .isEqualTo(Standing.PAID);

    assertThat(client.close("ORDER-1", ask()))
        .isInstanceOfSatisfying(
            Refused.class, r -> assertThat(r.why()).isEqualTo(Refusal.ALREADY_PAID));
    assertThat(standing(client.close("ORDER-2", ask()))).isEqualTo(Standing.CLOSE_ACCEPTED);
    assertThat(client.close("ORDER-2", ask()))
        .isInstanceOfSatisfying(
            Refused.class, r -> assertThat(r.why()).isEqualTo(Refusal.ALREADY_CLOSED));
    assertThat(standing(client.queryOrder("ORDER-2", ask()))).isEqualTo(Standing.CLOSED);

    RefundRef ref = new RefundRef("ORDER-1", trade.transactionId(), "R-1");
    assertThat(standing(client.queryRefund(ref, ask()))).isEqualTo(Standing.NOT_FOUND);
    book.refund("ORDER-1", "R-1", 500);
    assertThat(standing(client.queryRefund(ref, ask()))).isEqualTo(Standing.REFUND_PENDING);
    assertThat(standing(client.queryOrder("ORDER-1", ask()))).isEqualTo(Standing.PAID_AND_REFUNDED);
    book.settle("ORDER-1", "R-1", TradeRefund.State.SUCCEEDED);
    Outcome refunded = client.queryRefund(ref, ask());
    assertThat(((Told) refunded).notifications().get(0).refund().outcome())
        .isEqualTo(RefundOutcome.SUCCEEDED);
    assertThat(((Told) refunded).notifications().get(0).refund().amountMinor()).isEqualTo(500);
  }

  @ParameterizedTest
  @EnumSource(
      mode = EnumSource.Mode.EXCLUDE,
      names = {"PROBE", "UNKNOWN_KEY"})
  void eachFaultIsWhatItMustBe(Fault.Kind kind) {
    book.open("ORDER-1", 1200);
    book.pay("ORDER-1");
    faults.on(
        Asked.Kind.QUERY,
        "ORDER-1",
        kind == Fault.Kind.SLOW ? Fault.slow(Duration.ofSeconds(10)) : Fault.of(kind));

    Outcome outcome = client(KEY, "HMAC-SHA256").queryOrder("ORDER-1", ask());

    switch (kind) {
      case NONE -> assertThat(standing(outcome)).isEqualTo(Standing.PAID);
      case NOT_FOUND -> assertThat(standing(outcome)).isEqualTo(Standing.NOT_FOUND);
      case SLOW -> assertThat(((Unknown) outcome).why()).isEqualTo(Doubt.TIMED_OUT);
      case THROTTLED -> assertThat(((Unknown) outcome).why()).isEqualTo(Doubt.THROTTLED);
      case SERVER_ERROR -> assertThat(((Unknown) outcome).why()).isEqualTo(Doubt.SERVER_ERROR);
      case BAD_SIGNATURE, UNSIGNED ->
          assertThat(((Unknown) outcome).why()).isEqualTo(Doubt.UNVERIFIED);
      case ANOTHER_ORDER -> assertThat(((Unknown) outcome).why()).isEqualTo(Doubt.ANOTHER_SUBJECT);
      case RESET, ANSWER_LOST -> assertThat(((Unknown) outcome).why()).isEqualTo(Doubt.BROKEN);
      default -> throw new IllegalStateException(kind.name());
    }
  }

  @Test
  void whoeverSignsWithAnotherKeyIsRefused() {
    book.open("ORDER-1", 1200);
    ProviderClient forger = client(Secret.of("an-api-v2-key-of-32-characters-2"), "MD5");

    assertThat(forger.close("ORDER-1", ask()))
        .isInstanceOfSatisfying(
            Refused.class, r -> assertThat(r.why()).isEqualTo(Refusal.NOT_PERMITTED));
    assertThat(book.byOrderNo("ORDER-1").orElseThrow().state()).isEqualTo(Trade.State.UNPAID);
  }

  private CertificateDownload download(PlatformKey... known) {
    Problems problems = Problems.none();
    return WechatV3Certificates.open(
            new WechatV3Config(
                "wechat-v3",
                PlayedAccounts.MCHID,
                "shop-1",
                List.of(PlayedAccounts.API_V3_KEY),
                List.of(known),
                List.of(),
                List.of()),
            new WechatV3Credentials(
                "wechat-v3",
                PlayedAccounts.MCHID,
                null,
                PlayedAccounts.MERCHANT_SERIAL,
                Secret.of(KeyText.privateKeyPem(PlayedAccounts.OWN.getPrivate())),
                List.of(HOST)),
            transport,
            new Random(7),
            problems)
        .orElseThrow(() -> new IllegalStateException(problems.lines().toString()))
        .download(List.of(), ask());
  }

  @Test
  void certificatesAreDownloadedWithoutAnyKeyAndWithOne() {
    PlatformKey publicKey =
        new PlatformKey(
            PlayedAccounts.PLATFORM_KEY_ID,
            KeyText.publicKeyPem(PlayedAccounts.PROVIDER.getPublic()));

    for (CertificateDownload download : List.of(download(), download(publicKey))) {
      assertThat(download)
          .isInstanceOfSatisfying(
              CertificateDownload.Downloaded.class,
              downloaded -> assertThat(downloaded.certificates()).hasSize(1));
    }
  }

  @Test
  void aForgedDownloadIsRefused() {
    for (Fault.Kind kind :
        List.of(Fault.Kind.BAD_SIGNATURE, Fault.Kind.UNSIGNED, Fault.Kind.PROBE)) {
      faults.on(Asked.Kind.CERTIFICATES, "", Fault.of(kind));
      assertThat(download()).isInstanceOf(CertificateDownload.Failed.class);
    }
  }
}

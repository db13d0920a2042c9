package io.paidonce.simulator.provider;

import static org.assertj.core.api.Assertions.assertThat;

import io.paidonce.providers.Ask;
import io.paidonce.providers.Doubt;
import io.paidonce.providers.KeyText;
import io.paidonce.providers.Outcome;
import io.paidonce.providers.Outcome.Told;
import io.paidonce.providers.Outcome.Unknown;
import io.paidonce.providers.Problems;
import io.paidonce.providers.ProviderClient;
import io.paidonce.providers.Secret;
import io.paidonce.providers.Standing;
import io.paidonce.providers.alipay.AlipayApi;
import io.paidonce.providers.alipay.AlipayConfig;
import io.paidonce.providers.alipay.AlipayCredentials;
import io.paidonce.simulator.Dialect;
import java.security.PublicKey;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Our client in Alipay's certificate mode against the simulated provider. */
class OurAlipayByCertificatesTest {

  private static final String ROOT = certificate(PlayedAccounts.STRANGER.getPublic(), "01", "Root");
  private static final String APPLICATION =
      certificate(PlayedAccounts.OWN.getPublic(), "02", "Application");
  private static final String ALIPAY =
      certificate(PlayedAccounts.PROVIDER.getPublic(), "03", "Alipay");
  private static final String OLD_ALIPAY =
      certificate(PlayedAccounts.PROVIDER.getPublic(), "04", "Alipay of old");

  private final VirtualTime time = new VirtualTime(Instant.parse("2026-01-31T12:00:00Z"));
  private final TradeBook book = PlayedAccounts.book(Dialect.ALIPAY, time);
  private final ProviderDesk desk =
      new ProviderDesk(time, Faults.none())
          .admit(PlayedAccounts.application(book).with(AlipayCertificates.of(APPLICATION, ALIPAY)));

  private static String certificate(PublicKey key, String serial, String subject) {
    return PlatformCertificate.pem(
        key, PlayedAccounts.STRANGER.getPrivate(), serial, "CN=Root", "CN=" + subject);
  }

  private Outcome asked(String alipayCertificate) {
    Problems problems = Problems.none();
    ProviderClient client =
        new AlipayApi()
            .open(
                new AlipayConfig(
                    "alipay",
                    PlayedAccounts.APP_ID,
                    "shop-1",
                    PlayedAccounts.SELLER_ID,
                    List.of(),
                    null,
                    List.of(alipayCertificate),
                    ROOT),
                new AlipayCredentials(
                    "alipay",
                    PlayedAccounts.APP_ID,
                    Secret.of(KeyText.privateKeyPem(PlayedAccounts.OWN.getPrivate())),
                    List.of("http://127.0.0.1:1"),
                    APPLICATION),
                new InProcessTransport(desk, time, Duration.ofSeconds(10)),
                new Random(7),
                problems)
            .orElseThrow(() -> new IllegalStateException(problems.lines().toString()));
    return client.queryOrder("ORDER-1", new Ask("d", time.instant(), 0));
  }

  @Test
  void theCertificateThatTheAnswerNamesIsTheOneThatCounts() {
    book.open("ORDER-1", 1200);
    book.pay("ORDER-1");

    assertThat(((Told) asked(ALIPAY)).standing()).isEqualTo(Standing.PAID);
    // The same key in another certificate is another name.
    assertThat(((Unknown) asked(OLD_ALIPAY)).why()).isEqualTo(Doubt.UNKNOWN_KEY);
  }
}

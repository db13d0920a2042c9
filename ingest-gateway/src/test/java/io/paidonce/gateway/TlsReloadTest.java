package io.paidonce.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.List;
import javax.net.ssl.SSLSocket;
import org.junit.jupiter.api.Test;

/** A whole gateway, Kafka away: a sound certificate is taken while it runs, another is not. */
class TlsReloadTest {

  private static final Endpoint ANY = new Endpoint("127.0.0.1", 0);
  private static final TlsFiles.Issued FIRST = TlsFiles.issued();
  private static final TlsFiles.Issued SECOND = TlsFiles.issued();

  private static GatewayConfig showing(TlsConfig tls) {
    return GatewayConfig.of("127.0.0.1:1")
        .withEndpoints(ANY, ANY)
        .withDoor(DoorConfig.standard().withTls(tls))
        .withAccounts(Shops.all());
  }

  @Test
  void aSoundCertificateIsTakenAndAnUnsoundOneKeepsTheOld() throws IOException {
    try (Gateway gateway = GatewayMain.start(showing(FIRST.withItsIssuer()))) {
      assertThat(shownBy(gateway)).isEqualTo(FIRST.serial());
      List<String> problems =
          gateway.reload(showing(new TlsConfig(SECOND.certificate(), FIRST.key())));
      assertThat(problems)
          .containsExactly(
              "tls.key: is not the key of the first certificate; are both of the same renewal?");
      assertThat(shownBy(gateway)).isEqualTo(FIRST.serial());
      assertThat(manage(gateway, "/metrics"))
          .contains("paidonce_gateway_config_stale 1.0")
          .contains("paidonce_gateway_tls_days_left 29.0");
      assertThat(gateway.reload(showing(SECOND.withItsIssuer()))).isEmpty();
      assertThat(shownBy(gateway)).isEqualTo(SECOND.serial());
      assertThat(manage(gateway, "/metrics")).contains("paidonce_gateway_config_stale 0.0");
    }
  }

  @Test
  void whetherTlsIsSpokenAtAllIsTakenAtAStart() {
    try (Gateway gateway = GatewayMain.start(showing(FIRST.withItsIssuer()))) {
      assertThat(gateway.reload(showing(FIRST.withItsIssuer()).withDoor(DoorConfig.standard())))
          .isEmpty();
      assertThat(manage(gateway, "/health/ready"))
          .contains("\"waitingForRestart\":[\"gateway.tls\"]");
    }
  }

  @Test
  void oneThatHasExpiredIsNotStartedWith() {
    TlsFiles.Issued expired = TlsFiles.issued(Duration.ofDays(-1));
    assertThatThrownBy(() -> GatewayMain.start(showing(expired.withItsIssuer())).close())
        .isInstanceOf(MisconfiguredException.class)
        .hasMessageContaining("tls.certificate: expired at " + expired.until());
  }

  private static long shownBy(Gateway gateway) throws IOException {
    try (SSLSocket socket =
        (SSLSocket)
            TlsFiles.trusting()
                .getSocketFactory()
                .createSocket("127.0.0.1", gateway.callbackPort())) {
      socket.setSoTimeout(10_000);
      socket.startHandshake();
      return ((X509Certificate) socket.getSession().getPeerCertificates()[0])
          .getSerialNumber()
          .longValue();
    }
  }

  private static String manage(Gateway gateway, String path) {
    try (RawHttp http = RawHttp.connect(gateway.managementPort())) {
      return http.send("GET " + path + " HTTP/1.1\r\nHost: h\r\n\r\n").answer().body();
    }
  }
}

package io.paidonce.launcher.doctor;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpServer;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import io.paidonce.contract.Rejection;
import io.paidonce.providers.AccountConfig;
import io.paidonce.providers.CallbackAnswer;
import io.paidonce.providers.KeyText;
import io.paidonce.providers.alipay.AlipayConfig;
import io.paidonce.providers.alipay.AlipayProtocol;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.security.KeyPair;
import java.security.KeyStore;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** One bad thing at a time at the public URL, and each is named with what to mend. */
final class PublicUrlLookTest {

  private static final Duration TIMEOUT = Duration.ofSeconds(5);
  private static final KeyPair KEYS = KeyText.newRsaKeyPair();
  private static final AccountConfig ACCOUNT =
      new AlipayConfig("alipay", "2021", "tea", "2088", List.of(), null);

  private HttpServer server;

  @AfterEach
  void stop() {
    if (server != null) {
      server.stop(0);
    }
  }

  private static ServerCertificate certificate(String address, Duration left) {
    Instant now = Instant.now();
    return ServerCertificate.of(KEYS, address, now.minus(Duration.ofDays(400)), now.plus(left));
  }

  private URI https(ServerCertificate certificate) throws IOException {
    HttpsServer secure = HttpsServer.create(loopback(), 0);
    secure.setHttpsConfigurator(new HttpsConfigurator(certificate.context()));
    secure.start();
    server = secure;
    return URI.create("https://127.0.0.1:" + secure.getAddress().getPort());
  }

  private URI http(int status, String body) throws IOException {
    server = HttpServer.create(loopback(), 0);
    server.createContext(
        "/callbacks/alipay/2021",
        exchange -> {
          byte[] bytes = body.getBytes(UTF_8);
          exchange.sendResponseHeaders(status, bytes.length == 0 ? -1 : bytes.length);
          exchange.getResponseBody().write(bytes);
          exchange.close();
        });
    server.start();
    return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
  }

  private static InetSocketAddress loopback() {
    return new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
  }

  private static PublicUrlLook look(URI url, KeyStore roots) {
    return new PublicUrlLook(url, ServerTls.trusting(roots, TIMEOUT), Clock.systemUTC(), TIMEOUT);
  }

  private static String shown(Finding finding) {
    return finding.grade().word() + " " + finding.about() + " " + finding.sentence();
  }

  @Test
  void aTrustedCertificateIsWell() throws Exception {
    ServerCertificate good = certificate("127.0.0.1", Duration.ofDays(90));
    List<Finding> found = look(https(good), good.trusted()).door();
    assertThat(found).hasSize(2);
    assertThat(shown(found.get(0))).contains("warning dns", "no provider can reach");
    assertThat(shown(found.get(1))).startsWith("ok tls 127.0.0.1 speaks TLSv1.3");
  }

  @Test
  void oneThatEndsSoonIsAWarning() throws Exception {
    ServerCertificate ending = certificate("127.0.0.1", Duration.ofDays(5).plusHours(1));
    assertThat(shown(look(https(ending), ending.trusted()).door().get(1)))
        .startsWith("warning tls")
        .contains("ends in 5 days", "renew it");
  }

  @Test
  void oneThatEndedIsNamed() throws Exception {
    ServerCertificate ended = certificate("127.0.0.1", Duration.ofDays(-2));
    assertThat(shown(look(https(ended), ended.trusted()).door().get(1)))
        .startsWith("mend tls")
        .contains("is expired", "renew it");
  }

  @Test
  void oneOfAnotherNameIsNamed() throws Exception {
    ServerCertificate other = certificate("127.0.0.9", Duration.ofDays(90));
    assertThat(shown(look(https(other), other.trusted()).door().get(1)))
        .startsWith("mend tls")
        .contains("does not name 127.0.0.1");
  }

  @Test
  void oneThatNobodyTrustsIsNamed() throws Exception {
    ServerCertificate unknown = certificate("127.0.0.1", Duration.ofDays(90));
    assertThat(shown(look(https(unknown), null).door().get(1)))
        .startsWith("mend tls")
        .contains("leads to no root", "intermediate certificates included");
  }

  @Test
  void plainHttpIsAWarningAndAnUnknownNameIsToMend() throws Exception {
    assertThat(look(URI.create("http://127.0.0.1"), null).door())
        .map(PublicUrlLookTest::shown)
        .anyMatch(line -> line.startsWith("warning tls") && line.contains("plain http"));
    assertThat(look(URI.create("https://no-such-host.invalid"), null).door())
        .map(PublicUrlLookTest::shown)
        .singleElement()
        .asString()
        .startsWith("mend dns no-such-host.invalid is not known");
  }

  @Test
  void nobodyThereIsNamed() throws Exception {
    int closed;
    try (ServerSocket socket = new ServerSocket(0)) {
      closed = socket.getLocalPort();
    }
    assertThat(shown(look(URI.create("https://127.0.0.1:" + closed), null).door().get(1)))
        .contains("mend tls", "nothing listens at 127.0.0.1:" + closed);
    assertThat(shown(look(URI.create("http://127.0.0.1:" + closed), null).path(ACCOUNT).get(0)))
        .contains("mend path", "nothing listens");
  }

  @Test
  void aGatewaysRefusalIsWell() throws Exception {
    CallbackAnswer refusal = new AlipayProtocol().declined(Rejection.MISSING_SIGNATURE_FIELD);
    assertThat(shown(path(refusal.status(), refusal.body())))
        .startsWith("ok path a gateway answers");
  }

  @Test
  void whatIsNoGatewayOfOursIsNamed() throws Exception {
    assertThat(shown(path(200, "success"))).startsWith("mend path HTTP 200").contains("proxy");
    assertThat(shown(path(401, "<html>"))).startsWith("mend path HTTP 401").contains("proxy");
    assertThat(shown(path(301, ""))).startsWith("mend path").contains("redirects");
    assertThat(shown(path(404, "{\"error\":\"not found\"}")))
        .startsWith("mend path")
        .contains("does not serve this account");
    CallbackAnswer busy = new AlipayProtocol().declined(Rejection.OVERLOADED);
    assertThat(shown(path(busy.status(), busy.body())))
        .startsWith("mend path")
        .contains("takes no callbacks just now");
  }

  private Finding path(int status, String body) throws Exception {
    stop();
    return look(http(status, body), null).path(ACCOUNT).get(0);
  }

  @Test
  void whatIsNoAddressIsAMisuse() {
    for (String text : List.of("pay.example", "ftp://x", "https://x/?a=b", "https://", "%")) {
      assertThatThrownBy(() -> PublicUrlLook.read(text)).hasMessageContaining("such as https://");
    }
  }
}

package io.paidonce.gateway;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpClient.Version;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLPeerUnverifiedException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The same door by TLS, in HTTP/1.1 and HTTP/2: what holds for one connection holds for both. */
class TlsTest {

  private static final Duration AT_ONCE = Duration.ofSeconds(3);
  private static final TlsFiles.Issued SHOWN = TlsFiles.issued();
  private static final Timings QUICK_HEAD =
      Timings.standard().withConnections(Duration.ofMillis(400), Duration.ofSeconds(30));
  private static final Timings QUICK_IDLE =
      Timings.standard().withConnections(Duration.ofSeconds(30), Duration.ofMillis(400));

  @ParameterizedTest
  @EnumSource(Version.class)
  void aCallbackIsTakenInBothVersions(Version version) throws Exception {
    try (Door door = Door.byTls(SHOWN)) {
      HttpResponse<String> answer = post(client(version), door);
      assertThat(answer.statusCode()).isEqualTo(200);
      assertThat(answer.body()).isEqualTo("yes");
      assertThat(answer.version()).isEqualTo(version);
      assertThat(answer.headers().firstValue("connection")).isEmpty();
      assertThat(answer.sslSession().orElseThrow().getProtocol()).isEqualTo("TLSv1.3");
      await().until(() -> door.inFlight.requests() == 0 && door.inFlight.bytes() == 0);
    }
  }

  @Test
  void whoeverDoesNotSpeakTlsGetsNothing() {
    try (Door door = Door.byTls(SHOWN);
        RawHttp plain = RawHttp.connect(door.port)) {
      assertThat(plain.sendInVain(RawHttp.post(Door.PATH, "", "hello").getBytes(US_ASCII)).finish())
          .doesNotContain("HTTP/1.1 200");
      assertThat(door.publisher.published()).isEmpty();
    }
  }

  @Test
  void plainHttpIsNotUpgradedToHttp2() {
    try (Door door = Door.open();
        RawHttp plain = RawHttp.connect(door.port)) {
      plain.send("PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n");
      assertThat(plain.finish()).doesNotContain("\u0004\u0000\u0000");
      assertThat(door.publisher.published()).isEmpty();
    }
  }

  @Test
  void aHandshakeThatNeverEndsIsCut() {
    try (Door door = Door.byTls(SHOWN, Limits.standard(), QUICK_HEAD);
        RawHttp silent = RawHttp.connect(door.port)) {
      // Vert.x' own patience is 10 s.
      assertThat(silent.untilClosed()).isLessThan(Duration.ofSeconds(8));
    }
  }

  @Test
  void aNewCertificateIsShownToNewConnectionsAndOldOnesServeOn() throws Exception {
    TlsFiles.Issued next = TlsFiles.issued();
    try (Door door = Door.byTls(SHOWN);
        RawHttp2 old = RawHttp2.connect(door.port)) {
      assertThat(old.post(1, Door.PATH, "hello").status(1)).isEqualTo(200);
      door.tls
          .replace(next.identity(), Duration.ofSeconds(5))
          .toCompletionStage()
          .toCompletableFuture()
          .get(10, TimeUnit.SECONDS);
      assertThat(door.tls.until()).contains(next.until());
      Set<Long> serials = new HashSet<>();
      // Each event loop has its share of them.
      for (int i = 0; i < 6; i++) {
        Version version = i % 2 == 0 ? Version.HTTP_1_1 : Version.HTTP_2;
        HttpResponse<String> answer = post(client(version), door);
        assertThat(answer.version()).isEqualTo(version);
        serials.add(serial(answer));
      }
      assertThat(serials).containsExactly(next.serial());
      assertThat(old.post(3, Door.PATH, "hello").status(3)).isEqualTo(200);
    }
  }

  @Test
  void aSilentHttp2ConnectionIsCut() {
    try (Door door = Door.byTls(SHOWN, Limits.standard(), QUICK_HEAD);
        RawHttp2 http = RawHttp2.connect(door.port)) {
      assertThat(http.untilClosed()).isLessThan(AT_ONCE);
    }
  }

  @Test
  void aHeadInHttp2ThatNeverEndsIsCut() {
    try (Door door = Door.byTls(SHOWN, Limits.standard(), QUICK_HEAD);
        RawHttp2 http = RawHttp2.connect(door.port)) {
      http.send(RawHttp2.HEADERS, 0, 1, RawHttp2.head(Door.PATH));
      assertThat(http.untilClosed()).isLessThan(AT_ONCE);
    }
  }

  @Test
  void anHttp2ConnectionIsIdleOnlyOnceAllItsRequestsHaveEnded() {
    try (Door door = Door.byTls(SHOWN, Limits.standard(), QUICK_IDLE);
        RawHttp2 http = RawHttp2.connect(door.port)) {
      door.publisher.hold();
      http.post(1, Door.PATH, "slow").post(3, "/nowhere", "quick");
      assertThat(http.status(3)).isEqualTo(404);
      await()
          .during(Duration.ofMillis(800))
          .atMost(AT_ONCE)
          .until(() -> door.inFlight.requests() == 1);
      door.publisher.published().get(0).stored().complete(null);
      assertThat(http.status(1)).isEqualTo(200);
      assertThat(http.untilClosed()).isLessThan(AT_ONCE);
    }
  }

  @Test
  void aStreamThatItsSenderResetsLeavesNothingBehindAndKeepsNoConnectionOpen() {
    try (Door door = Door.byTls(SHOWN, Limits.standard(), QUICK_IDLE);
        RawHttp2 http = RawHttp2.connect(door.port)) {
      http.send(RawHttp2.HEADERS, RawHttp2.END_HEADERS, 1, RawHttp2.head(Door.PATH));
      await().until(() -> door.inFlight.requests() == 1);
      http.send(RawHttp2.RST_STREAM, 0, 1, new byte[] {0, 0, 0, 8});
      await().until(() -> door.inFlight.requests() == 0 && door.inFlight.bytes() == 0);
      assertThat(http.untilClosed()).isLessThan(AT_ONCE);
    }
  }

  @Test
  void aBodyThatStopsComingEndsItsStreamAlone() {
    Limits impatient = new Limits(1_024, 65_536, 300, 10);
    try (Door door = Door.byTls(SHOWN, impatient, Timings.standard());
        RawHttp2 http = RawHttp2.connect(door.port)) {
      http.send(RawHttp2.HEADERS, RawHttp2.END_HEADERS, 1, RawHttp2.head(Door.PATH));
      assertThat(http.status(1)).isEqualTo(408);
      assertThat(http.next(RawHttp2.RST_STREAM, 1).orElseThrow().errorCode()).isZero();
      assertThat(http.post(3, Door.PATH, "hello").status(3)).isEqualTo(200);
      await().until(() -> door.inFlight.requests() == 0 && door.inFlight.bytes() == 0);
    }
  }

  @Test
  void aLargeBodyIsRefusedAndItsConnectionServesOn() {
    Limits tight = new Limits(1_024, 65_536, 5_000, 10);
    try (Door door = Door.byTls(SHOWN, tight, Timings.standard());
        RawHttp2 http = RawHttp2.connect(door.port)) {
      http.send(RawHttp2.HEADERS, RawHttp2.END_HEADERS, 1, RawHttp2.head(Door.PATH));
      http.send(RawHttp2.DATA, 0, 1, new byte[1_025]);
      assertThat(http.status(1)).isEqualTo(413);
      assertThat(http.post(3, Door.PATH, "hello").status(3)).isEqualTo(200);
    }
  }

  @Test
  void aHeadAboveTheLimitNeverReachesAnAccount() {
    try (Door door = Door.byTls(SHOWN);
        RawHttp2 http = RawHttp2.connect(door.port)) {
      byte[] large = RawHttp2.head(Door.PATH, "x-large", "x".repeat(12_000));
      http.send(RawHttp2.HEADERS, RawHttp2.END_HEADERS | RawHttp2.END_STREAM, 1, large);
      assertThat(http.untilClosed()).isLessThan(AT_ONCE);
      assertThat(door.publisher.published()).isEmpty();
      assertThat(door.inFlight.requests()).isZero();
    }
  }

  @Test
  void aHeadInEndlessSmallPiecesIsCut() {
    try (Door door = Door.byTls(SHOWN);
        RawHttp2 http = RawHttp2.connect(door.port)) {
      http.send(RawHttp2.HEADERS, 0, 1, RawHttp2.head(Door.PATH));
      for (int i = 0; i < 50; i++) {
        sendInVain(http, RawHttp2.CONTINUATION, 1, new byte[0]);
      }
      assertThat(http.untilClosed()).isLessThan(AT_ONCE);
    }
  }

  @Test
  void streamsThatAreBegunAndResetWithoutEndAreCut() {
    try (Door door = Door.byTls(SHOWN);
        RawHttp2 http = RawHttp2.connect(door.port)) {
      for (int i = 0; i < 200; i++) {
        sendHeadAndReset(http, 2 * i + 1);
      }
      assertThat(http.untilClosed()).isLessThan(AT_ONCE);
      await().until(() -> door.inFlight.requests() == 0 && door.inFlight.bytes() == 0);
    }
  }

  @Test
  void ofMoreStreamsThanTheLimitTheNextIsRefused() {
    try (Door door = Door.byTls(SHOWN);
        RawHttp2 http = RawHttp2.connect(door.port)) {
      door.publisher.hold();
      for (int i = 0; i < 64; i++) {
        http.post(2 * i + 1, Door.PATH, "hello");
      }
      await().until(() -> door.publisher.published().size() == 64);
      http.send(RawHttp2.HEADERS, RawHttp2.END_HEADERS, 129, RawHttp2.head(Door.PATH));
      // REFUSED_STREAM: its sender may try again, since nothing was done.
      assertThat(http.next(RawHttp2.RST_STREAM, 129).orElseThrow().errorCode()).isEqualTo(7);
      door.publisher.published().forEach(p -> p.stored().complete(null));
      assertThat(http.status(1)).isEqualTo(200);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"content-length", "transfer-encoding", "connection"})
  void aHeadThatContradictsItsFramesNeverReachesAnAccount(String header) {
    try (Door door = Door.byTls(SHOWN);
        RawHttp2 http = RawHttp2.connect(door.port)) {
      http.send(
          RawHttp2.HEADERS, RawHttp2.END_HEADERS, 1, RawHttp2.head(Door.PATH, header, "x, y"));
      http.send(RawHttp2.DATA, RawHttp2.END_STREAM, 1, new byte[5]);
      http.post(3, Door.PATH, "hello");
      await().until(() -> door.inFlight.requests() == 0);
      assertThat(door.publisher.published()).hasSizeLessThanOrEqualTo(1);
      assertThat(door.counter(GatewayMetrics.CALLBACKS, "broken")).isZero();
    }
  }

  @Test
  void whileDrainingAnHttp2ConnectionIsSaidGoodbye() {
    try (Door door = Door.byTls(SHOWN);
        RawHttp2 http = RawHttp2.connect(door.port)) {
      door.publisher.hold();
      http.post(1, Door.PATH, "early");
      await().until(() -> door.publisher.published().size() == 1);
      door.inFlight.beginDraining();
      assertThat(http.post(3, Door.PATH, "late").status(3)).isEqualTo(503);
      assertThat(http.next(RawHttp2.GOAWAY, 0)).isPresent();
      door.publisher.published().get(0).stored().complete(null);
      assertThat(http.status(1)).isEqualTo(200);
      assertThat(http.untilClosed()).isLessThan(AT_ONCE);
    }
  }

  @Test
  void moreConnectionsThanTheLimitAreClosed() throws Exception {
    Limits one = new Limits(1_024, 65_536, 5_000, 1);
    try (Door door = Door.byTls(SHOWN, one, Timings.standard());
        RawHttp2 first = RawHttp2.connect(door.port)) {
      assertThat(first.post(1, Door.PATH, "hello").status(1)).isEqualTo(200);
      try (RawHttp2 second = RawHttp2.connect(door.port)) {
        assertThat(second.untilClosed()).isLessThan(AT_ONCE);
      }
      assertThat(first.post(3, Door.PATH, "hello").status(3)).isEqualTo(200);
    }
  }

  private static void sendInVain(RawHttp2 http, int type, int stream, byte[] payload) {
    try {
      http.send(type, 0, stream, payload);
    } catch (UncheckedIOException closed) {
      // Which is what is waited for.
    }
  }

  private static void sendHeadAndReset(RawHttp2 http, int stream) {
    try {
      http.send(RawHttp2.HEADERS, RawHttp2.END_HEADERS, stream, RawHttp2.head(Door.PATH));
      http.send(RawHttp2.RST_STREAM, 0, stream, new byte[] {0, 0, 0, 8});
    } catch (UncheckedIOException closed) {
      // Which is what is waited for.
    }
  }

  private static HttpClient client(Version version) {
    return HttpClient.newBuilder().sslContext(TlsFiles.trusting()).version(version).build();
  }

  private static HttpResponse<String> post(HttpClient client, Door door)
      throws IOException, InterruptedException {
    URI uri = URI.create("https://localhost:" + door.port + Door.PATH);
    return client.send(
        HttpRequest.newBuilder(uri)
            .timeout(Duration.ofSeconds(10))
            .POST(BodyPublishers.ofString("hello"))
            .build(),
        BodyHandlers.ofString());
  }

  private static long serial(HttpResponse<String> answer) throws SSLPeerUnverifiedException {
    return ((X509Certificate) answer.sslSession().orElseThrow().getPeerCertificates()[0])
        .getSerialNumber()
        .longValue();
  }
}

package io.paidonce.providers.http;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.paidonce.contract.RawBytes;
import io.paidonce.providers.ApiReply;
import io.paidonce.providers.ApiReply.Failure;
import io.paidonce.providers.ApiRequest;
import io.paidonce.providers.PlayedProvider;
import io.paidonce.providers.PlayedProvider.Sent;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What a provider, or whoever answers in its place, can cost us is bounded. */
class JdkApiTransportTest {

  private static final Instant NOW = Instant.parse("2026-01-31T12:00:00Z");
  private static final int LIMIT = 1000;

  private final PlayedProvider provider = new PlayedProvider();
  private final JdkApiTransport transport =
      new JdkApiTransport(
          new JdkApiTransport.Limits(Duration.ofSeconds(5), Duration.ofMillis(500), LIMIT),
          () -> NOW);

  @AfterEach
  void close() {
    provider.close();
  }

  @Test
  void theWholeAnswerComesBackUntouched() {
    provider.answers(Sent.unsigned(418, "a\r\nb\n").with("X-Twice", "one"));
    ApiReply reply = transport.send(get(provider.address() + "/some%20path?q=%2F"));
    assertThat(reply)
        .isInstanceOfSatisfying(
            ApiReply.Answered.class,
            answered -> {
              assertThat(answered.status()).isEqualTo(418);
              assertThat(answered.body()).isEqualTo(RawBytes.of("a\r\nb\n".getBytes(UTF_8)));
              assertThat(answered.headers()).containsEntry("x-twice", List.of("one"));
              assertThat(answered.receivedAt()).isEqualTo(NOW);
            });
  }

  @Test
  void whatWasSignedIsWhatIsSent() {
    provider.answers(Sent.unsigned(200, "{}"));
    transport.send(
        new ApiRequest(
            "POST",
            URI.create(provider.address() + "/a%20b/%E8%AE%A2?x=%2B&y=~"),
            Map.of("Authorization", "ours"),
            RawBytes.of("{\"n\": 1}".getBytes(UTF_8))));
    PlayedProvider.Received received = provider.received().get(0);
    assertThat(received.method()).isEqualTo("POST");
    assertThat(received.target()).isEqualTo("/a%20b/%E8%AE%A2?x=%2B&y=~");
    assertThat(received.headers()).containsEntry("authorization", "ours");
    assertThat(received.text()).isEqualTo("{\"n\": 1}");
  }

  @Test
  void anAnswerOfTheLimitIsWholeAndOneByteMoreIsNone() {
    provider.answers(Sent.unsigned(200, "x".repeat(LIMIT)));
    assertThat(transport.send(get(provider.address() + "/"))).isInstanceOf(ApiReply.Answered.class);
    provider.answers(Sent.unsigned(200, "x".repeat(LIMIT + 1)));
    assertThat(failure(provider.address())).isEqualTo(Failure.TOO_LARGE);
  }

  @Test
  void aBodyThatNeverEndsIsATimeOut() {
    provider.answers(Sent.unsigned(200, "{\"half\": 1}").butStalling());
    assertThat(failure(provider.address())).isEqualTo(Failure.TIMED_OUT);
  }

  @Test
  void aRedirectIsNotFollowed() {
    provider.answers(Sent.unsigned(302, "").with("Location", provider.address() + "/elsewhere"));
    assertThat(transport.send(get(provider.address() + "/")))
        .isInstanceOfSatisfying(
            ApiReply.Answered.class, answered -> assertThat(answered.status()).isEqualTo(302));
    assertThat(provider.received()).hasSize(1);
  }

  @Test
  void aClosedPortSaysThatNothingWasSent() throws IOException {
    int port;
    try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      port = free.getLocalPort();
    }
    assertThat(failure("http://127.0.0.1:" + port)).isEqualTo(Failure.NOT_SENT);
  }

  @Test
  void aConnectionThatBreaksDoesNotSaySo() throws IOException {
    try (ServerSocket server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress())) {
      CompletableFuture<Void> broken = CompletableFuture.runAsync(() -> breakOne(server));
      assertThat(
              transport.send(
                  new ApiRequest(
                      "POST",
                      URI.create("http://127.0.0.1:" + server.getLocalPort() + "/"),
                      Map.of(),
                      RawBytes.of(new byte[] {1}))))
          .isInstanceOfSatisfying(
              ApiReply.Failed.class, failed -> assertThat(failed.why()).isEqualTo(Failure.BROKEN));
      broken.join();
    }
  }

  private static void breakOne(ServerSocket server) {
    try (Socket socket = server.accept()) {
      assertThat(socket.getInputStream().read()).isPositive();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private Failure failure(String address) {
    ApiReply reply = transport.send(get(address + "/"));
    assertThat(reply).isInstanceOf(ApiReply.Failed.class);
    return ((ApiReply.Failed) reply).why();
  }

  private static ApiRequest get(String uri) {
    return new ApiRequest("GET", URI.create(uri), Map.of(), RawBytes.of(new byte[0]));
  }
}

package io.paidonce.projector;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.paidonce.contract.EventHeaders;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** "Am I paid?" through the real HTTP door, over orders whose state a test says. */
class LiveQuestionsTest {

  private static final String STATE = "/v1/orders/tea/o1/state";
  private static final Duration NEVER = Duration.ofHours(1);

  private final OrdersByHand orders = new OrdersByHand();
  private final Vertx vertx = Vertx.vertx();
  private Duration unheard = NEVER;
  private int silentSeconds = Listening.SILENT_SECONDS;
  private WaiterLimits limits = new WaiterLimits(3, 2);
  private Watches watches = watches();
  private int port;

  @AfterEach
  void close() {
    watches.close();
    Listening.await(vertx.close());
  }

  private Watches watches() {
    return new Watches(
        vertx, vertx.createSharedWorkerExecutor("looks", 1), orders, limits, unheard);
  }

  private Http open() {
    watches = watches();
    LiveQuestions live = new LiveQuestions(vertx, watches, Duration.ofMillis(100));
    Callers callers =
        new Callers(
            new ApiAccess(
                List.of(
                    new ApiAccess.Token("tea", hash("tea"), List.of("tea"), null),
                    new ApiAccess.Token("all", hash("all"), null, null)),
                null));
    HttpServer server =
        vertx
            // So that a reader who takes nothing is felt after kilobytes and not megabytes.
            .createHttpServer(
                new HttpServerOptions().setSendBufferSize(4_096).setIdleTimeout(silentSeconds))
            .requestHandler(new QueryApi(callers, live.routes()));
    port = Listening.await(server.listen(0, "127.0.0.1")).actualPort();
    return new Http(port);
  }

  @Test
  void whoDoesNotWaitIsToldWhereItStands() {
    Http api = open();
    orders.stands("o1", 1, "PENDING");
    HttpResponse<String> pending = get(api, STATE);
    assertThat(pending.body())
        .isEqualTo(
            "{\"shop\":\"tea\",\"orderNo\":\"o1\",\"status\":\"PENDING\",\"version\":1,"
                + "\"isPaid\":false,\"isDecided\":false}");
    assertThat(pending.headers().firstValue("etag")).hasValue("\"1\"");
    assertThat(get(api, STATE, "if-none-match", "\"1\"").statusCode()).isEqualTo(304);
    assertThat(get(api, STATE, "if-none-match", "\"0\"").statusCode()).isEqualTo(200);
    assertThat(watches.size()).isZero();
  }

  @Test
  void paidIsEveryStatusThatPaymentLeadsTo() {
    Http api = open();
    List<String> told = new ArrayList<>();
    for (String status :
        List.of(
            "UNPLACED",
            "PENDING",
            "PAID",
            "SHIPPED",
            "COMPLETED",
            "REFUNDED",
            "CANCELLED",
            "OF_A_NEWER_BUILD")) {
      orders.stands("o1", 1, status);
      String body = get(api, STATE).body();
      told.add(status + body.substring(body.indexOf(",\"isPaid\"")));
    }
    assertThat(told)
        .containsExactly(
            "UNPLACED,\"isPaid\":false,\"isDecided\":false}",
            "PENDING,\"isPaid\":false,\"isDecided\":false}",
            "PAID,\"isPaid\":true,\"isDecided\":true}",
            "SHIPPED,\"isPaid\":true,\"isDecided\":true}",
            "COMPLETED,\"isPaid\":true,\"isDecided\":true}",
            "REFUNDED,\"isPaid\":false,\"isDecided\":true}",
            "CANCELLED,\"isPaid\":false,\"isDecided\":true}",
            "OF_A_NEWER_BUILD,\"isPaid\":false,\"isDecided\":false}");
  }

  @Test
  void whoWaitsIsToldWhenItIsDecidedAndNotBefore() throws Exception {
    Http api = open();
    orders.stands("o1", 1, "PENDING");
    CompletableFuture<HttpResponse<String>> waiting = wait(api, STATE + "?wait=25");
    await().until(() -> orders.looks() == 1);
    // Another version is no decision.
    orders.stands("o1", 2, "PENDING");
    watches.written();
    await().until(() -> orders.looks() == 2);
    assertThat(waiting).isNotDone();
    orders.stands("o1", 3, "PAID");
    watches.written();
    assertThat(waiting.get(9, TimeUnit.SECONDS).body()).contains("\"version\":3,\"isPaid\":true");
    assertThat(watches.size()).isZero();
  }

  @Test
  void whoKnowsAStateWaitsForAnother() throws Exception {
    Http api = open();
    orders.stands("o1", 3, "PAID");
    CompletableFuture<HttpResponse<String>> waiting =
        wait(api, STATE + "?wait=25", "if-none-match", "\"3\"");
    await().until(() -> orders.looks() == 1);
    assertThat(waiting).isNotDone();
    orders.stands("o1", 4, "SHIPPED");
    watches.written();
    assertThat(waiting.get(9, TimeUnit.SECONDS).body()).contains("SHIPPED");
    assertThat(get(api, STATE + "?wait=1", "if-none-match", "\"4\"").statusCode()).isEqualTo(304);
  }

  @Test
  void whatNobodyKnowsIsWaitedForAndThenSaidToBeUnknown() throws Exception {
    Http api = open();
    assertThat(get(api, STATE).statusCode()).isEqualTo(404);
    CompletableFuture<HttpResponse<String>> waiting = wait(api, STATE + "?wait=25");
    await().until(() -> orders.looks() == 2);
    orders.stands("o1", 1, "PAID");
    watches.written();
    assertThat(waiting.get(9, TimeUnit.SECONDS).statusCode()).isEqualTo(200);
    assertThat(get(api, "/v1/orders/tea/none/state?wait=1").statusCode()).isEqualTo(404);
    assertThat(get(api, "/v1/orders/tea/none/events").statusCode()).isEqualTo(404);
  }

  @Test
  void whereNothingIsHeardOrdersAreLookedAtAllTheSame() throws Exception {
    unheard = Duration.ofMillis(50);
    Http api = open();
    orders.stands("o1", 1, "PENDING");
    CompletableFuture<HttpResponse<String>> waiting = wait(api, STATE + "?wait=25");
    await().until(() -> orders.looks() > 1);
    orders.stands("o1", 2, "PAID");
    assertThat(waiting.get(9, TimeUnit.SECONDS).body()).contains("\"isPaid\":true");
  }

  @Test
  void whatCantBeAskedIsRefusedByItsField() {
    Http api = open();
    for (String wait : List.of("26", "-1", "x", "1e1", "99999999999", "")) {
      assertThat(get(api, STATE + "?wait=" + wait).body()).as(wait).contains("\"field\":\"wait\"");
    }
    assertThat(get(api, "/v1/orders/tea/o1/events", "last-event-id", "1;DROP").body())
        .contains("\"field\":\"last-event-id\"");
    assertThat(api.send("POST", STATE, "authorization", "Bearer tea").headers().firstValue("allow"))
        .hasValue("GET, HEAD");
  }

  @Test
  void noTokenTakesEveryPlaceAndAPlaceIsFreeAgainWhenItsWaiterGoes() throws Exception {
    Http api = open();
    orders.stands("o1", 1, "PENDING");
    Socket first = listen("tea", "");
    Socket second = listen("tea", "");
    assertThat(get(api, STATE + "?wait=25").statusCode()).isEqualTo(429);
    try (Socket third = listen("all", "")) {
      HttpResponse<String> full = api.get(STATE + "?wait=25", "authorization", "Bearer all");
      assertThat(full.statusCode()).isEqualTo(503);
      assertThat(full.headers().firstValue("retry-after")).isPresent();
      assertThat(third.isConnected()).isTrue();
    }
    first.close();
    second.close();
    await().atMost(Duration.ofSeconds(9)).until(() -> watches.size() == 0);
    assertThat(get(api, STATE + "?wait=1").statusCode()).isEqualTo(200);
  }

  @Test
  void whoListensIsToldEachVersionOnceAndGoesOnWhereItWas() throws Exception {
    open();
    orders.stands("o1", 1, "PENDING");
    try (Socket listening = listen("tea", "")) {
      BufferedReader lines = lines(listening);
      assertThat(awaitLine(lines, "id: ")).isEqualTo("id: 1");
      watches.written();
      orders.stands("o1", 2, "PAID");
      watches.written();
      assertThat(awaitLine(lines, "id: ")).isEqualTo("id: 2");
      assertThat(awaitLine(lines, "data: ")).contains("\"isPaid\":true");
      awaitLine(lines, ":");
    }
    await().until(() -> watches.size() == 0);
    try (Socket again = listen("tea", "last-event-id: 2\r\n")) {
      BufferedReader lines = lines(again);
      awaitLine(lines, ":");
      orders.stands("o1", 3, "SHIPPED");
      watches.written();
      assertThat(awaitLine(lines, "id: ")).isEqualTo("id: 3");
    }
  }

  @Test
  void aReaderThatTakesNothingIsHungUpOnAndHoldsUpNobody() throws Exception {
    silentSeconds = 1;
    open();
    orders.stands("o1", 1, "PENDING");
    try (Socket slow = new Socket();
        Socket quick = listen("all", "")) {
      slow.setReceiveBufferSize(1_024);
      slow.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
      ask(slow, "tea", "");
      await().until(() -> watches.size() == 2);
      BufferedReader lines = lines(quick);
      long version = 1;
      // What a reader that takes nothing is sent ends up in buffers, and then nowhere.
      while (watches.size() == 2 && version < 50_000) {
        // A pace at which the server's second is over long before.
        Listening.await(vertx.timer(1).mapEmpty());
        orders.stands("o1", ++version, "PENDING");
        watches.written();
        awaitLine(lines, "id: " + version);
      }
      assertThat(watches.size()).as("after %s versions", version).isOne();
      orders.stands("o1", ++version, "PAID");
      watches.written();
      awaitLine(lines, "id: " + version);
    }
  }

  @Test
  void whoeverWaitsIsToldThatTheProjectorStops() throws Exception {
    Http api = open();
    orders.stands("o1", 1, "PENDING");
    CompletableFuture<HttpResponse<String>> waiting = wait(api, STATE + "?wait=25");
    try (Socket listening = listen("tea", "")) {
      BufferedReader lines = lines(listening);
      awaitLine(lines, "id: 1");
      await().until(() -> watches.size() == 2);
      watches.close();
      assertThat(waiting.get(9, TimeUnit.SECONDS).statusCode()).isEqualTo(503);
      // The end of a chunked answer: it was ended, not broken off.
      awaitLine(lines, "0");
      assertThat(get(api, STATE).statusCode()).isEqualTo(503);
    }
  }

  @Test
  void whilePostgresqlIsAwayNobodyIsToldAnythingFalse() throws Exception {
    Http api = open();
    orders.stands("o1", 1, "PENDING");
    CompletableFuture<HttpResponse<String>> waiting = wait(api, STATE + "?wait=25");
    await().until(() -> orders.looks() == 1);
    orders.isAway(true);
    watches.written();
    await().until(() -> orders.looks() == 2);
    assertThat(get(api, STATE).statusCode()).isEqualTo(503);
    assertThat(get(api, "/v1/orders/tea/o1/events").statusCode()).isEqualTo(503);
    assertThat(waiting).isNotDone();
    orders.isAway(false);
    orders.stands("o1", 2, "PAID");
    watches.written();
    assertThat(waiting.get(9, TimeUnit.SECONDS).body()).contains("\"isPaid\":true");
  }

  private Socket listen(String token, String headers) throws IOException {
    int before = watches.size();
    Socket socket = new Socket(InetAddress.getLoopbackAddress(), port);
    ask(socket, token, headers);
    await().until(() -> watches.size() > before);
    return socket;
  }

  private static void ask(Socket socket, String token, String headers) throws IOException {
    socket.setSoTimeout(9_000);
    String request =
        "GET /v1/orders/tea/o1/events HTTP/1.1\r\nhost: x\r\nauthorization: Bearer "
            + token
            + "\r\n"
            + headers
            + "\r\n";
    socket.getOutputStream().write(request.getBytes(UTF_8));
  }

  private static BufferedReader lines(Socket socket) throws IOException {
    return new BufferedReader(new InputStreamReader(socket.getInputStream(), UTF_8));
  }

  private static String awaitLine(BufferedReader lines, String beginning) throws IOException {
    String line = "";
    while (line != null && !line.startsWith(beginning)) {
      line = lines.readLine();
    }
    return Objects.requireNonNull(line, "the stream ended");
  }

  private static HttpResponse<String> get(Http api, String path, String... headers) {
    List<String> all = new ArrayList<>(List.of("authorization", "Bearer tea"));
    all.addAll(List.of(headers));
    return api.get(path, all.toArray(String[]::new));
  }

  private static CompletableFuture<HttpResponse<String>> wait(
      Http api, String path, String... headers) {
    return CompletableFuture.supplyAsync(() -> get(api, path, headers));
  }

  private static String hash(String token) {
    return EventHeaders.sha256Hex(token.getBytes(UTF_8));
  }
}

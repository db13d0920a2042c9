package io.paidonce.projector;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.zaxxer.hikari.HikariDataSource;
import io.paidonce.contract.EventHeaders;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;

/** Lists and who sees what of them, over a read store that is filled by hand. */
@TestInstance(Lifecycle.PER_CLASS)
class ListsIT {

  private static final String ALL = "token-of-all";
  private static final String TEA = "token-of-tea";
  private final Tables tables = filled();
  private final ProjectorConfig config =
      TestStack.config(
          "unused:9092",
          tables,
          "unused",
          new ApiAccess(
              List.of(
                  new ApiAccess.Token("all", hash(ALL), null, null),
                  new ApiAccess.Token("tea", hash(TEA), List.of("tea"), null)),
              "k".repeat(32)));
  private final Vertx vertx = Vertx.vertx();
  private final HikariDataSource pool = QueryPool.open(config);
  private final int port =
      Listening.at(vertx, config.api(), "api", TestStack.api(config, vertx, pool));
  private final Http api = new Http(port);

  @AfterAll
  void close() {
    Listening.await(vertx.close());
    pool.close();
  }

  // 5 orders of tea and 60,000 of a shop whose export no socket's buffers hold.
  private static Tables filled() {
    Tables tables = TestStack.newReadStore();
    tables.execute(
        "INSERT INTO orders (shop, order_no, version, status, amount_due_minor, currency,"
            + " placed_at, updated_at, due_since) SELECT 'tea', 'o' || i, 1,"
            + " CASE WHEN i = 1 THEN 'PAID' ELSE 'PENDING' END, 1200, 'CNY',"
            + " '2026-01-31T12:00:00Z'::timestamptz + i * interval '1 minute',"
            + " now() - interval '2 hours', CASE WHEN i = 2 THEN now() END"
            + " FROM generate_series(1, 5) i");
    tables.execute(
        "INSERT INTO orders (shop, order_no, version, status, currency, updated_at)"
            + " SELECT 'books', repeat('b', 60) || i, 1, 'PENDING', 'CNY', now()"
            + " FROM generate_series(1, 60000) i");
    tables.execute(
        "INSERT INTO payments (provider, account, transaction_id, shop, order_no, amount_minor,"
            + " currency, payee, expected_payee, standing, received_at, witness, order_version)"
            + " VALUES ('wechat', 'a', 't-tea', 'tea', 'o1', 1200, 'CNY', 'p', 'p', 'APPLIED',"
            + " now(), 'CALLBACK', 2), ('wechat', 'a', 't-books', 'books', 'b1', 9223372036854775807,"
            + " 'CNY', 'p', 'p', 'APPLIED', now(), 'CALLBACK', 2)");
    tables.execute(
        "INSERT INTO payment_exceptions SELECT 'e' || i, 'DOUBLE_PAYMENT', s, '=HYPERLINK(1)',"
            + " 'OPEN', 1, 'a \"quoted\", thing', '{}'::jsonb, '2026-01-31T12:00:00Z'::timestamptz,"
            + " now(), 'x', 1, i"
            + " FROM generate_series(1, 3) i, (VALUES ('tea'), ('books')) v (s)"
            + " WHERE (i = 3) = (s = 'books')");
    tables.execute(
        "INSERT INTO order_commands (log_partition, log_offset, shop, order_no, command_id, kind,"
            + " actor, issued_at) VALUES (0, 0, 'books', 'b1', 'c-books', 'CANCEL', 'x', now())");
    tables.execute(
        "INSERT INTO dead_letters (log_partition, log_offset, reason, detail, shop, order_no,"
            + " origin, at) VALUES (0, 0, 'WRONG_KEY', 'd', 'tea', 'o1', 'order-commands', now()),"
            + " (0, 1, 'WRONG_KEY', 'd', NULL, NULL, '/callbacks/x', now())");
    tables.execute(
        "INSERT INTO gateway_status (instance, log_partition, log_offset, at, running, status)"
            + " VALUES ('pay-1:8080', 0, 1, now(), true, '{}'), ('pay-2:8080', 0, 2,"
            + " now() - interval '4 minutes', true, '{\"sinceStart\":{\"stored\":9}}')");
    return tables;
  }

  @Test
  void gatewaysThatAreSilentAreTold() throws IOException {
    assertThat(read(get(ALL, "/v1/gateways")).path("gateways").findValuesAsText("instance"))
        .containsExactly("pay-1:8080", "pay-2:8080");
    JsonNode silent = read(get(ALL, "/v1/gateways?silentMinutes=3")).path("gateways");
    assertThat(silent).hasSize(1);
    assertThat(silent.at("/0/instance").asText()).isEqualTo("pay-2:8080");
    assertThat(silent.at("/0/running").asBoolean()).isTrue();
    assertThat(silent.at("/0/status/sinceStart/stored").asLong()).isEqualTo(9);
  }

  @Test
  void aListIsWalkedPageByPageAndEachRowIsToldOnce() throws IOException {
    List<String> told = new ArrayList<>();
    String page = "";
    int pages = 0;
    while (pages == 0 || !page.isEmpty()) {
      JsonNode answer = read(get(ALL, "/v1/orders?shop=tea&limit=2" + page));
      told.addAll(answer.path("orders").findValuesAsText("orderNo"));
      page = answer.has("next") ? "&page=" + answer.path("next").asText() : "";
      pages++;
    }
    assertThat(told).containsExactly("o1", "o2", "o3", "o4", "o5");
    assertThat(pages).isEqualTo(3);
  }

  @Test
  void filtersNarrowAListDown() throws IOException {
    assertThat(orders("shop=tea&status=PAID")).containsExactly("o1");
    assertThat(orders("shop=tea&stuck=PAID_NOT_SHIPPED&olderThanMinutes=60")).containsExactly("o1");
    assertThat(orders("stuck=PAID_NOT_SHIPPED&olderThanMinutes=180")).isEmpty();
    assertThat(orders("stuck=PENDING_PAST_DEADLINE")).containsExactly("o2");
    assertThat(orders("shop=tea&placedFrom=2026-01-31T12:02:00Z&placedTo=2026-01-31T12:04:00Z"))
        .containsExactly("o2", "o3");
    assertThat(
            read(get(ALL, "/v1/exceptions?kind=DOUBLE_PAYMENT&state=OPEN&shop=books"))
                .path("exceptions")
                .findValuesAsText("exceptionId"))
        .containsExactly("e3");
  }

  @Test
  void aPageTokenThatIsAlteredOrTakenElsewhereIsRefused() throws IOException {
    String token = read(get(ALL, "/v1/orders?shop=tea&limit=2")).path("next").asText();
    for (int i = 0; i < token.length(); i += 3) {
      char other = token.charAt(i) == 'A' ? 'B' : 'A';
      String altered = token.substring(0, i) + other + token.substring(i + 1);
      HttpResponse<String> answer = get(ALL, "/v1/orders?shop=tea&limit=2&page=" + altered);
      // The last digit of Base64 has bits that stand for nothing.
      if (i < token.length() - 1) {
        assertThat(answer.statusCode()).as(altered).isEqualTo(400);
        assertThat(answer.body()).contains("\"field\":\"page\"");
      }
    }
    assertThat(get(ALL, "/v1/orders?shop=books&page=" + token).statusCode()).isEqualTo(400);
    assertThat(get(ALL, "/v1/exceptions?shop=tea&page=" + token).statusCode()).isEqualTo(400);
    assertThat(get(TEA, "/v1/orders?shop=tea&page=" + token).statusCode()).isEqualTo(400);
    assertThat(get(ALL, "/v1/orders?shop=tea&page=.").statusCode()).isEqualTo(400);
    assertThat(get(ALL, "/v1/orders?shop=tea&limit=1&page=" + token).statusCode()).isEqualTo(200);
  }

  @Test
  void whoSeesOneShopSeesNothingOfAnother() throws IOException {
    assertThat(read(get(TEA, "/v1/orders?limit=500")).path("orders").findValuesAsText("shop"))
        .hasSize(5)
        .containsOnly("tea");
    assertThat(read(get(TEA, "/v1/orders?shop=books")).path("orders")).isEmpty();
    assertThat(read(get(TEA, "/v1/exceptions")).path("exceptions").findValuesAsText("shop"))
        .containsExactly("tea", "tea");
    assertThat(read(get(TEA, "/v1/balances")).at("/balances/0/receivedMinor").asLong())
        .isEqualTo(1200);
    assertThat(read(get(TEA, "/v1/balances?shop=books")).path("balances")).isEmpty();
    assertThat(read(get(TEA, "/v1/deadletters")).path("deadletters")).hasSize(1);
    assertThat(get(TEA, "/v1/rejections").statusCode()).isEqualTo(403);
    assertThat(get(TEA, "/v1/rejections.csv").statusCode()).isEqualTo(403);
    assertThat(get(TEA, "/v1/gateways").statusCode()).isEqualTo(403);
    assertThat(get(TEA, "/v1/orders.csv").body().lines().skip(1)).hasSize(5);
    // To the byte what is said of an order that nobody knows.
    assertThat(get(TEA, "/v1/orders/books/b1").body())
        .isEqualTo(get(TEA, "/v1/orders/books/none").body())
        .isEqualTo(get(TEA, "/v1/orders/tea/none").body());
    for (String live : List.of("state?wait=9", "events")) {
      assertThat(get(TEA, "/v1/orders/books/b1/" + live).body())
          .isEqualTo(get(TEA, "/v1/orders/books/none/" + live).body());
    }
    assertThat(get(ALL, "/v1/orders/books/b1").statusCode()).isEqualTo(200);
    for (String secret :
        List.of(
            "/v1/search?id=t-books",
            "/v1/search?id=c-books",
            "/v1/commands/c-books",
            "/v1/commands/c-books?shop=books&orderNo=b1")) {
      assertThat(get(TEA, secret).statusCode()).as(secret).isEqualTo(404);
      assertThat(get(TEA, secret).body()).doesNotContain("b1");
      assertThat(get(ALL, secret).statusCode()).as(secret).isEqualTo(200);
    }
  }

  @Test
  void withoutAGoodTokenNothingIsAnswered() {
    for (String path :
        List.of("/v1/orders/tea/o1", "/v1/orders", "/v1/orders.csv", "/v1/search?id=x", "/none")) {
      assertThat(api.get(path).statusCode()).as(path).isEqualTo(401);
      assertThat(api.get(path).headers().firstValue("www-authenticate")).hasValue("Bearer");
      for (String wrong :
          List.of("Bearer ", "Bearer wrong", "Basic " + ALL, ALL, "Bearer " + hash(ALL))) {
        assertThat(api.get(path, "authorization", wrong).statusCode()).as(wrong).isEqualTo(401);
      }
    }
  }

  @Test
  void sumsAreNotCutOff() throws IOException {
    assertThat(read(get(ALL, "/v1/balances")).at("/balances/0/receivedMinor").asText())
        .isEqualTo("9223372036854777007");
  }

  @Test
  void hugeLimitsAreRefused() {
    for (String huge : List.of("501", "0", "-1", "2147483648", "1e9")) {
      assertThat(get(ALL, "/v1/orders?limit=" + huge).statusCode()).as(huge).isEqualTo(400);
    }
  }

  @Test
  void anExportIsWholeAndRunsNoFormula() {
    HttpResponse<String> answer = get(ALL, "/v1/exceptions.csv");
    assertThat(answer.headers().firstValue("content-type"))
        .hasValue("text/csv; charset=utf-8; header=present");
    List<String> lines = answer.body().lines().toList();
    assertThat(lines).hasSize(4);
    assertThat(lines.get(0)).startsWith("exceptionId,kind,shop,orderNo,state,revision,");
    assertThat(lines.get(1))
        .startsWith("e1,DOUBLE_PAYMENT,tea,'=HYPERLINK(1),OPEN,1,\"a \"\"quoted\"\", thing\",");
    assertThat(get(ALL, "/v1/orders.csv").body().lines()).hasSize(60_006);
  }

  @Test
  void readersThatTakeNothingHoldUpNobody() throws IOException {
    List<Socket> slow = new ArrayList<>();
    try {
      for (int i = 0; i < 8; i++) {
        Socket socket = new Socket(InetAddress.getLoopbackAddress(), port);
        slow.add(socket);
        socket
            .getOutputStream()
            .write(
                ("GET /v1/orders.csv HTTP/1.1\r\nhost: x\r\nauthorization: Bearer "
                        + ALL
                        + "\r\n\r\n")
                    .getBytes(US_ASCII));
        assertThat(socket.getInputStream().read()).isEqualTo('H');
      }
      assertThat(get(ALL, "/v1/orders.csv").statusCode()).isEqualTo(503);
      assertThat(get(ALL, "/v1/orders/tea/o1").statusCode()).isEqualTo(200);
    } finally {
      for (Socket socket : slow) {
        socket.close();
      }
    }
    await()
        .atMost(Duration.ofSeconds(10))
        .until(() -> get(ALL, "/v1/orders.csv?shop=tea").statusCode() == 200);
  }

  private List<String> orders(String query) throws IOException {
    return read(get(ALL, "/v1/orders?" + query)).path("orders").findValuesAsText("orderNo");
  }

  private HttpResponse<String> get(String token, String path) {
    return api.get(path, "authorization", "Bearer " + token);
  }

  private static JsonNode read(HttpResponse<String> answer) throws IOException {
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
    return new JsonMapper().readTree(answer.body());
  }

  private static String hash(String token) {
    return EventHeaders.sha256Hex(token.getBytes(UTF_8));
  }
}

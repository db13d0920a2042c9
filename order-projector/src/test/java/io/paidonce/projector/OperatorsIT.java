package io.paidonce.projector;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.zaxxer.hikari.HikariDataSource;
import io.paidonce.contract.EventHeaders;
import io.paidonce.contract.OrderCommand;
import io.paidonce.contract.OrderKey;
import io.vertx.core.Vertx;
import java.net.URLDecoder;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;

/** What operators can do and nobody else, through the real HTTP door. */
@TestInstance(Lifecycle.PER_CLASS)
class OperatorsIT {

  private static final String CANCEL = "/v1/orders/tea/o1/cancel";
  private static final String REASON = "{\"reason\":\"the customer called\"}";

  private final Tables tables = filled();
  private final ProjectorConfig config =
      TestStack.config(
          "unused:9092",
          tables,
          "unused",
          new ApiAccess(
              List.of(
                  token("anna", null, Role.OPERATOR),
                  token("tea's desk", List.of("tea"), Role.OPERATOR),
                  token("books' desk", List.of("books"), Role.OPERATOR),
                  token("viewer", null, null)),
              null));
  private final Vertx vertx = Vertx.vertx();
  private final HikariDataSource pool = QueryPool.open(config);
  private final Queue<OrderCommand> sent = new ConcurrentLinkedQueue<>();
  private final Queue<String> redriven = new ConcurrentLinkedQueue<>();
  private volatile CommandSender kafka = sent::add;
  private final List<Route> routes =
      TestStack.routes(
          config,
          vertx,
          pool,
          command -> kafka.store(command),
          (letter, actor, why) -> redriven.add(letter + " " + actor + ": " + why));
  private final Http api =
      new Http(
          Listening.at(
              vertx, config.api(), "api", new QueryApi(new Callers(config.access()), routes)));

  @BeforeEach
  void nothingSent() {
    sent.clear();
    redriven.clear();
    kafka = sent::add;
  }

  @AfterAll
  void close() {
    Listening.await(vertx.close());
    pool.close();
  }

  private static Tables filled() {
    Tables tables = TestStack.newReadStore();
    tables.execute(
        "INSERT INTO orders (shop, order_no, version, status, amount_due_minor, currency,"
            + " updated_at) SELECT s, 'o1', 1, 'PENDING', 1200, 'CNY', now()"
            + " FROM (VALUES ('tea'), ('books')) v (s)");
    tables.execute(
        "INSERT INTO payment_exceptions VALUES ('e/tea:o1', 'DOUBLE_PAYMENT', 'tea', 'o1', 'OPEN',"
            + " 2, 'refund', '{}'::jsonb, now(), now(), 'x', 1, 1)");
    tables.execute(
        "INSERT INTO dead_letters (log_partition, log_offset, reason, detail, shop, order_no,"
            + " origin, at) VALUES (3, 17, 'PROCESSING_FAILED', 'd', 'tea', 'o1', 'x', now()),"
            + " (3, 18, 'PROCESSING_FAILED', 'd', NULL, NULL, 'x', now())");
    return tables;
  }

  @Test
  void aCancelIsACommandInTheNameOfTheTokenWithItsReason() {
    HttpResponse<String> answer =
        post("tea's desk", CANCEL, "c/1", "{\"reason\":\"gone\",\"expectedVersion\":1}");
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(202);
    String status = "/v1/commands/c%2F1?shop=tea&orderNo=o1";
    assertThat(answer.body())
        .isEqualTo(
            "{\"commandId\":\"c/1\",\"shop\":\"tea\",\"orderNo\":\"o1\",\"status\":\""
                + status
                + "\"}");
    assertThat(answer.headers().firstValue("location")).hasValue(status);
    assertThat(sent)
        .containsExactly(
            OrderCommand.cancel(new OrderKey("tea", "o1"), "c/1", "tea's desk", Story.NOW)
                .because("gone")
                .expecting(1));
  }

  @Test
  void anExceptionIsResolvedAtTheRevisionThatWasSeen() {
    String body = "{\"exceptionId\":\"e/tea:o1\",\"exceptionRevision\":2,\"reason\":\"refunded\"}";
    assertThat(post("anna", "/v1/orders/tea/o1/resolve", "r1", body).statusCode()).isEqualTo(202);
    assertThat(sent)
        .singleElement()
        .satisfies(
            command -> {
              assertThat(command.exceptionId()).isEqualTo("e/tea:o1");
              assertThat(command.exceptionRevision()).isEqualTo(2);
              assertThat(command.actor()).isEqualTo("anna");
            });
    assertThat(post("anna", "/v1/orders/books/o1/resolve", "r2", body).body())
        .contains("\"field\":\"exceptionId\"");
    assertThat(sent).hasSize(1);
  }

  @Test
  void aDeadLetterIsDrivenAgainByWhoSeesIt() {
    String path = "/v1/deadletters/3:17";
    HttpResponse<String> answer = post("tea's desk", path + "/redrive", "x", REASON);
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(202);
    assertThat(answer.headers().firstValue("location")).hasValue("/v1/deadletters/3%3A17");
    assertThat(redriven).containsExactly("3:17 tea's desk: the customer called");
    assertThat(get("tea's desk", path).body()).contains("\"id\":\"3:17\"", "\"redrives\":[]");
    // One that belongs to no shop is for who sees every shop.
    for (String unseen : List.of("3:18", "3:19")) {
      assertThat(get("tea's desk", "/v1/deadletters/" + unseen).statusCode()).isEqualTo(404);
      assertThat(
              post("tea's desk", "/v1/deadletters/" + unseen + "/redrive", "x", REASON)
                  .statusCode())
          .isEqualTo(404);
    }
    assertThat(get("books' desk", path).body())
        .isEqualTo(get("books' desk", "/v1/deadletters/3:19").body());
    assertThat(get("anna", "/v1/deadletters/3:18").statusCode()).isEqualTo(200);
    assertThat(get("anna", "/v1/deadletters/17").body()).contains("\"field\":\"letter\"");
    assertThat(redriven).hasSize(1);
  }

  @Test
  void nobodyActsWithoutAnOperatorsTokenOrOnAnotherShopsOrder() {
    assertThat(api.post(CANCEL, REASON).statusCode()).isEqualTo(401);
    assertThat(post("viewer", CANCEL, "c", REASON).statusCode()).isEqualTo(403);
    // To the byte what is said of an order that nobody knows.
    HttpResponse<String> hidden = post("books' desk", CANCEL, "c", REASON);
    assertThat(hidden.statusCode()).isEqualTo(404);
    assertThat(hidden.body())
        .isEqualTo(post("books' desk", "/v1/orders/books/none/cancel", "c", REASON).body());
    assertThat(sent).isEmpty();
  }

  @Test
  void whatIsNoActionIsRefusedByItsField() {
    assertThat(
            api.post(
                    CANCEL,
                    REASON,
                    "authorization",
                    "Bearer anna",
                    "content-type",
                    "application/json")
                .body())
        .contains("\"field\":\"idempotency-key\"");
    assertThat(post("anna", CANCEL, "two words", REASON).body())
        .contains("\"field\":\"idempotency-key\"");
    assertThat(post("anna", CANCEL, "c", "{}").body()).contains("\"field\":\"reason\"");
    for (String bad :
        List.of(
            "",
            "[]",
            "{",
            "{\"reason\":\"x\"} {}",
            "{\"reason\":\"x\",\"reason\":\"y\"}",
            "{\"reason\":\" \"}",
            "{\"reason\":7}",
            "{\"reason\":\"a\\u0000b\"}",
            "{\"reason\":\"" + "x".repeat(1_001) + "\"}",
            "{\"reason\":\"x\",\"expectedVersion\":\"1\"}",
            "{\"reason\":\"x\",\"expectedVersion\":-1}",
            "{\"reason\":\"x\",\"expectedVersion\":1.5}",
            "{\"reason\":\"x\",\"expectedVersion\":99999999999999999999}",
            // Who acts is never read from a body.
            "{\"reason\":\"x\",\"actor\":\"boss\"}")) {
      HttpResponse<String> answer = post("anna", CANCEL, "c", bad);
      assertThat(answer.statusCode()).as(bad).isEqualTo(400);
      assertThat(answer.body()).as(bad).contains("\"field\":");
    }
    assertThat(post("anna", CANCEL, "c", "{\"reason\":\"" + "x".repeat(9_000) + "\"}").statusCode())
        .isEqualTo(413);
    assertThat(
            api.post(CANCEL, REASON, "authorization", "Bearer anna", "idempotency-key", "c")
                .statusCode())
        .isEqualTo(415);
    assertThat(get("anna", CANCEL).headers().firstValue("allow")).hasValue("POST");
    assertThat(sent).isEmpty();
  }

  @Test
  void whatKafkaDoesNotConfirmIsNeverAcknowledged() {
    kafka =
        command -> {
          throw new BadQuestionException(Problem.notStored());
        };
    HttpResponse<String> answer = post("anna", CANCEL, "c", REASON);
    assertThat(answer.statusCode()).isEqualTo(503);
    assertThat(answer.body()).contains("\"retryable\":true");
    assertThat(answer.headers().firstValue("retry-after")).isPresent();

    CountDownLatch end = new CountDownLatch(1);
    kafka =
        command -> {
          try {
            end.await();
          } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
          }
        };
    long began = System.nanoTime();
    assertThat(post("anna", CANCEL, "c", REASON).statusCode()).isEqualTo(503);
    assertThat(Duration.ofNanos(System.nanoTime() - began)).isLessThan(Duration.ofSeconds(5));
    end.countDown();
  }

  @Test
  void aKafkaThatIsNotThereIsSaidWithinFiveSeconds() {
    try (KafkaCommandSender nowhere = KafkaCommandSender.open("127.0.0.1:1")) {
      kafka = nowhere;
      long began = System.nanoTime();
      assertThat(post("anna", CANCEL, "c", REASON).statusCode()).isEqualTo(503);
      assertThat(Duration.ofNanos(System.nanoTime() - began)).isLessThan(Duration.ofSeconds(5));
    }
  }

  /** Whatever is added to the API is in this list of routes, and so in this test. */
  @Test
  void whatWouldBeSqlIsTextInEveryParameterOfEveryRoute() {
    List<String> evil =
        List.of(
            "%27%20OR%20%271%27=%271",
            "%27;DROP%20TABLE%20orders;--",
            "%22%5C%25_$1",
            "1);SELECT%20pg_sleep(9);--",
            "%3F%3Aname%7B%7D");
    List<String> before = tables.rows("SELECT count(*) FROM orders");
    for (Route route : routes) {
      for (String text : evil) {
        for (String open : route.openParts()) {
          judged(route, path(route, open, text), "{\"reason\":\"x\"}");
        }
        for (Param param : route.params()) {
          judged(route, path(route, "", "") + "?" + param.name() + "=" + text, "");
        }
        judged(route, path(route, "", "") + "?" + text + "=1", "{\"reason\":\"x\"}");
        for (Param field : route.body()) {
          String decoded =
              URLDecoder.decode(text, UTF_8).replace("\\", "\\\\").replace("\"", "\\\"");
          judged(
              route,
              path(route, "", ""),
              "{\"reason\":\"x\",\"" + field.name() + "\":\"" + decoded + "\"}");
        }
      }
    }
    assertThat(tables.rows("SELECT count(*) FROM orders")).isEqualTo(before);
    assertThat(routes).hasSizeGreaterThan(15);
  }

  private void judged(Route route, String path, String body) {
    HttpResponse<String> answer =
        route.body().isEmpty() ? get("anna", path) : post("anna", path, "evil'--", body);
    assertThat(answer.statusCode()).as(path).isIn(200, 202, 400, 404);
    // As the API's description says of this address.
    Reply described = ApiPage.replies(route).get(answer.statusCode());
    assertThat(described).as("%s of %s", answer.statusCode(), path).isNotNull();
    assertThat(answer.headers().firstValue("content-type").orElse(""))
        .as(path)
        .startsWith(described.type());
    requireFields(described, answer.body());
    assertThat(answer.body()).as(path).doesNotContain("SQLSTATE", "syntax", "\"o1\"");
    if (answer.statusCode() >= 400) {
      assertThat(answer.headers().firstValue("content-type")).hasValue("application/problem+json");
    }
  }

  private static void requireFields(Reply described, String body) {
    if (described.schema().isEmpty()) {
      return;
    }
    JsonNode schema = ApiPage.schemas().get(described.schema());
    try {
      JsonNode content = new JsonMapper().readTree(body);
      schema.path("required").forEach(name -> assertThat(content.has(name.asText())).isTrue());
    } catch (JsonProcessingException e) {
      throw new AssertionError(body, e);
    }
  }

  private static String path(Route route, String open, String text) {
    List<String> parts = new ArrayList<>();
    for (String part : route.pattern()) {
      if (!part.startsWith("{")) {
        parts.add(part);
      } else if (part.equals("{" + open + "}")) {
        parts.add(text);
      } else {
        parts.add(part.equals("{letter}") ? "9:9" : "none");
      }
    }
    return String.join("/", parts);
  }

  private HttpResponse<String> get(String who, String path) {
    return api.get(path, "authorization", "Bearer " + who);
  }

  private HttpResponse<String> post(String who, String path, String id, String body) {
    return api.post(
        path,
        body,
        "authorization",
        "Bearer " + who,
        "idempotency-key",
        id,
        "content-type",
        "application/json; charset=utf-8");
  }

  private static ApiAccess.Token token(
      String name, @Nullable List<String> shops, @Nullable Role role) {
    return new ApiAccess.Token(name, EventHeaders.sha256Hex(name.getBytes(UTF_8)), shops, role);
  }
}

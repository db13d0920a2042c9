package io.paidonce.gateway;

import static io.paidonce.gateway.OrdersDoor.BOTH;
import static io.paidonce.gateway.OrdersDoor.NOW;
import static io.paidonce.gateway.OrdersDoor.TEA;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.paidonce.contract.DoublePayment;
import io.paidonce.contract.LatePayment;
import io.paidonce.contract.Money;
import io.paidonce.contract.OnDeadline;
import io.paidonce.contract.OrderCommand;
import io.paidonce.contract.OrderKey;
import io.paidonce.contract.PaymentPolicy;
import io.paidonce.contract.ProviderAccount;
import io.paidonce.gateway.RawHttp.Answer;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Commands by HTTP: what becomes a record, what does not, and what each sender is told. */
class CommandHandlerTest {

  private static final String ORDERS = "/v1/orders";
  private static final String GOOD =
      "{\"shop\":\"tea\",\"orderNo\":\"T-1\",\"amountDueMinor\":1200,\"currency\":\"CNY\"}";

  private final OrdersDoor door =
      new OrdersDoor(Timings.standard().withAnswer(Duration.ofMillis(500)));

  @AfterEach
  void close() {
    door.close();
  }

  private void assertRefused(Answer answer, CommandProblem problem) {
    assertThat(answer.status()).as(answer.body()).isEqualTo(problem.status());
    assertThat(answer.headers()).containsEntry("content-type", "application/problem+json");
    JsonObject body = new JsonObject(answer.body());
    assertThat(body.getString("type")).isEqualTo(problem.type());
    assertThat(body.getString("title")).isEqualTo(problem.sentence());
    assertThat(body.getInteger("status")).isEqualTo(problem.status());
    assertThat(body.getBoolean("retryable")).isEqualTo(problem.retryable());
    assertThat(door.publisher.published()).isEmpty();
  }

  private static String headers(String token, String more) {
    return "Authorization: Bearer " + token + "\r\nContent-Type: application/json\r\n" + more;
  }

  @Test
  void aPlacedOrderIsAcceptedOnlyAfterTheAck() throws Exception {
    try (RawHttp http = RawHttp.connect(door.port)) {
      door.publisher.hold();
      http.send(RawHttp.post(ORDERS, headers(TEA, "Idempotency-Key: c-1\r\n"), GOOD));
      await().until(() -> door.publisher.published().size() == 1);
      assertThat(door.inFlight.requests()).isEqualTo(1);
      assertThat(door.metrics.scrape())
          .as("nothing is answered before the ack")
          .doesNotContain("paidonce_gateway_commands_total");
      door.publisher.published().get(0).stored().complete(null);
      Answer answer = http.answer();
      assertThat(answer.status()).isEqualTo(202);
      assertThat(new JsonObject(answer.body()))
          .isEqualTo(
              new JsonObject()
                  .put("commandId", "c-1")
                  .put("shop", "tea")
                  .put("orderNo", "T-1")
                  .put("status", "https://orders.example/v1/commands/c-1?shop=tea&orderNo=T-1"));
      assertThat(answer.headers())
          .containsEntry("location", "https://orders.example/v1/commands/c-1?shop=tea&orderNo=T-1");
      assertThat(door.stored())
          .isEqualTo(
              OrderCommand.place(
                  new OrderKey("tea", "T-1"), new Money(1_200, "CNY"), "c-1", "tea-backend", NOW));
      await().until(() -> door.inFlight.requests() == 0 && door.inFlight.bytes() == 0);
    }
  }

  @Test
  void everyPolicyIsTaken() throws Exception {
    String policy =
        "{\"partialPayments\":true,\"latePayment\":\"REOPEN\",\"payWithinSeconds\":600,"
            + "\"onDeadline\":\"PROVIDER\",\"doublePayment\":\"REFUND\","
            + "\"payableAt\":[\"wechat:1900000001\"]}";
    door.post(TEA, ORDERS, GOOD.replace("}", ",\"policy\":" + policy + "}"));
    assertThat(door.stored().policy())
        .isEqualTo(
            new PaymentPolicy(
                true,
                LatePayment.REOPEN,
                600,
                OnDeadline.PROVIDER,
                DoublePayment.REFUND,
                List.of(ProviderAccount.parse("wechat:1900000001")),
                null));
  }

  @ParameterizedTest
  @ValueSource(strings = {"ship", "complete", "cancel"})
  void aChangeIsAboutTheOrderOfItsPath(String action) throws Exception {
    Answer answer =
        door.post(
            BOTH,
            "/v1/orders/books/B%2F1%20%E8%8C%B6:+/" + action,
            "{\"expectedVersion\":3,\"reason\":\"because\"}");
    assertThat(answer.status()).isEqualTo(202);
    OrderCommand stored = door.stored();
    assertThat(stored.order()).isEqualTo(new OrderKey("books", "B/1 茶:+"));
    assertThat(stored.kind().name()).isEqualToIgnoringCase(action);
    assertThat(stored.expectedVersion()).isEqualTo(3);
    assertThat(stored.reason()).isEqualTo("because");
    assertThat(stored.actor()).isEqualTo("both");
  }

  @Test
  void aChangeNeedsNoBody() {
    String lines = "Authorization: Bearer " + TEA + "\r\nX-Request-ID: r-1\r\n";
    assertThat(door.send("/v1/orders/tea/T-1/cancel", lines, "").status()).isEqualTo(202);
  }

  @Test
  void aCommandIdIsNeededOnceAndPrintable() {
    for (String lines :
        List.of(
            "",
            "Idempotency-Key: \r\n",
            "Idempotency-Key: a\r\nIdempotency-Key: b\r\n",
            "Idempotency-Key: a b\r\n",
            "Idempotency-Key: \u00e4\r\n",
            "X-Request-ID: " + "x".repeat(201) + "\r\n")) {
      assertRefused(
          door.send(ORDERS, headers(TEA, lines), GOOD), CommandProblem.COMMAND_ID_MISSING);
    }
  }

  @ParameterizedTest
  @CsvSource({
    "Idempotency-Key: k-1, k-1",
    "Idempotency-Key: \"k-2\", k-2",
    "X-Request-ID: r-1, r-1"
  })
  void eitherHeaderIsTheCommandsId(String header, String id) throws Exception {
    door.send(ORDERS, headers(TEA, header + "\r\n"), GOOD);
    assertThat(door.stored().commandId()).isEqualTo(id);
  }

  @Test
  void whoeverHasNoTokenIsToldNothingElse() {
    for (String authorization :
        List.of(
            "",
            "Authorization: Bearer \r\n",
            "Authorization: Bearer nonsense\r\n",
            "Authorization: Bearer " + OrdersDoor.sha256(TEA) + "\r\n",
            "Authorization: Basic " + TEA + "\r\n",
            "Authorization: " + TEA + "\r\n",
            "Authorization: Bearer " + TEA + "\r\nAuthorization: Bearer " + TEA + "\r\n")) {
      Answer answer = door.send(ORDERS, authorization + "Idempotency-Key: c\r\n", "nonsense");
      assertRefused(answer, CommandProblem.UNAUTHORIZED);
      assertThat(answer.headers()).containsEntry("www-authenticate", "Bearer");
    }
  }

  @Test
  void aTokenChangesOrdersOfItsShopsOnly() {
    assertRefused(
        door.post(TEA, ORDERS, GOOD.replace("tea", "books")), CommandProblem.SHOP_NOT_ALLOWED);
    assertRefused(
        door.post(TEA, "/v1/orders/books/B-1/cancel", "{}"), CommandProblem.SHOP_NOT_ALLOWED);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "[]|the body is not a JSON object",
        "{|the body is not one JSON text",
        "{\"shop\":\"tea\",\"shop\":\"tea\"}|the body is not one JSON text",
        "{\"amount\":1}|\"amount\" is no field here; known are shop, orderNo",
        "{\"orderNo\":\"T-1\",\"amountDueMinor\":1,\"currency\":\"CNY\"}|shop is missing",
        "{\"shop\":\"tea\",\"amountDueMinor\":1,\"currency\":\"CNY\"}|orderNo is missing",
        "{\"shop\":\"tea\",\"orderNo\":\"T\",\"amountDueMinor\":\"1\",\"currency\":\"CNY\"}|amountDueMinor",
        "{\"shop\":\"tea\",\"orderNo\":\"T\",\"amountDueMinor\":1.0,\"currency\":\"CNY\"}|amountDueMinor",
        "{\"shop\":\"tea\",\"orderNo\":\"T\",\"amountDueMinor\":0,\"currency\":\"CNY\"}|amountDueMinor",
        "{\"shop\":\"tea\",\"orderNo\":\"T\",\"amountDueMinor\":1,\"currency\":\"yuan\"}|currency",
        "{\"shop\":\"tea\",\"orderNo\":\"T\",\"amountDueMinor\":1,\"currency\":\"CNY\",\"policy\":{\"latePay\":\"\"}}|policy.\"latePay\""
            + " is no field",
        "{\"shop\":\"tea\",\"orderNo\":\"T\",\"amountDueMinor\":1,\"currency\":\"CNY\",\"policy\":{\"latePayment\":\"KEEP\"}}|policy.latePayment"
            + " is not one of REVIEW, REOPEN, REFUND",
        "{\"shop\":\"tea\",\"orderNo\":\"T\",\"amountDueMinor\":1,\"currency\":\"CNY\",\"policy\":{\"payWithinSeconds\":1}}|payWithinSeconds"
            + " must be 300",
        "{\"shop\":\"tea\",\"orderNo\":\"T\",\"amountDueMinor\":1,\"currency\":\"CNY\",\"policy\":{\"partialPayments\":\"yes\"}}|policy.partialPayments"
            + " is not true or false",
        "{\"shop\":\"tea\",\"orderNo\":\"T\",\"amountDueMinor\":1,\"currency\":\"CNY\",\"policy\":{\"payableAt\":[1]}}|policy.payableAt",
        "{\"shop\":\"tea\",\"orderNo\":\"T\",\"amountDueMinor\":1,\"currency\":\"CNY\",\"policy\":[]}|policy"
            + " is not a JSON object"
      })
  void aMistakeIsToldWithItsField(String body, String told) {
    Answer answer = door.post(TEA, ORDERS, body);
    assertRefused(answer, CommandProblem.MALFORMED);
    assertThat(new JsonObject(answer.body()).getString("detail")).contains(told);
  }

  @Test
  void ordersThatArePaidTogetherAreNotPlacedByHttp() {
    Answer answer = door.post(TEA, ORDERS, GOOD.replace("}", ",\"policy\":{\"combined\":{}}}"));
    assertRefused(answer, CommandProblem.MALFORMED);
    assertThat(new JsonObject(answer.body()).getString("detail"))
        .startsWith("policy.\"combined\" is no field here");
  }

  @Test
  void pathsMethodsAndTypesAreExact() {
    for (String path :
        List.of(
            "/v1/orders/",
            "/v1/orders/tea/T-1",
            "/v1/orders/tea/T-1/pay",
            "/v1/orders/tea/%zz/ship",
            "/v1/orders/tea/%ff/ship",
            "/v1/orders/tea/a/b/ship",
            "/callbacks/wechat-v3/1")) {
      assertRefused(door.post(TEA, path, "{}"), CommandProblem.NOT_FOUND);
    }
    assertRefused(door.post(TEA, "/v1/orders/tea//ship", "{}"), CommandProblem.MALFORMED);
    assertRefused(
        door.send(
            ORDERS,
            "Authorization: Bearer " + TEA + "\r\nIdempotency-Key: c\r\nContent-Type: text/xml\r\n",
            GOOD),
        CommandProblem.UNSUPPORTED_MEDIA_TYPE);
    assertRefused(
        RawHttp.exchange(door.port, "GET /v1/orders HTTP/1.1\r\nHost: a\r\n\r\n"),
        CommandProblem.METHOD_NOT_ALLOWED);
    assertRefused(door.post(TEA, ORDERS, " ".repeat(70_000)), CommandProblem.BODY_TOO_LARGE);
  }

  @Test
  void whatKafkaDoesNotConfirmIsUnknownAndMayBeRepeated() {
    door.publisher.hold();
    Answer answer = door.post(TEA, ORDERS, GOOD);
    assertThat(answer.status()).isEqualTo(503);
    assertThat(answer.headers()).containsEntry("retry-after", "1");
    assertThat(new JsonObject(answer.body()).getBoolean("retryable")).isTrue();
    assertThat(new JsonObject(answer.body()).getString("type"))
        .isEqualTo("urn:paidonce:problem:not-stored");
  }

  @Test
  void whileDrainingNothingNewIsTaken() {
    door.inFlight.beginDraining();
    assertRefused(door.post(TEA, ORDERS, GOOD), CommandProblem.SHUTTING_DOWN);
  }

  @Test
  void noTokenIsInWhatIsMeasuredOrPrinted() {
    door.post(TEA, ORDERS, GOOD);
    door.post("canary-token", ORDERS, GOOD);
    assertThat(door.metrics.scrape()).doesNotContain(TEA, "canary-token");
  }
}

package io.paidonce.projector;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.paidonce.contract.CommandKind;
import io.paidonce.contract.CommandOutcome;
import io.paidonce.contract.CommandResult;
import io.paidonce.contract.DeadLetter;
import io.paidonce.contract.DeadLetterReason;
import io.paidonce.contract.Money;
import io.paidonce.contract.OrderCommand;
import io.paidonce.contract.OrderKey;
import io.paidonce.contract.PaymentNotification;
import io.paidonce.contract.RawBytes;
import io.paidonce.contract.RecordCoordinates;
import io.paidonce.contract.Topics;
import io.paidonce.projector.deadletters.LetterId;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.time.Clock;
import java.time.Duration;
import java.util.Arrays;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;

/** What a caller of the query API sees. */
@TestInstance(Lifecycle.PER_CLASS)
class QueryApiIT {

  private final Ledger ledger = new Ledger(TestStack.bootstrapServers());
  private final Projector projector =
      ProjectorMain.start(TestStack.config(TestStack.newDatabase(), "g" + UUID.randomUUID()));
  private final Http api = new Http(projector.apiPort());
  private String shop;

  @BeforeEach
  void ownShop() {
    shop = "q" + UUID.randomUUID().toString().substring(0, 8);
  }

  @AfterAll
  void close() {
    projector.close();
    ledger.close();
  }

  @Test
  void anOrderIsAnsweredWithItsWholeStory() throws IOException {
    Story story = new Story(shop, "o1");
    ledger.begin();
    ledger.writeAll(story);
    ledger.write(Topics.ORDER_CANCELLED, story.key(), story.cancelledEvent());
    ledger.commit();

    JsonNode order =
        new JsonMapper()
            .readTree(
                awaitFound(
                        "/v1/orders/" + shop + "/o1",
                        "\"cancelled\":{",
                        "\"paid\":{",
                        "\"version\":3,",
                        "\"deliveries\":2",
                        "DOUBLE_PAYMENT")
                    .body());
    assertThat(order.path("shop").asText()).isEqualTo(shop);
    assertThat(order.path("orderNo").asText()).isEqualTo("o1");
    assertThat(order.path("status").asText()).isEqualTo("PAID");
    assertThat(order.path("version").asLong()).isEqualTo(3);
    assertThat(order.path("amountDueMinor").asLong()).isEqualTo(1200);
    assertThat(order.path("currency").asText()).isEqualTo("CNY");
    assertThat(order.path("partialPayments").isBoolean()).isTrue();
    assertThat(order.path("latePayment").asText()).isEqualTo("REVIEW");
    assertThat(order.at("/payments/0/excessMinor").asLong(-1)).isZero();
    assertThat(order.path("placedAt").asText()).isEqualTo("2026-01-31T12:00:00.123Z");
    assertThat(order.path("updatedAt").asText()).isEqualTo("2026-01-31T12:00:03.123Z");
    assertThat(order.at("/paid/transactionId").asText()).isEqualTo(story.transaction() + "-1");
    assertThat(order.at("/cancelled/commandId").asText()).isEqualTo("c-" + story.key());
    assertThat(order.path("payments").findValuesAsText("standing"))
        .containsExactly("APPLIED", "OWED_BACK");
    assertThat(order.at("/balances/0/owedBackMinor").asLong()).isEqualTo(1200);
    assertThat(order.path("history").findValuesAsText("version")).containsExactly("1", "2", "3");
    assertThat(order.at("/history/1/from").asText()).isEqualTo("PENDING");
    assertThat(order.at("/deliveries/0/deliveries").asLong()).isEqualTo(2);
    assertThat(order.at("/deliveries/0/witnesses/1").asText()).isEqualTo("QUERY");
    assertThat(order.at("/exceptions/0/kind").asText()).isEqualTo("DOUBLE_PAYMENT");
    assertThat(order.at("/exceptions/0/evidence/amountMinor").asText()).isEqualTo("1200");
  }

  @Test
  void aRefundedOrderTellsEachRefundAndWhatWentBack() throws IOException {
    Story story = new Story(shop, "o1");
    ledger.begin();
    ledger.writeAll(story);
    ledger.writeRefunds(story);
    ledger.commit();

    JsonNode order =
        new JsonMapper()
            .readTree(
                awaitFound(
                        "/v1/orders/" + shop + "/o1",
                        "\"refunded\":{",
                        "\"paid\":{",
                        "\"REFUNDED\"")
                    .body());
    assertThat(order.path("status").asText()).isEqualTo("REFUNDED");
    assertThat(order.at("/refunded/eventId").asText()).isEqualTo("order-refunded/" + story.key());
    assertThat(order.at("/refunded/orderVersion").asLong()).isEqualTo(5);
    assertThat(order.at("/refunded/amountMinor").asLong()).isEqualTo(1200);
    assertThat(order.at("/refunded/receivedAt").asText()).isEqualTo("2026-01-31T12:00:05.123Z");
    assertThat(order.path("paid").isMissingNode()).isFalse();
    assertThat(order.path("payments").findValuesAsText("refundedMinor"))
        .containsExactly("1200", "0");
    assertThat(order.at("/balances/0/refundedMinor").asLong()).isEqualTo(1200);
    assertThat(order.at("/balances/0/appliedMinor").asLong()).isZero();
    assertThat(order.path("refunds").findValuesAsText("refundId"))
        .containsExactly("R1", "R2", "FULL", "FULL", "R2");
    assertThat(order.path("refunds").findValuesAsText("outcome"))
        .containsExactly("SUCCEEDED", "ABNORMAL", "SUCCEEDED", "SUCCEEDED", "SUCCEEDED");
    assertThat(order.path("refunds").findValuesAsText("refundedTotalMinor"))
        .containsExactly("500", "1200", "500");
    assertThat(order.at("/refunds/0/amountMinor").asLong()).isEqualTo(200);
    assertThat(order.at("/refunds/0/transactionAmountMinor").asLong()).isEqualTo(1200);
    assertThat(order.at("/refunds/0/merchantRefundNo").asText()).isEqualTo("merchant-R1");
    assertThat(order.at("/refunds/0/transactionId").asText()).isEqualTo(story.transaction() + "-1");
    assertThat(order.at("/refunds/2").has("amountMinor")).isFalse();
  }

  @Test
  void oddOrderNumbersAreFoundAndNothingElseIs() {
    String odd = "a-|*_:b/?#%+ 订单🎉';DROP TABLE orders;--\"\\";
    ledger.commitAll(new Story(shop, odd));
    ledger.commitAll(new Story(shop, "plain"));

    String encoded = java.net.URLEncoder.encode(odd, UTF_8).replace("+", "%20");
    assertThat(awaitFound("/v1/orders/" + shop + "/" + encoded, "\"PAID\"").body())
        .contains("订单🎉");
    assertThat(awaitFound("/v1/orders/" + shop + "/plain", "\"PAID\"").statusCode()).isEqualTo(200);
    for (String other : new String[] {"%27%20OR%20%271%27=%271", "pl_in", "%25", "PLAIN"}) {
      assertThat(api.get("/v1/orders/" + shop + "/" + other).statusCode()).as(other).isEqualTo(404);
    }
  }

  @Test
  void anUnknownOrderIsAProblemWithAHint() {
    HttpResponse<String> answer = api.get("/v1/orders/" + shop + "/none");

    assertThat(answer.statusCode()).isEqualTo(404);
    assertThat(answer.headers().firstValue("content-type")).hasValue("application/problem+json");
    assertThat(answer.body())
        .contains("\"status\":404", "\"detail\":\"nothing is known of this order of this shop\"")
        .contains("\"hint\":");
  }

  @Test
  void whatIsNoQuestionIsAnsweredAsSuch() {
    assertThat(api.get("/").statusCode()).isEqualTo(404);
    assertThat(api.get("/v1/orders/s").statusCode()).isEqualTo(404);
    assertThat(api.get("/v1/orders/s/o/x").statusCode()).isEqualTo(404);
    assertThat(api.get("/v1/orders//o").statusCode()).isEqualTo(400);
    assertThat(api.get("/v1/orders/s/%ff").statusCode()).isEqualTo(400);
    assertThat(api.get("/v1/orders/s/a%00b").statusCode()).isEqualTo(400);
    assertThat(api.get("/v1/orders/s/" + "x".repeat(129)).statusCode()).isEqualTo(400);
    assertThat(api.get("/v1/orders/s/" + "x".repeat(9000)).statusCode()).isEqualTo(414);
    HttpResponse<String> post = api.send("POST", "/v1/orders/s/o");
    assertThat(post.statusCode()).isEqualTo(405);
    assertThat(post.headers().firstValue("allow")).hasValue("GET, HEAD");
  }

  @Test
  void anUnchangedOrderCostsNoBody() {
    Story story = new Story(shop, "o1");
    ledger.begin();
    ledger.write(Topics.ORDER_TRANSITIONS, story.key(), story.placed());
    ledger.commit();
    String path = "/v1/orders/" + shop + "/o1";
    HttpResponse<String> first = awaitFound(path, "PENDING");
    String tag = first.headers().firstValue("etag").orElseThrow();

    assertThat(api.get(path, "if-none-match", tag).statusCode()).isEqualTo(304);
    assertThat(api.send("HEAD", path).statusCode()).isEqualTo(200);
    ledger.begin();
    ledger.write(Topics.ORDER_TRANSITIONS, story.key(), story.paid());
    ledger.commit();
    awaitFound(path, "\"PAID\"");
    assertThat(api.get(path, "if-none-match", tag).statusCode()).isEqualTo(200);
  }

  @Test
  void anExceptionOfAnOrderWithoutAStatusIsFound() {
    Story story = new Story(shop, "never-placed");
    ledger.begin();
    ledger.write(Topics.PAYMENT_EXCEPTIONS, story.key(), story.exception(1));
    ledger.commit();

    assertThat(awaitFound("/v1/orders/" + shop + "/never-placed", "DOUBLE_PAYMENT").body())
        .doesNotContain("\"status\"");
  }

  @Test
  void anOrderIsFoundByAnyOfItsIds() throws IOException {
    Story story = new Story(shop, "o-" + shop);
    PaymentNotification delivery = story.delivery("EV-" + shop);
    OrderCommand place =
        OrderCommand.place(
            new OrderKey(shop, story.orderNo()),
            Money.of(1200, "CNY"),
            "c-" + shop,
            "shop",
            Story.NOW);
    ledger.begin();
    ledger.write(Topics.PAYMENT_NOTIFICATIONS, delivery.key(), delivery);
    ledger.write(Topics.ORDER_COMMANDS, story.key(), place);
    ledger.writeAll(story);
    ledger.writeRefunds(story);
    ledger.commit();
    awaitFound(
        "/v1/orders/" + shop + "/" + story.orderNo(),
        "\"refunded\":{",
        "\"paid\":{",
        "\"REFUNDED\"",
        "EV-" + shop,
        "not decided yet");

    for (String[] id :
        new String[][] {
          {story.orderNo(), "orderNo"},
          {story.transaction() + "-1", "transactionId"},
          {"EV-" + shop, "notificationId"},
          {"c-" + shop, "commandId"}
        }) {
      JsonNode found = read(awaitFound("/v1/search?id=" + id[0], "\"matched\"").body());
      assertThat(found.at("/matched/0").asText()).as(id[0]).isEqualTo(id[1]);
      assertThat(found.path("orderNo").asText()).isEqualTo(story.orderNo());
      assertThat(found.at("/diagnosis/code").asText()).isEqualTo("REFUNDED");
    }
    JsonNode command = read(awaitFound("/v1/commands/c-" + shop, "outcome").body());
    assertThat(command.path("outcome").asText()).isEqualTo("PENDING");
    JsonNode found = read(api.get("/v1/search?id=EV-" + shop).body());
    assertThat(found.path("story").findValuesAsText("words"))
        .contains(
            "shop asked to place (command c-" + shop + "); not decided yet",
            "wechat called back: transaction " + story.transaction() + "-1 paid 12.00 CNY",
            "order-paid was sent: transaction " + story.transaction() + "-1");
  }

  @Test
  void theTopicsAloneTellTheSameStory() throws IOException {
    Story story = new Story(shop, "o1");
    PaymentNotification delivery = story.delivery("EV-" + shop);
    OrderKey order = new OrderKey(shop, "o1");
    OrderCommand ship = OrderCommand.ship(order, "c1", "shop", Story.NOW);
    RecordCoordinates poison = new RecordCoordinates("order-commands", 1, 2);
    DeadLetter letter =
        new DeadLetter(
            1,
            DeadLetterReason.UNREADABLE_RECORD,
            "kind is missing",
            poison,
            "order-commands",
            RawBytes.of(story.key().getBytes(UTF_8)),
            Map.of(),
            null,
            Story.NOW.plusSeconds(9));
    ledger.begin();
    ledger.write(Topics.PAYMENT_NOTIFICATIONS, delivery.key(), delivery);
    ledger.write(Topics.ORDER_COMMANDS, story.key(), ship);
    ledger.write(
        Topics.COMMAND_OUTCOMES,
        story.key(),
        CommandOutcome.of(
            ship, CommandResult.REFUSED, "refused: no", Story.NOW.plusMillis(4500), poison));
    ledger.write(Topics.DEAD_LETTERS, story.key(), letter);
    ledger.writeAll(story);
    ledger.writeRefunds(story);
    ledger.commit();
    HttpResponse<String> stored =
        awaitFound(
            "/v1/orders/" + shop + "/o1",
            "\"refunded\":{",
            "\"paid\":{",
            "\"REFUNDED\"",
            "EV-" + shop,
            "\"deliveries\":2",
            "\"outcome\":\"REFUSED\"",
            "kind is missing",
            "DOUBLE_PAYMENT");
    assertUnchanged("/v1/orders/" + shop + "/o1");

    try (TopicLookup topics = new TopicLookup(TestStack.bootstrapServers(), read -> {})) {
      assertThat(topics.find("EV-" + shop))
          .containsOnly(Map.entry(order, Set.of("notificationId")));
      assertThat(topics.find(story.transaction() + "-1")).containsOnlyKeys(order);
      assertThat(read(topics.tell(order).orElseThrow().toString())).isEqualTo(read(stored.body()));
      assertThat(topics.find("none-" + shop)).isEmpty();
    }
  }

  @Test
  void anIdOfSeveralOrdersIsAnsweredWithAllOfThem() throws IOException {
    ledger.commitAll(new Story(shop, "same-" + shop));
    ledger.commitAll(new Story(shop + "b", "same-" + shop));
    awaitFound("/v1/orders/" + shop + "b/same-" + shop, "\"PAID\"");
    awaitFound("/v1/orders/" + shop + "/same-" + shop, "\"PAID\"");

    HttpResponse<String> answer = api.get("/v1/search?id=same-" + shop);
    assertThat(answer.statusCode()).isEqualTo(300);
    assertThat(read(answer.body()).path("orders").findValuesAsText("shop"))
        .containsExactly(shop, shop + "b");
  }

  @Test
  void whatIsLookedForInVainIsSaid() {
    HttpResponse<String> answer = api.get("/v1/search?id=none-" + shop);
    assertThat(answer.statusCode()).isEqualTo(404);
    assertThat(answer.body()).contains("orderNo, refundId", "\"field\":\"id\"");
    assertThat(api.get("/v1/commands/none-" + shop).statusCode()).isEqualTo(404);
    assertThat(api.get("/v1/search").body()).contains("id is missing", "\"field\":\"id\"");
    for (String evil :
        new String[] {
          "%27%20OR%20%271%27=%271", "%27;DROP%20TABLE%20orders;--", "%22%5C%25_", "%24%7Bx%7D"
        }) {
      assertThat(api.get("/v1/search?id=" + evil).statusCode()).as(evil).isEqualTo(404);
      assertThat(api.get("/v1/commands/" + evil).statusCode()).as(evil).isEqualTo(404);
      assertThat(api.get("/v1/commands/c?shop=" + evil + "&orderNo=o").statusCode())
          .as(evil)
          .isEqualTo(404);
    }
    assertThat(api.get("/v1/search?id=x&Id=y").statusCode()).isEqualTo(400);
  }

  @Test
  void whoWaitsForAPaymentHearsOfItWhenItIsStored() throws Exception {
    Story story = new Story(shop, "o1");
    ledger.begin();
    ledger.write(Topics.ORDER_TRANSITIONS, story.key(), story.placed());
    ledger.commit();
    String path = "/v1/orders/" + shop + "/o1/state";
    awaitFound(path, "\"status\":\"PENDING\",\"version\":1,");

    CompletableFuture<HttpResponse<String>> paid =
        CompletableFuture.supplyAsync(() -> api.get(path + "?wait=25"));
    ledger.begin();
    ledger.write(Topics.ORDER_TRANSITIONS, story.key(), story.paid());
    ledger.commit();
    // Before the look that comes without having heard anything.
    assertThat(paid.get(20, TimeUnit.SECONDS).body()).contains("\"isPaid\":true");
  }

  @Test
  void whatAnOperatorDidIsToldWithWhoAndWhy() {
    Story story = new Story(shop, "o1");
    OrderKey order = new OrderKey(shop, "o1");
    String id = "op-" + shop;
    try (KafkaCommandSender sender = KafkaCommandSender.open(TestStack.bootstrapServers())) {
      sender.store(
          OrderCommand.cancel(order, id, "anna, approved by ben", Story.NOW)
              .because("the customer called"));
    }
    awaitFound(
        "/v1/commands/" + id,
        "\"actor\":\"anna, approved by ben\"",
        "\"why\":\"the customer called\"",
        "\"outcome\":\"PENDING\"");
    ledger.begin();
    ledger.write(
        Topics.COMMAND_OUTCOMES,
        story.key(),
        new CommandOutcome(
            1,
            id,
            "anna, approved by ben",
            CommandKind.CANCEL,
            shop,
            "o1",
            CommandResult.REFUSED,
            "refused: it is paid",
            Story.NOW.plusSeconds(1),
            new RecordCoordinates("order-commands", 1, 2)));
    ledger.commit();
    awaitFound(
        "/v1/orders/" + shop + "/o1",
        "anna, approved by ben asked to cancel (command "
            + id
            + "), because: the customer called: REFUSED");
  }

  @Test
  void aDeadLetterIsDrivenAgainOnceByAnOperator() throws Exception {
    Story story = new Story(shop, "o1");
    DeadLetter letter =
        new DeadLetter(
            1,
            DeadLetterReason.PROCESSING_FAILED,
            "the disk was full",
            new RecordCoordinates("order-commands", 1, 2),
            "order-commands",
            RawBytes.of(story.key().getBytes(UTF_8)),
            Map.of(),
            RawBytes.of("{}".getBytes(UTF_8)),
            Story.NOW);
    ledger.begin();
    ledger.write(Topics.DEAD_LETTERS, story.key(), letter);
    ledger.commit();
    String body = awaitFound("/v1/deadletters?shop=" + shop, "PROCESSING_FAILED").body();
    JsonNode place = new JsonMapper().readTree(body).at("/deadletters/0/letter");
    String id = place.path("partition").asText() + ":" + place.path("offset").asText();
    KafkaRedriver redriver = new KafkaRedriver(TestStack.bootstrapServers(), Clock.systemUTC());
    redriver.redrive(LetterId.parse(id), "anna", "the disk is larger");
    awaitFound("/v1/deadletters/" + id, "\"actor\":\"anna\"", "the disk is larger");
    assertUnchanged("/v1/orders/" + shop + "/o1");
    assertThatThrownBy(() -> redriver.redrive(LetterId.parse(id), "ben", "again"))
        .isInstanceOfSatisfying(
            BadQuestionException.class, e -> assertThat(e.problem().status()).isEqualTo(409));
  }

  @Test
  void healthAndMetricsHaveAPortOfTheirOwn() {
    Http management = new Http(projector.managementPort());
    await()
        .atMost(Duration.ofSeconds(20))
        .untilAsserted(
            () ->
                assertThat(management.get("/health/ready").body())
                    .isEqualTo(
                        "{\"status\":\"up\",\"writer\":\"up\",\"postgresql\":\"up\","
                            + "\"kafka\":\"up\"}"));
    assertThat(management.get("/health/live").statusCode()).isEqualTo(200);
    assertThat(management.get("/metrics").body())
        .contains(
            "paidonce_projector_records_total{topic=\"order-paid\"}",
            "paidonce_projector_refusals_total{topic=\"order-transitions\"}",
            "paidonce_projector_lag_records{topic=\"payment-exceptions\"}",
            "paidonce_projector_lag_seconds{topic=\"order-cancelled\"}",
            "paidonce_projector_batch_records_count",
            "paidonce_projector_batch_time_seconds_sum",
            "paidonce_projector_fenced_total",
            "paidonce_projector_ready 1");
    assertThat(management.get("/v1/orders/s/o").statusCode()).isEqualTo(404);
    assertThat(api.get("/metrics").statusCode()).isEqualTo(404);
  }

  // A story's tag is counted from what was read, and asked for alone by another statement.
  private void assertUnchanged(String path) {
    await()
        .atMost(Duration.ofSeconds(20))
        .until(
            () -> {
              String tag = api.get(path).headers().firstValue("etag").orElseThrow();
              return api.get(path, "if-none-match", tag).statusCode();
            },
            status -> status == 304);
  }

  private static JsonNode read(String json) throws IOException {
    return new JsonMapper().readTree(json);
  }

  // Records of one transaction may come in two batches.
  private HttpResponse<String> awaitFound(String path, String... contents) {
    return await()
        .atMost(Duration.ofSeconds(30))
        .until(
            () -> api.get(path),
            answer ->
                answer.statusCode() == 200
                    && Arrays.stream(contents).allMatch(answer.body()::contains));
  }
}

package io.paidonce.projector;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.zaxxer.hikari.HikariDataSource;
import io.paidonce.contract.EventHeaders;
import io.paidonce.contract.OrderCommand;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.Queue;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;

/** Two people, and each way around the second one. */
@TestInstance(Lifecycle.PER_CLASS)
class DualControlIT {

  private static final String CANCEL = "/v1/orders/tea/large/cancel";

  private final Tables tables = filled();
  private final ProjectorConfig config =
      TestStack.config(
          "unused:9092",
          tables,
          "unused",
          new ApiAccess(
              List.of(
                  token("anna", "anna", null, Role.OPERATOR),
                  token("anna's phone", "Anna ", null, Role.OPERATOR),
                  token("ben", "ben", null, Role.OPERATOR),
                  token("books", "books' desk", List.of("books"), Role.OPERATOR),
                  token("viewer", "viewer", null, null)),
              null),
          new DualControl(
              Duration.ofMinutes(30),
              List.of(
                  new DualControl.Rule(
                      List.of(OperatorAction.CANCEL, OperatorAction.RESOLVE),
                      List.of("tea"),
                      "CNY",
                      100_000L),
                  new DualControl.Rule(List.of(OperatorAction.REDRIVE), null, null, null))));
  private final Vertx vertx = Vertx.vertx();
  private final HikariDataSource pool = QueryPool.open(config);
  private final Queue<OrderCommand> sent = new ConcurrentLinkedQueue<>();
  private final Queue<String> redriven = new ConcurrentLinkedQueue<>();
  private volatile CommandSender kafka = sent::add;
  private final Http api = open();

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

  private Http open() {
    List<Route> routes =
        TestStack.routes(
            config,
            vertx,
            pool,
            command -> kafka.store(command),
            (letter, actor, why) -> redriven.add(letter + " " + actor));
    return new Http(
        Listening.at(
            vertx, config.api(), "api", new QueryApi(new Callers(config.access()), routes)));
  }

  private static Tables filled() {
    Tables tables = TestStack.newReadStore();
    tables.execute(
        "INSERT INTO orders (shop, order_no, version, status, amount_due_minor, currency,"
            + " updated_at) VALUES ('tea', 'large', 1, 'PENDING', 100000, 'CNY', now()),"
            + " ('tea', 'small', 1, 'PENDING', 99999, 'CNY', now()),"
            + " ('tea', 'dollars', 1, 'PENDING', 900000, 'USD', now()),"
            + " ('tea', 'unplaced', 1, 'UNPLACED', NULL, NULL, now()),"
            + " ('tea', 'overpaid', 1, 'PAID', 5, 'CNY', now()),"
            + " ('books', 'large', 1, 'PENDING', 100000, 'CNY', now())");
    tables.execute(
        "INSERT INTO order_balances (shop, order_no, currency, received_minor, applied_minor,"
            + " owed_back_minor, suspense_minor, order_version)"
            + " VALUES ('tea', 'overpaid', 'CNY', 100000, 5, 99995, 0, 1)");
    tables.execute(
        "INSERT INTO dead_letters (log_partition, log_offset, reason, detail, origin, at)"
            + " VALUES (3, 17, 'PROCESSING_FAILED', 'd', 'x', now())");
    return tables;
  }

  @Test
  void whatOneProposesAnotherApproves() throws IOException {
    JsonNode proposal = proposed("anna", CANCEL, "k-approve");
    assertThat(sent).isEmpty();
    assertThat(proposal.path("state").asText()).isEqualTo("PROPOSED");
    HttpResponse<String> approved = approve("ben", proposal);
    assertThat(approved.statusCode()).as(approved.body()).isEqualTo(202);
    assertThat(approved.headers().firstValue("location"))
        .hasValue("/v1/commands/k-approve?shop=tea&orderNo=large");
    assertThat(sent)
        .singleElement()
        .satisfies(
            command -> {
              assertThat(command.commandId()).isEqualTo("k-approve");
              assertThat(command.actor()).isEqualTo("anna, approved by ben");
              assertThat(command.reason()).isEqualTo("why");
            });
    // Repeated, it is answered alike and sent no more; nobody else approves it again.
    assertThat(approve("ben", proposal).statusCode()).isEqualTo(202);
    assertThat(approve("anna", proposal).statusCode()).isEqualTo(403);
    assertThat(sent).hasSize(1);
    assertThat(get("anna", "/v1/proposals?orderNo=large&state=DONE").body())
        .contains(proposal.path("proposal").asText(), "\"decidedBy\":\"ben\"");
  }

  @Test
  void whoProposesCantApproveWithAnyOfTheirTokens() throws IOException {
    JsonNode proposal = proposed("anna", CANCEL, "k-same");
    assertThat(approve("anna", proposal).statusCode()).isEqualTo(403);
    assertThat(approve("anna's phone", proposal).statusCode()).isEqualTo(403);
    // Nor by asking for it again, as another.
    assertThat(post("ben", CANCEL, "k-same", "{\"reason\":\"why\"}").statusCode()).isEqualTo(409);
    assertThat(sent).isEmpty();
    // Whatever wrote it: the table does not hold such a thing.
    assertThatThrownBy(
            () ->
                tables.execute(
                    "UPDATE paidonce_operations.proposals SET state = 'APPROVED', decided_by ="
                        + " ' ANNA' WHERE request_id = 'k-same'"))
        .hasStackTraceContaining("check constraint");
  }

  @Test
  void whatWasProposedIsWhatIsApproved() throws IOException {
    JsonNode proposal = proposed("anna", CANCEL, "k-body");
    assertThat(post("anna", CANCEL, "k-body", "{\"reason\":\"another\"}").statusCode())
        .isEqualTo(409);
    assertThat(
            post("anna", CANCEL, "k-body", "{\"reason\":\"why\",\"expectedVersion\":1}")
                .statusCode())
        .isEqualTo(409);
    // Repeated unchanged, it is the same proposal.
    assertThat(proposed("anna", CANCEL, "k-body").path("proposal"))
        .isEqualTo(proposal.path("proposal"));
    String path = "/v1/proposals/" + proposal.path("proposal").asText() + "/approve";
    assertThat(post("ben", path, "x", "{\"digest\":\"" + "0".repeat(64) + "\"}").body())
        .contains("\"field\":\"digest\"");
    assertThat(post("ben", path, "x", "{}").statusCode()).isEqualTo(400);
    assertThat(sent).isEmpty();
    assertThat(approve("ben", proposal).statusCode()).isEqualTo(202);
    assertThat(sent).singleElement().extracting(OrderCommand::reason).isEqualTo("why");
  }

  @Test
  void whatExpiredOrWasRejectedIsNotDone() throws IOException {
    JsonNode late = proposed("anna", CANCEL, "k-late");
    tables.execute(
        "UPDATE paidonce_operations.proposals SET expires_at = now() WHERE request_id = 'k-late'");
    assertThat(approve("ben", late).body()).contains("EXPIRED");
    JsonNode unwanted = proposed("anna", CANCEL, "k-unwanted");
    assertThat(decide("anna", unwanted, "reject").statusCode()).isEqualTo(200);
    assertThat(approve("ben", unwanted).body()).contains("REJECTED, by anna");
    assertThat(sent).isEmpty();
  }

  @Test
  void whoSeesAnotherShopOrOnlyLooksDecidesNothing() throws IOException {
    JsonNode proposal = proposed("anna", CANCEL, "k-shop");
    String path = "/v1/proposals/" + proposal.path("proposal").asText();
    assertThat(approve("books", proposal).statusCode()).isEqualTo(404);
    assertThat(approve("viewer", proposal).statusCode()).isEqualTo(403);
    assertThat(get("books", path).body())
        .isEqualTo(get("books", "/v1/proposals/" + UUID.randomUUID()).body());
    assertThat(get("books", "/v1/proposals").body()).isEqualTo("{\"proposals\":[]}");
    assertThat(get("viewer", path).statusCode()).isEqualTo(200);
    assertThat(sent).isEmpty();
  }

  @Test
  void whatKafkaDidNotConfirmIsRepeatedByWhoApprovedAndByNobodyElse() throws IOException {
    JsonNode proposal = proposed("anna", CANCEL, "k-kafka");
    kafka =
        command -> {
          throw new BadQuestionException(Problem.notStored());
        };
    assertThat(approve("ben", proposal).statusCode()).isEqualTo(503);
    kafka = sent::add;
    // After a restart too: nothing of it is in memory.
    Http restarted = open();
    HttpResponse<String> again =
        restarted.post(
            proposal.path("status").asText() + "/approve", digest(proposal), headers("ben", "x"));
    assertThat(again.statusCode()).as(again.body()).isEqualTo(202);
    assertThat(sent).hasSize(1);
  }

  @Test
  void ofTwoWhoDecideAtOnceOneDoes() throws Exception {
    JsonNode proposal = proposed("anna", CANCEL, "k-race");
    CompletableFuture<Integer> approved =
        CompletableFuture.supplyAsync(() -> approve("ben", proposal).statusCode());
    int rejected = decide("anna", proposal, "reject").statusCode();
    assertThat(List.of(approved.get(), rejected)).isIn(List.of(202, 409), List.of(409, 200));
    assertThat(sent).hasSize(approved.get() == 202 ? 1 : 0);
  }

  @Test
  void onlyWhatARuleCoversNeedsTwo() throws IOException {
    for (String order : List.of("tea/small", "tea/dollars", "books/large")) {
      assertThat(
              post("anna", "/v1/orders/" + order + "/cancel", "k", "{\"reason\":\"why\"}").body())
          .as(order)
          .contains("\"commandId\"");
    }
    assertThat(sent).hasSize(3);
    for (String order : List.of("tea/large", "tea/unplaced", "tea/overpaid")) {
      proposed("anna", "/v1/orders/" + order + "/cancel", "k-rule");
    }
    JsonNode redrive = proposed("anna", "/v1/deadletters/3:17/redrive", "k-rule");
    assertThat(sent).hasSize(3);
    assertThat(approve("ben", redrive).statusCode()).isEqualTo(202);
    assertThat(redriven).containsExactly("3:17 anna, approved by ben");
  }

  private JsonNode proposed(String who, String path, String id) throws IOException {
    HttpResponse<String> answer = post(who, path, id, "{\"reason\":\"why\"}");
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(202);
    JsonNode proposal = new JsonMapper().readTree(answer.body());
    assertThat(proposal.has("proposal")).as(answer.body()).isTrue();
    return proposal;
  }

  private HttpResponse<String> approve(String who, JsonNode proposal) {
    return decide(who, proposal, "approve");
  }

  private HttpResponse<String> decide(String who, JsonNode proposal, String how) {
    return post(who, proposal.path("status").asText() + "/" + how, "x", digest(proposal));
  }

  private static String digest(JsonNode proposal) {
    return "{\"digest\":\"" + proposal.path("digest").asText() + "\"}";
  }

  private HttpResponse<String> get(String who, String path) {
    return api.get(path, "authorization", "Bearer " + who);
  }

  private HttpResponse<String> post(String who, String path, String id, String body) {
    return api.post(path, body, headers(who, id));
  }

  private static String[] headers(String who, String id) {
    return new String[] {
      "authorization", "Bearer " + who, "idempotency-key", id, "content-type", "application/json"
    };
  }

  private static ApiAccess.Token token(
      String token, String name, @Nullable List<String> shops, @Nullable Role role) {
    return new ApiAccess.Token(name, EventHeaders.sha256Hex(token.getBytes(UTF_8)), shops, role);
  }
}

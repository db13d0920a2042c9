package io.paidonce.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.paidonce.contract.Rejection;
import io.paidonce.contract.Topics;
import io.paidonce.gateway.RawHttp.Answer;
import io.paidonce.providers.Problems;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.junit.jupiter.api.Test;

/** What comes in and goes out by HTTP, whatever the protocol. */
class DoorTest {

  private static final String TRACE = "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01";

  @Test
  void successIsAnsweredOnlyAfterTheAck() {
    try (Door door = Door.open();
        RawHttp http = RawHttp.connect(door.port)) {
      door.publisher.hold();
      http.send(RawHttp.post(Door.PATH, "", "hello"));
      await().until(() -> door.publisher.published().size() == 1);
      assertThat(door.inFlight.requests()).isEqualTo(1);
      assertThat(door.counter(GatewayMetrics.CALLBACKS)).isZero();
      door.publisher.published().get(0).stored().complete(null);
      assertThat(http.answer().body()).isEqualTo("yes");
      await().until(() -> door.inFlight.requests() == 0 && door.inFlight.bytes() == 0);
    }
  }

  @Test
  void theAnswerIsExactlyTheProtocolsOwn() {
    try (Door door = Door.open()) {
      Answer answer = door.post("", "hello");
      assertThat(answer.status()).isEqualTo(200);
      assertThat(answer.headers())
          .containsOnlyKeys("content-type", "content-length")
          .containsEntry("content-type", "text/plain");
    }
  }

  @Test
  void whatKafkaDidNotStoreIsDeclined() {
    try (Door door = Door.open();
        RawHttp http = RawHttp.connect(door.port)) {
      door.publisher.hold();
      http.send(RawHttp.post(Door.PATH, "", "hello"));
      await().until(() -> door.publisher.published().size() == 1);
      door.publisher.published().get(0).stored().completeExceptionally(new NotStoredException("x"));
      assertThat(http.answer().status()).isEqualTo(503);
      await().until(() -> door.inFlight.bytes() == 0);
    }
  }

  @Test
  void anAckAfterTheDeadlineChangesNothing() {
    try (Door door = Door.impatient();
        RawHttp http = RawHttp.connect(door.port)) {
      door.publisher.hold();
      http.send(RawHttp.post(Door.PATH, "", "hello"));
      assertThat(http.answer().status()).isEqualTo(503);
      ScriptedPublisher.Published late = door.publisher.published().get(0);
      assertThat(late.abandoned().getAsBoolean()).isTrue();
      // Its record is still on its way, and takes room until it is settled.
      await().during(Duration.ofMillis(200)).until(() -> door.inFlight.requests() == 1);
      late.stored().complete(null);
      await().until(() -> door.counter(GatewayMetrics.ACKS_LATE) == 1);
      await().until(() -> door.inFlight.requests() == 0);
      door.publisher.hold();
      http.send(RawHttp.post(Door.PATH, "", "again"));
      assertThat(http.answer().status()).as("the connection serves on").isEqualTo(503);
    }
  }

  @Test
  void everyFactOfACallbackBecomesARecordOfOneDelivery() {
    try (Door door = Door.open()) {
      door.post("x-says: 2\r\ntraceparent: " + TRACE + "\r\nx-secret: 1\r\n", "hello");
      List<ProducerRecord<byte[], byte[]>> records = door.publisher.published().get(0).records();
      assertThat(records).hasSize(2);
      assertThat(header(records.get(0), "ce_id")).endsWith("/0");
      assertThat(header(records.get(1), "ce_id"))
          .isEqualTo(header(records.get(0), "ce_id").replace("/0", "/1"));
      assertThat(header(records.get(0), "ce_source")).isEqualTo("/paidonce/ingest-gateway");
      assertThat(header(records.get(0), "traceparent")).isEqualTo(TRACE);
      assertThat(records.get(0).headers().toArray())
          .as("no header of the request is copied but traceparent")
          .hasSize(9);
    }
  }

  @Test
  void ofSeveralFactsNoneIsAcknowledgedBeforeAllAreStored() {
    try (Door door = Door.open();
        RawHttp http = RawHttp.connect(door.port)) {
      door.publisher.hold();
      http.send(RawHttp.post(Door.PATH, "x-says: 2\r\n", "hello"));
      await().until(() -> door.publisher.published().size() == 1);
      assertThat(door.publisher.published().get(0).records()).hasSize(2);
      door.publisher.published().get(0).stored().completeExceptionally(new NotStoredException("x"));
      assertThat(http.answer().status()).isEqualTo(503);
    }
  }

  @Test
  void aMalformedTraceIsReplaced() {
    try (Door door = Door.open()) {
      door.post("traceparent: 00-zz\r\n", "hello");
      assertThat(header(door.publisher.published().get(0).records().get(0), "traceparent"))
          .matches("00-[0-9a-f]{32}-[0-9a-f]{16}-00");
    }
  }

  @Test
  void whatIsUnreadableIsKeptAndAcknowledged() {
    try (Door door = Door.open()) {
      assertThat(door.post("x-says: unreadable\r\n", "hello").body()).isEqualTo("yes");
      assertThat(door.publisher.publishedTo(Topics.DEAD_LETTERS.name())).hasSize(1);
      assertThat(door.publisher.published()).hasSize(1);
    }
  }

  @Test
  void whatIsRefusedIsDeclinedAndExplainedAside() {
    try (Door door = Door.open()) {
      Answer answer = door.post("x-says: SIGNATURE_MISMATCH\r\n", "hello");
      assertThat(answer.status()).isEqualTo(401);
      assertThat(answer.body()).isEqualTo("no");
      assertThat(door.publisher.published()).hasSize(1);
      assertThat(door.publisher.publishedTo(Topics.REJECTIONS.name())).hasSize(1);
      assertThat(door.counter(GatewayMetrics.REJECTIONS, "SIGNATURE_MISMATCH", "account=\"a1\""))
          .isEqualTo(1);
    }
  }

  @Test
  void aFloodOfRefusalsIsSampled() {
    try (Door door = Door.open();
        RawHttp http = RawHttp.connect(door.port)) {
      for (int i = 0; i < 200; i++) {
        http.send(RawHttp.post(Door.PATH, "x-says: SIGNATURE_MISMATCH\r\n", "hello"));
        assertThat(http.answer().status()).isEqualTo(401);
      }
      assertThat(door.counter(GatewayMetrics.REJECTIONS)).isEqualTo(200);
      assertThat(door.publisher.published().size()).isBetween(1, 60);
    }
  }

  @Test
  void aRejectionThatIsNeverStoredHoldsNobodyUp() {
    try (Door door = Door.open()) {
      door.publisher.hold();
      assertThat(door.post("x-says: UNDECIPHERABLE\r\n", "hello").status()).isEqualTo(503);
      await().until(() -> door.inFlight.requests() == 0);
    }
  }

  @Test
  void aFaultOfOursIsDeclinedAndTheDoorStaysOpen() {
    try (Door door = Door.open()) {
      assertThat(door.post("x-says: broken\r\n", "hello").status()).isEqualTo(503);
      assertThat(door.counter(GatewayMetrics.CALLBACKS, "broken")).isEqualTo(1);
      assertThat(door.post("", "hello").status()).isEqualTo(200);
    }
  }

  @Test
  void aRequestInFlightEndsWithTheAccountItBeganWith() {
    try (Door door = Door.open();
        RawHttp early = RawHttp.connect(door.port);
        RawHttp late = RawHttp.connect(door.port)) {
      early.send(RawHttp.post(Door.PATH, "", "hello").replace("hello", "he"));
      await().until(() -> door.inFlight.requests() == 1);
      Problems problems = Problems.none();
      LiveAccounts.Change change =
          door.accounts.replace(
              List.of(new SpokenProtocol.Config("spoken", "a2", "s1")), List.of(), problems);
      assertThat(problems.lines()).isEmpty();
      assertThat(change)
          .isEqualTo(new LiveAccounts.Change(1, Set.of("spoken/a2"), Set.of("spoken/a1")));
      late.send(RawHttp.post(Door.PATH, "", "hello"));
      assertThat(late.answer().status()).isEqualTo(404);
      early.send("llo");
      assertThat(early.answer().body()).isEqualTo("yes");
    }
  }

  @Test
  void accountsWithAProblemReplaceNothing() {
    try (Door door = Door.open()) {
      Problems problems = Problems.none();
      door.accounts.replace(
          List.of(
              new SpokenProtocol.Config("spoken", "a2", "s1"),
              new SpokenProtocol.Config("spoken", "a3", "")),
          List.of(),
          problems);
      assertThat(problems.lines()).containsExactly("accounts[1].shop: is blank");
      assertThat(door.post("", "hello").status()).isEqualTo(200);
      String other = RawHttp.post("/callbacks/spoken/a2", "", "hello");
      assertThat(RawHttp.exchange(door.port, other).status()).isEqualTo(404);
    }
  }

  @Test
  void pathsThatAreNotServedAreNotFound() {
    try (Door door = Door.open()) {
      for (String path :
          List.of("/", "/callbacks/", "/callbacks/other/a1", "/callbacks/spoken", "/metrics")) {
        Answer answer = RawHttp.exchange(door.port, RawHttp.post(path, "", "hello"));
        assertThat(answer.status()).as(path).isEqualTo(404);
        assertThat(answer.body()).isEqualTo("{\"error\":\"not found\"}");
      }
      for (String path :
          List.of(
              "/callbacks/spoken/",
              "/callbacks/spoken/a2",
              "/callbacks/spoken/a1/",
              "/callbacks/spoken/%61%31")) {
        Answer answer = RawHttp.exchange(door.port, RawHttp.post(path, "", "hello"));
        assertThat(answer.status()).as(path).isEqualTo(404);
        assertThat(answer.body()).isEqualTo("no");
      }
      assertThat(door.publisher.published()).isEmpty();
    }
  }

  @Test
  void aQueryStringChangesNothing() {
    try (Door door = Door.open()) {
      String request = RawHttp.post(Door.PATH + "?account=a2", "", "hello");
      assertThat(RawHttp.exchange(door.port, request).status()).isEqualTo(200);
    }
  }

  @Test
  void onlyPostIsAllowed() {
    try (Door door = Door.open()) {
      for (String method : List.of("GET", "PUT", "DELETE")) {
        Answer answer =
            RawHttp.exchange(
                door.port, method + " " + Door.PATH + " HTTP/1.1\r\nHost: localhost\r\n\r\n");
        assertThat(answer.status()).isEqualTo(405);
        assertThat(answer.headers()).containsEntry("allow", "POST");
      }
    }
  }

  @Test
  void oneConnectionServesManyCallbacks() {
    try (Door door = Door.open();
        RawHttp http = RawHttp.connect(door.port)) {
      String request = RawHttp.post(Door.PATH, "", "hello");
      http.send(request + request + request);
      for (int i = 0; i < 3; i++) {
        assertThat(http.answer().status()).isEqualTo(200);
      }
    }
  }

  @Test
  void whileDrainingWhatIsNewIsDeclinedAndWhatIsInFlightIsAnswered() {
    try (Door door = Door.open();
        RawHttp early = RawHttp.connect(door.port);
        RawHttp late = RawHttp.connect(door.port)) {
      late.send(RawHttp.post(Door.PATH, "", "warm"));
      assertThat(late.answer().status()).isEqualTo(200);
      door.publisher.hold();
      early.send(RawHttp.post(Door.PATH, "", "hello"));
      await().until(() -> door.publisher.published().size() == 2);
      door.inFlight.beginDraining();
      late.send(RawHttp.post(Door.PATH, "", "hello"));
      Answer declined = late.answer();
      assertThat(declined.status()).isEqualTo(Rejection.SHUTTING_DOWN.httpStatus());
      assertThat(declined.headers()).containsEntry("connection", "close");
      late.untilClosed();
      assertThat(door.inFlight.awaitIdle(Duration.ZERO)).isFalse();
      door.publisher.published().get(1).stored().complete(null);
      assertThat(early.answer().status()).isEqualTo(200);
      assertThat(door.inFlight.awaitIdle(Duration.ofSeconds(5))).isTrue();
    }
  }

  private static String header(ProducerRecord<byte[], byte[]> sent, String name) {
    return new String(
        sent.headers().lastHeader(name).value(), java.nio.charset.StandardCharsets.UTF_8);
  }
}

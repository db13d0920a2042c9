package io.paidonce.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.paidonce.gateway.RawHttp.Answer;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What is too large, too slow or too much is refused while it comes, not after. */
class LimitsTest {

  private static final Duration AT_ONCE = Duration.ofSeconds(3);
  private static final Limits TIGHT = new Limits(1_024, 4_096, 300, 3);

  @Test
  void aDeclaredLengthAboveTheLimitIsRefusedBeforeTheBodyComes() {
    try (Door door = Door.open(TIGHT);
        RawHttp http = RawHttp.connect(door.port)) {
      http.send(
          "POST " + Door.PATH + " HTTP/1.1\r\nHost: localhost\r\nContent-Length: 1025\r\n\r\n");
      Answer answer = http.answer();
      assertThat(answer.status()).isEqualTo(413);
      assertThat(answer.headers()).containsEntry("connection", "close");
      assertThat(http.untilClosed()).isLessThan(AT_ONCE);
      assertNothingLeft(door);
    }
  }

  @Test
  void aBodyOfExactlyTheLimitPasses() {
    try (Door door = Door.open(TIGHT)) {
      assertThat(door.post("", "x".repeat(1_024)).status()).isEqualTo(200);
    }
  }

  @Test
  void theSenderOfALargeBodySeesTheAnswer() {
    try (Door door = Door.open(TIGHT)) {
      // More than sockets buffer: it is still being sent when it is refused.
      assertThat(door.post("", "x".repeat(10_000_000)).status()).isEqualTo(413);
    }
  }

  @Test
  void aChunkedBodyIsCutAtTheLimit() {
    try (Door door = Door.open(TIGHT);
        RawHttp http = RawHttp.connect(door.port)) {
      http.send(chunkedHead());
      http.send("400\r\n" + "x".repeat(1_024) + "\r\n");
      http.send("1\r\nx\r\n");
      assertThat(http.answer().status()).isEqualTo(413);
      assertThat(http.untilClosed()).isLessThan(AT_ONCE);
      assertThat(door.publisher.published()).isEmpty();
      assertNothingLeft(door);
    }
  }

  @Test
  void aChunkedBodyWithinTheLimitPasses() {
    try (Door door = Door.open(TIGHT);
        RawHttp http = RawHttp.connect(door.port)) {
      http.send(chunkedHead() + "3\r\nabc\r\n0\r\n\r\n");
      assertThat(http.answer().status()).isEqualTo(200);
    }
  }

  @Test
  void aSenderThatAsksFirstIsToldToGoOn() {
    try (Door door = Door.open(TIGHT);
        RawHttp http = RawHttp.connect(door.port)) {
      http.send(
          "POST "
              + Door.PATH
              + " HTTP/1.1\r\nHost: h\r\nExpect: 100-continue\r\nContent-Length: 3\r\n\r\n");
      assertThat(http.answer().status()).isEqualTo(100);
      assertThat(http.send("abc").answer().status()).isEqualTo(200);
    }
  }

  @Test
  void aBodyThatStopsComingIsCut() {
    try (Door door = Door.open(TIGHT);
        RawHttp http = RawHttp.connect(door.port)) {
      http.send("POST " + Door.PATH + " HTTP/1.1\r\nHost: h\r\nContent-Length: 10\r\n\r\nabc");
      assertThat(http.answer().status()).isEqualTo(408);
      assertThat(http.untilClosed()).isLessThan(AT_ONCE);
      assertNothingLeft(door);
    }
  }

  @Test
  void aSenderThatGoesAwayLeavesNothingBehind() {
    Limits patient = new Limits(1_024, 4_096, 60_000, 3);
    try (Door door = Door.open(patient)) {
      try (RawHttp http = RawHttp.connect(door.port)) {
        http.send("POST " + Door.PATH + " HTTP/1.1\r\nHost: h\r\nContent-Length: 10\r\n\r\nabc");
        await().until(() -> door.inFlight.requests() == 1);
      }
      assertNothingLeft(door);
      assertThat(door.publisher.published()).isEmpty();
    }
  }

  @Test
  void aSenderThatGoesAwayWhileKafkaIsWaitedForLeavesNothingBehind() {
    try (Door door = Door.open()) {
      door.publisher.hold();
      try (RawHttp http = RawHttp.connect(door.port)) {
        http.send(RawHttp.post(Door.PATH, "", "hello"));
        await().until(() -> door.publisher.published().size() == 1);
      }
      door.publisher.published().get(0).stored().complete(null);
      assertNothingLeft(door);
    }
  }

  @Test
  void aConnectionThatNeverFinishesItsHeadIsCut() {
    Timings quick =
        Timings.standard().withConnections(Duration.ofMillis(300), Duration.ofSeconds(30));
    try (Door door = Door.open(Limits.standard(), quick);
        RawHttp http = RawHttp.connect(door.port)) {
      http.send("POST " + Door.PATH + " HTTP/1.1\r\nX-Slow: ");
      assertThat(http.untilClosed()).isLessThan(AT_ONCE);
    }
  }

  @Test
  void anIdleConnectionIsCut() {
    Timings quick =
        Timings.standard().withConnections(Duration.ofSeconds(30), Duration.ofMillis(300));
    try (Door door = Door.open(Limits.standard(), quick);
        RawHttp http = RawHttp.connect(door.port)) {
      http.send(RawHttp.post(Door.PATH, "", "hello"));
      assertThat(http.answer().status()).isEqualTo(200);
      http.send("POST ");
      assertThat(http.untilClosed()).isLessThan(AT_ONCE);
    }
  }

  @Test
  void moreBytesInFlightThanTheLimitAreDeclinedAtOnce() {
    try (Door door = Door.open(TIGHT)) {
      door.publisher.hold();
      try (RawHttp first = RawHttp.connect(door.port);
          RawHttp second = RawHttp.connect(door.port)) {
        for (RawHttp http : List.of(first, second)) {
          http.send(RawHttp.post(Door.PATH, "", "x".repeat(900)));
        }
        await().until(() -> door.publisher.published().size() == 2);
        assertThat(door.post("", "x".repeat(900)).status()).isEqualTo(503);
        assertThat(door.counter(GatewayMetrics.REJECTIONS, "OVERLOADED")).isEqualTo(1);
        door.publisher.published().forEach(p -> p.stored().complete(null));
        assertThat(first.answer().status()).isEqualTo(200);
        assertThat(second.answer().status()).isEqualTo(200);
      }
      assertNothingLeft(door);
    }
  }

  @Test
  void moreConnectionsThanTheLimitAreClosed() {
    try (Door door = Door.open(TIGHT)) {
      try (RawHttp one = RawHttp.connect(door.port);
          RawHttp two = RawHttp.connect(door.port);
          RawHttp three = RawHttp.connect(door.port)) {
        for (RawHttp http : List.of(one, two, three)) {
          http.send(RawHttp.post(Door.PATH, "", "hello"));
          assertThat(http.answer().status()).isEqualTo(200);
        }
        try (RawHttp four = RawHttp.connect(door.port)) {
          assertThat(four.untilClosed()).isLessThan(AT_ONCE);
        }
      }
      await().ignoreExceptions().until(() -> door.post("", "hello").status() == 200);
    }
  }

  @Test
  void aHeadAboveTheLimitIsRefused() {
    try (Door door = Door.open()) {
      assertThat(door.post("x-large: " + "x".repeat(9_000) + "\r\n", "hello").status())
          .isEqualTo(431);
      String longLine = RawHttp.post(Door.PATH + "?" + "x".repeat(3_000), "", "hello");
      assertThat(RawHttp.exchange(door.port, longLine).status()).isEqualTo(414);
      assertThat(door.publisher.published()).isEmpty();
    }
  }

  @Test
  void ambiguousFramingNeverReachesAnAccount() {
    List<String> framings =
        List.of(
            "Content-Length: 5\r\nContent-Length: 6\r\n\r\nhello",
            "Content-Length: -1\r\n\r\nhello",
            "Content-Length: 5x\r\n\r\nhello",
            "Content-Length: +5\r\n\r\nhello",
            "Content-Length: 99999999999999999999\r\n\r\nhello",
            "Content-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nhello\r\n0\r\n\r\n",
            "Transfer-Encoding: gzip, chunked\r\n\r\n5\r\nhello\r\n0\r\n\r\n",
            "Transfer-Encoding: xchunked\r\n\r\n5\r\nhello\r\n0\r\n\r\n");
    try (Door door = Door.open()) {
      for (String framing : framings) {
        String request = "POST " + Door.PATH + " HTTP/1.1\r\nHost: h\r\n" + framing;
        try (RawHttp http = RawHttp.connect(door.port)) {
          assertThat(http.send(request).answer().status()).as(framing).isBetween(400, 499);
        }
      }
      assertThat(door.publisher.published()).isEmpty();
    }
  }

  @Test
  void anUnknownVersionOfHttpNeverReachesAnAccount() {
    try (Door door = Door.open()) {
      for (String version : List.of("HTTP/1.2", "HTTP/2.0", "HTTP/9.9")) {
        String request = "POST " + Door.PATH + " " + version + "\r\nHost: h\r\n\r\n";
        try (RawHttp http = RawHttp.connect(door.port)) {
          // Vert.x' own answer; it asks none of our handlers.
          assertThat(http.send(request).answer().status()).as(version).isEqualTo(501);
          assertThat(http.untilClosed()).isLessThan(AT_ONCE);
        }
      }
      assertThat(door.publisher.published()).isEmpty();
    }
  }

  private static String chunkedHead() {
    return "POST " + Door.PATH + " HTTP/1.1\r\nHost: h\r\nTransfer-Encoding: chunked\r\n\r\n";
  }

  private static void assertNothingLeft(Door door) {
    await().until(() -> door.inFlight.requests() == 0 && door.inFlight.bytes() == 0);
  }
}

package io.paidonce.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.paidonce.gateway.RawHttp.Answer;
import io.paidonce.providers.Problems;
import java.net.InetAddress;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Floods take what others leave, and nobody's authentic callback is refused for them. */
class AdmissionTest {

  private static final String FORGED = "x-says: SIGNATURE_MISMATCH\r\n";
  private static final String OTHER_SHOP = "/callbacks/spoken/b1";
  private static final FailureLimits THREE = new FailureLimits(3, 1, 16, 8);

  @Test
  void anAuthenticCallbackOfASourceThatFailsIsAccepted() {
    try (Door door = Door.open(with(THREE, ShopLimits.standard()))) {
      for (int i = 0; i < 20; i++) {
        assertThat(door.post(FORGED, "hello").status()).as("verified all the same").isEqualTo(401);
      }
      for (int i = 0; i < 20; i++) {
        assertThat(door.post("", "hello").status()).isEqualTo(200);
      }
      assertThat(door.lane.waiting()).isZero();
      await().until(() -> door.inFlight.requests() == 0 && door.inFlight.bytes() == 0);
    }
  }

  @Test
  void ofAFloodFromOneSourceEveryRequestIsAnsweredAndGoodOnesBetweenAreTaken() {
    try (Door door = Door.open(with(THREE, ShopLimits.standard()))) {
      List<RawHttp> senders = new ArrayList<>();
      for (int i = 0; i < 40; i++) {
        senders.add(RawHttp.connect(door.port).send(RawHttp.post(Door.PATH, FORGED, "hello")));
      }
      assertThat(door.post("", "hello").status()).isIn(200, 429);
      for (RawHttp sender : senders) {
        assertThat(sender.answer().status()).isIn(401, 429);
        sender.close();
      }
      assertThat(door.post("", "hello").status()).isEqualTo(200);
      await().until(() -> door.inFlight.requests() == 0 && door.lane.waiting() == 0);
    }
  }

  @Test
  void inTheSlowLaneEachSourceHasItsTurnAndItsShare() throws Exception {
    SlowLane lane = new SlowLane(8, 3);
    Deque<Runnable> eventLoop = new ArrayDeque<>();
    List<String> served = new ArrayList<>();
    InetAddress flooding = InetAddress.getByName("192.0.2.1");
    InetAddress shared = InetAddress.getByName("192.0.2.2");
    for (String each : List.of("f1", "f2", "f3", "f4")) {
      assertThat(lane.enter(flooding, eventLoop::add, () -> served.add(each))).isTrue();
    }
    assertThat(lane.enter(flooding, eventLoop::add, () -> served.add("f5"))).isFalse();
    assertThat(lane.isFull(flooding)).isTrue();
    assertThat(lane.isFull(shared)).isFalse();
    assertThat(lane.enter(shared, eventLoop::add, () -> served.add("s1"))).isTrue();
    assertThat(lane.waiting()).isEqualTo(4);
    while (!eventLoop.isEmpty()) {
      assertThat(eventLoop).as("one at a time").hasSize(1);
      eventLoop.remove().run();
    }
    assertThat(served).containsExactly("f1", "f2", "s1", "f3", "f4");
    assertThat(lane.waiting()).isZero();
    assertThat(lane.enter(shared, eventLoop::add, () -> served.add("s2"))).isTrue();
    eventLoop.remove().run();
    assertThat(served).endsWith("s2");
  }

  @Test
  void whatIsAuthenticIsNoFailureWhateverBecomesOfIt() {
    try (Door door = Door.open(with(THREE, ShopLimits.standard()))) {
      for (String word :
          List.of("UNDECIPHERABLE", "KEY_RETIRED", "STALE_TIMESTAMP", "unreadable")) {
        int status = door.post("x-says: " + word + "\r\n", "hello").status();
        assertThat(status).as(word).isIn(200, 401, 503);
      }
      assertThat(door.failing.any()).isFalse();
      assertThat(door.post("x-says: SIGNATURE_PROBE\r\n", "hello").status()).isEqualTo(401);
      assertThat(door.failing.any()).as("its mark is anybody's to write").isTrue();
    }
  }

  @Test
  void aSourceRecoversAndTheTableStaysSmall() throws Exception {
    Instant[] now = {Instant.parse("2026-01-31T12:00:00Z")};
    FailingSources failing = new FailingSources(THREE, moving(now));
    InetAddress one = InetAddress.getByName("192.0.2.1");
    for (int i = 0; i < 100; i++) {
      failing.failed(one);
    }
    assertThat(failing.isExhausted(one)).isTrue();
    assertThat(failing.isExhausted(InetAddress.getByName("192.0.2.2"))).isFalse();
    now[0] = now[0].plusSeconds(1);
    assertThat(failing.isExhausted(one)).as("however much it sent").isFalse();
    for (int i = 0; i < 1_000; i++) {
      failing.failed(InetAddress.getByName("2001:db8:" + Integer.toHexString(i) + "::1"));
    }
    assertThat(failing.size()).isEqualTo(16);
  }

  @Test
  void aNetworkOfIpv6IsOneSource() throws Exception {
    FailingSources failing = new FailingSources(THREE, Clock.systemUTC());
    for (int i = 0; i < 4; i++) {
      failing.failed(InetAddress.getByName("2001:db8::" + i));
    }
    assertThat(failing.isExhausted(InetAddress.getByName("2001:db8::ffff"))).isTrue();
    assertThat(failing.isExhausted(InetAddress.getByName("2001:db8:0:1::1"))).isFalse();
    assertThat(failing.size()).isEqualTo(1);
  }

  @Test
  void oneShopsFloodTakesNoOthersRoom() {
    ShopLimits two = new ShopLimits(2, 0, List.of());
    try (Door door = Door.open(with(FailureLimits.standard(), two));
        RawHttp first = RawHttp.connect(door.port);
        RawHttp second = RawHttp.connect(door.port)) {
      serveAnotherShop(door);
      door.publisher.hold();
      first.send(RawHttp.post(Door.PATH, "", "hello"));
      second.send(RawHttp.post(Door.PATH, "", "hello"));
      await().until(() -> door.publisher.published().size() == 2);
      Answer third = door.post("", "hello");
      assertThat(third.status()).isEqualTo(503);
      assertThat(third.body()).as("the provider's dialect").isEqualTo("no");
      assertThat(third.headers()).containsEntry("retry-after", "1");
      assertThat(door.counter(GatewayMetrics.REJECTIONS, "SHOP_LIMIT")).isEqualTo(1);
      try (RawHttp other = RawHttp.connect(door.port)) {
        other.send(RawHttp.post(OTHER_SHOP, "", "hello"));
        await().until(() -> door.publisher.published().size() == 3);
        door.publisher.published().forEach(p -> p.stored().complete(null));
        assertThat(other.answer().status()).isEqualTo(200);
      }
      assertThat(first.answer().status()).isEqualTo(200);
      assertThat(second.answer().status()).isEqualTo(200);
      await().until(() -> door.inFlight.requests() == 0);
      first.send(RawHttp.post(Door.PATH, "", "hello"));
      await("its room is free again").until(() -> door.publisher.published().size() == 4);
      door.publisher.published().get(3).stored().complete(null);
      assertThat(first.answer().status()).isEqualTo(200);
    }
  }

  @Test
  void aShopHasARateAndForgeriesUseNoneOfIt() {
    ShopLimits one = new ShopLimits(100, 0, List.of(new ShopLimits.ShopLimit("s1", 100, 2)));
    try (Door door = Door.open(with(FailureLimits.standard(), one))) {
      for (int i = 0; i < 10; i++) {
        assertThat(door.post(FORGED, "hello").status()).isEqualTo(401);
      }
      List<Integer> statuses = new ArrayList<>();
      for (int i = 0; i < 10; i++) {
        statuses.add(door.post("", "hello").status());
      }
      assertThat(statuses.subList(0, 2)).containsOnly(200);
      assertThat(statuses).contains(503);
      serveAnotherShop(door);
      assertThat(RawHttp.exchange(door.port, RawHttp.post(OTHER_SHOP, "", "hello")).status())
          .isEqualTo(200);
    }
  }

  @Test
  void whatCantBeMeantIsNamed() {
    Problems problems = Problems.none();
    with(
            new FailureLimits(0, 1, 1, 8),
            new ShopLimits(
                0,
                -1,
                List.of(new ShopLimits.ShopLimit("s", 1, 1), new ShopLimits.ShopLimit("s", 1, 1))))
        .check(problems);
    assertThat(problems.lines())
        .hasSize(5)
        .anyMatch(p -> p.startsWith("failures.burst: is 0 failures"))
        .anyMatch(p -> p.startsWith("failures.sources: is 1 sources"))
        .anyMatch(p -> p.startsWith("shopLimits.inFlight: is 0 callbacks"))
        .anyMatch(p -> p.startsWith("shopLimits.perSecond: is -1 callbacks a second"))
        .anyMatch(p -> p.startsWith("shopLimits.shops[1].shop: \"s\" has two limits"));
  }

  private static void serveAnotherShop(Door door) {
    LiveAccounts.Change change =
        door.accounts.replace(
            List.of(
                new SpokenProtocol.Config("spoken", "a1", "s1"),
                new SpokenProtocol.Config("spoken", "b1", "s2")),
            List.of(),
            Problems.none());
    assertThat(change.served()).isEqualTo(2);
  }

  private static DoorConfig with(FailureLimits failures, ShopLimits shops) {
    return DoorConfig.bind(null, null, null, failures, shops, null);
  }

  private static Clock moving(Instant[] now) {
    return new Clock() {
      @Override
      public ZoneId getZone() {
        return ZoneOffset.UTC;
      }

      @Override
      public Clock withZone(ZoneId zone) {
        return this;
      }

      @Override
      public Instant instant() {
        return now[0];
      }
    };
  }
}

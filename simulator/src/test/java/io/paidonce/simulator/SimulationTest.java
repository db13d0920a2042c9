package io.paidonce.simulator;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.paidonce.contract.EventHeaders;
import io.paidonce.contract.OrderCommand;
import io.paidonce.providers.CallbackSigner.PaidNotice;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class SimulationTest {

  private static final Instant NOW = Instant.parse("2026-01-31T12:00:00Z");
  // WeChat's first pauses become 30, 30, 60 ms; the longest 43 s is never reached here.
  private static final SimulationSettings QUICK =
      new SimulationSettings(8, Duration.ofSeconds(5), 500);

  @TempDir Path directory;

  private final List<OrderCommand> commands = new CopyOnWriteArrayList<>();

  private final OrderPlacer storing =
      command -> {
        commands.add(command);
        return CompletableFuture.completedFuture(null);
      };

  private SimulationResult play(
      FakeGateway gateway, SimulationSettings settings, OrderPlacer placer, Step... steps)
      throws Exception {
    try (Journal journal = Journal.open(journal())) {
      return new Simulation(placer, new TickingClock(), settings)
          .run(new Plan(1, List.of(steps)), gateway.uri(), journal, progress -> {});
    }
  }

  private SimulationResult play(FakeGateway gateway, Step... steps) throws Exception {
    return play(gateway, QUICK, storing, steps);
  }

  private Path journal() {
    return directory.resolve("journal");
  }

  private static Step.Deliver delivery(SimulatedAccount account, Disguise disguise) {
    return new Step.Deliver(
        Duration.ZERO,
        account,
        new Notice.Paid(new PaidNotice("n1", "4200000001", "ORDER-1", 1200, "CNY", NOW)),
        disguise);
  }

  private static FakeGateway.Behaviour failing(int times, int status) {
    AtomicInteger left = new AtomicInteger(times);
    return (arrival, exchange) -> {
      if (left.getAndDecrement() > 0) {
        FakeGateway.answer(exchange, status, "");
      } else {
        FakeGateway.accept(arrival, exchange);
      }
    };
  }

  @Test
  void aDeclinedNoticeComesAgainAfterThePausesOfItsProvider() throws Exception {
    try (FakeGateway gateway = new FakeGateway(failing(3, 503))) {
      SimulationResult result = play(gateway, delivery(FakeSigner.wechat("s1"), Disguise.NONE));

      List<FakeGateway.Arrival> arrivals = gateway.arrivals();
      assertThat(arrivals).hasSize(4);
      for (int i = 1; i < arrivals.size(); i++) {
        long pause = arrivals.get(i).nanoTime() - arrivals.get(i - 1).nanoTime();
        long planned = Dialect.WECHAT_V3.retryDelays().get(i - 1).toNanos() / 500;
        assertThat(pause).isGreaterThanOrEqualTo(planned);
      }
      assertThat(result.callbacksSent()).isEqualTo(4);
      assertThat(result.declined()).isEqualTo(3);
      assertThat(result.acknowledged()).isEqualTo(1);
      assertThat(result.gaveUp()).isZero();
    }
  }

  @Test
  void everyAttemptIsSignedAnew() throws Exception {
    try (FakeGateway gateway = new FakeGateway(failing(2, 500))) {
      play(gateway, delivery(FakeSigner.wechat("s1"), Disguise.NONE));

      assertThat(gateway.arrivals())
          .allMatch(FakeGateway.Arrival::isGenuine)
          .extracting(arrival -> arrival.headers().get("wechatpay-timestamp"))
          .doesNotHaveDuplicates()
          .hasSize(3);
    }
  }

  @Test
  void alipayTakesAStatusOf200WithoutItsWordAsFailure() throws Exception {
    try (FakeGateway gateway = new FakeGateway(failing(1, 200))) {
      SimulationSettings quick = new SimulationSettings(8, Duration.ofSeconds(5), 10_000);

      SimulationResult result =
          play(gateway, quick, storing, delivery(FakeSigner.alipay("s1"), Disguise.NONE));

      assertThat(gateway.arrivals()).hasSize(2);
      assertThat(gateway.arrivals().get(0).path()).isEqualTo("/callbacks/alipay/2021000000000001");
      assertThat(result.acknowledged()).isEqualTo(1);
      assertThat(result.declined()).isEqualTo(1);
    }
  }

  @Test
  void afterTheLastPauseTheProviderGivesUp() throws Exception {
    try (FakeGateway gateway = new FakeGateway(failing(Integer.MAX_VALUE, 500))) {
      SimulationSettings quick = new SimulationSettings(8, Duration.ofSeconds(5), 1_000_000);

      SimulationResult result =
          play(gateway, quick, storing, delivery(FakeSigner.wechat("s1"), Disguise.NONE));

      assertThat(result.callbacksSent()).isEqualTo(16);
      assertThat(result.gaveUp()).isEqualTo(1);
      assertThat(result.acknowledged()).isZero();
    }
  }

  @Test
  void aProbeIsRefusedAndTheRightNoticeFollows() throws Exception {
    try (FakeGateway gateway = new FakeGateway(FakeGateway.verifying())) {
      SimulationResult result = play(gateway, delivery(FakeSigner.wechat("s1"), Disguise.PROBE));

      assertThat(gateway.arrivals())
          .extracting(FakeGateway.Arrival::isGenuine)
          .containsExactly(false, true);
      assertThat(result.refusedAsExpected()).isEqualTo(1);
      assertThat(result.acknowledged()).isEqualTo(1);
      assertThat(result.unexpected()).isZero();
    }
  }

  @Test
  void aForgeryIsSentOnceOnly() throws Exception {
    try (FakeGateway gateway = new FakeGateway(FakeGateway.verifying())) {
      SimulationResult result =
          play(
              gateway,
              delivery(FakeSigner.wechat("s1"), Disguise.FLIPPED_BYTE),
              delivery(FakeSigner.alipay("s1"), Disguise.ALTERED_AMOUNT));

      assertThat(gateway.arrivals()).hasSize(2);
      assertThat(result.refusedAsExpected()).isEqualTo(2);
      assertThat(result.acknowledged()).isZero();
    }
  }

  @Test
  void anAcknowledgedForgeryIsUnexpected() throws Exception {
    try (FakeGateway gateway = new FakeGateway(FakeGateway::accept)) {
      SimulationResult result =
          play(gateway, delivery(FakeSigner.wechat("s1"), Disguise.FLIPPED_BYTE));

      assertThat(result.unexpected()).isEqualTo(1);
      assertThat(result.acknowledged()).isZero();
    }
  }

  @Test
  void anAttemptIsInTheJournalBeforeItIsSent() throws Exception {
    List<Boolean> written = new CopyOnWriteArrayList<>();
    FakeGateway.Behaviour looking =
        (arrival, exchange) -> {
          String lines = Files.readString(journal());
          written.add(
              lines.contains("\"invoke\"")
                  && lines.contains(EventHeaders.sha256Hex(arrival.body().bytes()))
                  && !lines.contains("\"ok\""));
          FakeGateway.accept(arrival, exchange);
        };
    try (FakeGateway gateway = new FakeGateway(looking)) {
      play(gateway, delivery(FakeSigner.wechat("s1"), Disguise.NONE));
    }

    assertThat(written).containsExactly(true);
    assertThat(Files.readAllLines(journal())).hasSize(2).last().asString().contains("\"ok\"");
  }

  @Test
  void anAnswerThatDoesNotComeInTimeIsUnknown() throws Exception {
    CountDownLatch over = new CountDownLatch(1);
    AtomicInteger calls = new AtomicInteger();
    FakeGateway.Behaviour slowAtFirst =
        (arrival, exchange) -> {
          if (calls.getAndIncrement() == 0) {
            awaitOrFail(over);
          }
          FakeGateway.accept(arrival, exchange);
        };
    try (FakeGateway gateway = new FakeGateway(slowAtFirst)) {
      SimulationSettings impatient = new SimulationSettings(8, Duration.ofMillis(300), 500);

      SimulationResult result =
          play(gateway, impatient, storing, delivery(FakeSigner.wechat("s1"), Disguise.NONE));
      over.countDown();

      assertThat(result.unanswered()).isEqualTo(1);
      assertThat(result.acknowledged()).isEqualTo(1);
      assertThat(Files.readString(journal())).contains("\"unknown\"");
    }
  }

  @Test
  void aSuccessThatBreaksOffIsUnknown() throws Exception {
    AtomicInteger calls = new AtomicInteger();
    FakeGateway.Behaviour breaking =
        (arrival, exchange) -> {
          if (calls.getAndIncrement() == 0) {
            exchange.sendResponseHeaders(200, 100);
            exchange.getResponseBody().write("{".getBytes(UTF_8));
          } else {
            FakeGateway.accept(arrival, exchange);
          }
        };
    try (FakeGateway gateway = new FakeGateway(breaking)) {
      SimulationResult result = play(gateway, delivery(FakeSigner.wechat("s1"), Disguise.NONE));

      assertThat(result.unanswered()).isEqualTo(1);
      assertThat(result.acknowledged()).isEqualTo(1);
    }
  }

  @Test
  void twoDeliveriesAtOnceAreUnderWayTogetherOnTwoConnections() throws Exception {
    CountDownLatch both = new CountDownLatch(2);
    FakeGateway.Behaviour waitingForTheOther =
        (arrival, exchange) -> {
          both.countDown();
          awaitOrFail(both);
          FakeGateway.accept(arrival, exchange);
        };
    try (FakeGateway gateway = new FakeGateway(waitingForTheOther)) {
      Step.Deliver first = delivery(FakeSigner.wechat("s1"), Disguise.NONE);
      Step.Deliver second =
          new Step.Deliver(Duration.ofMillis(1), first.account(), first.notice(), Disguise.NONE);

      SimulationResult result = play(gateway, first, second);

      assertThat(result.acknowledged()).isEqualTo(2);
      assertThat(gateway.arrivals())
          .extracting(FakeGateway.Arrival::port)
          .doesNotHaveDuplicates()
          .hasSize(2);
    }
  }

  @Test
  void aWholeScenarioEndsWithEveryGoodNoticeAcknowledgedAndEveryForgeryRefused() throws Exception {
    Plan plan =
        Scenario.plan(
            new ScenarioSettings(
                42,
                60,
                Duration.ofMillis(300),
                Duration.ofMillis(20),
                NOW,
                List.of(FakeSigner.wechat("s1"), FakeSigner.alipay("s1"))));
    List<Progress> progress = new CopyOnWriteArrayList<>();
    try (FakeGateway gateway = new FakeGateway(FakeGateway.verifying());
        Journal journal = Journal.open(journal())) {
      SimulationResult result =
          new Simulation(storing, new TickingClock(), QUICK)
              .run(plan, gateway.uri(), journal, progress::add);

      long deliveries = plan.steps().stream().filter(Step.Deliver.class::isInstance).count();
      long forged =
          plan.steps().stream()
              .filter(s -> s instanceof Step.Deliver d && d.disguise().mustBeRefused())
              .count();
      assertThat(forged).isPositive();
      assertThat(result.unexpected() + result.declined() + result.unanswered()).isZero();
      assertThat(result.refusedAsExpected()).isEqualTo(forged);
      assertThat(result.acknowledged() + result.refusedAsExpected())
          .isEqualTo(result.callbacksSent())
          .isGreaterThanOrEqualTo(deliveries);
      assertThat(result.ordersPlaced() + result.ordersCancelled()).isEqualTo(commands.size());
      assertThat(progress).last().isEqualTo(new Progress(result, 0));
    }
  }

  @Test
  void aCommandThatIsNotConfirmedIsCountedAndEndsNothing() throws Exception {
    OrderPlacer failing =
        command -> CompletableFuture.failedFuture(new IOException("no broker answered"));
    Plan plan =
        Scenario.plan(
            new ScenarioSettings(
                1, 1, Duration.ZERO, Duration.ofMillis(1), NOW, List.of(FakeSigner.wechat("s1"))));
    try (FakeGateway gateway = new FakeGateway(FakeGateway.verifying())) {
      SimulationResult result = play(gateway, QUICK, failing, plan.steps().toArray(Step[]::new));

      assertThat(result.commandsUnconfirmed()).isEqualTo(1);
      assertThat(result.ordersPlaced()).isZero();
      assertThat(result.acknowledged()).isEqualTo(1);
    }
  }

  private static void awaitOrFail(CountDownLatch latch) throws IOException {
    try {
      if (!latch.await(10, TimeUnit.SECONDS)) {
        throw new IOException("waited 10 s in vain");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException(e);
    }
  }
}

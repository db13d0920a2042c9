package io.paidonce.gateway;

import io.paidonce.contract.PaymentNotification;
import io.paidonce.contract.Topics;
import io.paidonce.contract.UnreadableRecordException;
import io.paidonce.providers.AccountConfig;
import io.paidonce.providers.CallbackProtocol;
import io.paidonce.providers.CallbackRequest;
import io.paidonce.providers.Problems;
import io.paidonce.providers.Protocols;
import io.paidonce.providers.SignedCallback;
import io.vertx.core.Vertx;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;
import org.apache.kafka.clients.producer.ProducerRecord;

/** The real HTTP side of the gateway over a scripted publisher. */
final class Door implements AutoCloseable {

  static final String PATH = "/callbacks/spoken/a1";

  private static final List<CallbackProtocol<?>> PROTOCOLS =
      List.of(new SpokenProtocol("spoken", "spoken"));

  final ScriptedPublisher publisher = new ScriptedPublisher();
  final InFlight inFlight;
  final GatewayMetrics metrics;
  final LiveAccounts accounts;
  final LiveTls tls;
  final FailingSources failing;
  final SlowLane lane;
  volatile Sources sources = Sources.of(DoorConfig.standard(), Problems.none());
  final int port;
  private final Vertx vertx = Vertx.vertx();

  private Door(Limits limits, Timings timings, int eventLoops, LiveTls tls, DoorConfig door) {
    this(
        List.of(new SpokenProtocol.Config("spoken", "a1", "s1")),
        List.of(),
        PROTOCOLS,
        Clock.systemUTC(),
        limits,
        timings,
        eventLoops,
        tls,
        door,
        System::nanoTime);
  }

  private Door(
      List<AccountConfig> served,
      List<RetiringKey> retiring,
      List<CallbackProtocol<?>> protocols,
      Clock clock,
      Limits limits,
      Timings timings,
      int eventLoops,
      LiveTls tls,
      DoorConfig door,
      LongSupplier samplerNanos) {
    this.tls = tls;
    failing = new FailingSources(door.failures(), Clock.systemUTC());
    lane = new SlowLane(door.failures().waiting(), door.failures().waitingOfOne());
    inFlight = new InFlight(limits.maxInFlightBytes());
    metrics = new GatewayMetrics(inFlight, true, clock);
    Problems problems = Problems.none();
    accounts = LiveAccounts.open(served, retiring, protocols, problems);
    if (!problems.isEmpty()) {
      throw new IllegalArgumentException(String.join("; ", problems.lines()));
    }
    CallbackHandler handler =
        new CallbackHandler(
            accounts,
            new Admission(
                () -> sources,
                failing,
                lane,
                new ShopRooms(door.shopLimits(), Clock.systemUTC()),
                timings.answer()),
            () -> Handshakes.of(door.handshakes(), Problems.none()),
            new BodyReader(limits),
            publisher,
            inFlight,
            new Refusals(new Sampler(samplerNanos), publisher, metrics),
            metrics,
            clock,
            timings.answer());
    CallbackServer server =
        new CallbackServer(
            vertx,
            1,
            new Endpoint("127.0.0.1", 0),
            eventLoops,
            handler::handle,
            inFlight,
            metrics,
            limits,
            timings,
            tls);
    port = settle(server.listen());
  }

  static Door open() {
    return open(Limits.standard());
  }

  static Door open(Limits limits) {
    return open(limits, Timings.standard());
  }

  static Door open(Limits limits, Timings timings) {
    return new Door(limits, timings, 2, LiveTls.off(), DoorConfig.standard());
  }

  /** That shows this certificate. */
  static Door byTls(TlsFiles.Issued shown, Limits limits, Timings timings) {
    return new Door(
        limits,
        timings,
        2,
        LiveTls.open(shown.withItsIssuer(), Instant.now(), Problems.none()),
        DoorConfig.standard());
  }

  static Door open(DoorConfig door) {
    return new Door(Limits.standard(), Timings.standard(), 1, LiveTls.off(), door);
  }

  static Door byTls(TlsFiles.Issued shown) {
    return byTls(shown, Limits.standard(), Timings.standard());
  }

  static Door impatient() {
    return open(Limits.standard(), Timings.standard().withAnswer(Duration.ofMillis(300)));
  }

  /**
   * Of every protocol, with the accounts of {@link Shops} and their real keys. Each refusal is
   * explained, as if a second lay between any two.
   */
  static Door ofProviders(Clock clock, RetiringKey... retiring) {
    AtomicLong nanos = new AtomicLong();
    return new Door(
        Shops.all(),
        List.of(retiring),
        Protocols.all(),
        clock,
        Limits.standard(),
        Timings.standard(),
        2,
        LiveTls.off(),
        DoorConfig.standard(),
        () -> nanos.addAndGet(1_000_000_000));
  }

  /** As its provider sends it, a signature in the query included. */
  RawHttp.Answer send(String path, SignedCallback callback) {
    Map<String, String> headers = new HashMap<>(callback.headers());
    String query = headers.remove(CallbackRequest.QUERY);
    return RawHttp.exchange(
        port,
        Shops.request(
            query == null ? path : path + "?" + query,
            new SignedCallback(headers, callback.body())));
  }

  /** Everything that was handed over as a notification. */
  List<PaymentNotification> notifications() {
    List<PaymentNotification> notifications = new ArrayList<>();
    for (ScriptedPublisher.Published one :
        publisher.publishedTo(Topics.PAYMENT_NOTIFICATIONS.name())) {
      for (ProducerRecord<byte[], byte[]> sent : one.records()) {
        try {
          notifications.add(Topics.PAYMENT_NOTIFICATIONS.read(sent.headers(), sent.value()));
        } catch (UnreadableRecordException e) {
          throw new IllegalStateException(e);
        }
      }
    }
    return notifications;
  }

  /** How many callbacks were handed over as dead letters. */
  int deadLetters() {
    return publisher.publishedTo(Topics.DEAD_LETTERS.name()).size();
  }

  RawHttp.Answer post(String headerLines, String body) {
    return RawHttp.exchange(port, RawHttp.post(PATH, headerLines, body));
  }

  double counter(String name, String... tags) {
    return metrics.scrape().lines().filter(l -> matches(l, name, tags)).findFirst().stream()
        .mapToDouble(l -> Double.parseDouble(l.substring(l.lastIndexOf(' ') + 1)))
        .sum();
  }

  private static boolean matches(String line, String name, String... tags) {
    return line.startsWith(name.replace('.', '_') + "_total")
        && List.of(tags).stream().allMatch(line::contains);
  }

  private static <T> T settle(io.vertx.core.Future<T> future) {
    return future.toCompletionStage().toCompletableFuture().orTimeout(10, TimeUnit.SECONDS).join();
  }

  @Override
  public void close() {
    settle(vertx.close());
    metrics.close();
  }
}

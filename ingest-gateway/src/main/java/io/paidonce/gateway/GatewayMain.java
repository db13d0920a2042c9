package io.paidonce.gateway;

import io.paidonce.contract.ClusterCheck;
import io.paidonce.contract.Topic;
import io.paidonce.contract.Topics;
import io.paidonce.providers.CallbackProtocol;
import io.paidonce.providers.Problems;
import io.paidonce.providers.Protocols;
import io.paidonce.providers.http.JdkApiTransport;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.file.FileSystemOptions;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.common.KafkaException;

/** The wiring: every part of the gateway once, in order. */
public final class GatewayMain {

  private static final Set<Topic<?>> BY_CALLBACKS =
      Set.of(
          Topics.PAYMENT_NOTIFICATIONS,
          Topics.DEAD_LETTERS,
          Topics.REJECTIONS,
          Topics.GATEWAY_STATUS);
  private static final Set<Topic<?>> BY_CALLBACKS_AND_COMMANDS =
      Set.of(
          Topics.PAYMENT_NOTIFICATIONS,
          Topics.DEAD_LETTERS,
          Topics.REJECTIONS,
          Topics.GATEWAY_STATUS,
          Topics.ORDER_COMMANDS);
  private static final int CALLBACKS_DOOR = 1;
  private static final int COMMANDS_DOOR = 2;
  // Commands are small; however many come, callbacks have their room for themselves.
  private static final long COMMANDS_IN_FLIGHT_BYTES = 2 * 1024 * 1024;

  private GatewayMain() {}

  /**
   * Starts a gateway. Kafka may be away: the gateway then is not ready, declines callbacks, and
   * recovers by itself. A Kafka that is set unsafely ends it, see {@link Gateway#failure()}, before
   * it has acknowledged anything.
   *
   * @throws MisconfiguredException naming every problem of the configuration, before any port is
   *     open; or the port that can't be opened
   */
  public static Gateway start(GatewayConfig config) {
    return start(config, Protocols.all(), Timings.standard(), Clock.systemUTC());
  }

  static Gateway start(
      GatewayConfig config, List<CallbackProtocol<?>> protocols, Timings timings, Clock clock) {
    Problems problems = Problems.none();
    config.check(problems);
    LiveAccounts accounts =
        LiveAccounts.open(config.accounts(), config.retiringKeys(), protocols, problems);
    LiveTls tls = LiveTls.open(config.door().tls(), clock.instant(), problems.in("tls"));
    if (!problems.isEmpty()) {
      throw new MisconfiguredException(problems.lines());
    }

    List<String> topics = written(config).stream().map(Topic::name).toList();
    int eventLoops = Runtime.getRuntime().availableProcessors();
    List<Producer<byte[], byte[]>> producers = producers(config);
    KafkaNotificationPublisher publisher = new KafkaNotificationPublisher(producers, topics);
    KafkaProbe probe = new KafkaProbe(admin(config), cluster(config), publisher, topics, timings);
    InFlight inFlight = new InFlight(config.limits().maxInFlightBytes());
    GatewayMetrics metrics = new GatewayMetrics(inFlight, config.accountLabel(), clock);
    metrics.watch(producers);
    metrics.keys().watch(accounts.current().keys());
    ConfigurationState configuration = new ConfigurationState(clock);
    metrics.watch(configuration);
    metrics.watch(tls);
    Reloading reloading =
        new Reloading(config, accounts, configuration, metrics, tls, timings.head(), clock);
    Refusals refusals = new Refusals(new Sampler(System::nanoTime), publisher, metrics);
    FailureLimits failures = config.door().failures();
    FailingSources failing = new FailingSources(failures, clock);
    SlowLane lane = new SlowLane(failures.waiting(), failures.waitingOfOne());
    metrics.watch(failing, lane);
    Admission admission =
        new Admission(
            reloading::sources,
            failing,
            lane,
            new ShopRooms(config.door().shopLimits(), clock),
            timings.answer());
    CallbackHandler handler =
        new CallbackHandler(
            accounts,
            admission,
            reloading::handshakes,
            new BodyReader(config.limits()),
            publisher,
            inFlight,
            refusals,
            metrics,
            clock,
            timings.answer());
    Vertx vertx = vertx(eventLoops);
    InFlight commandsInFlight = new InFlight(COMMANDS_IN_FLIGHT_BYTES);
    Gateway gateway =
        new Gateway(
            vertx,
            List.of(inFlight, commandsInFlight),
            publisher,
            probe,
            reloading,
            metrics,
            timings);
    ManagementServer management =
        new ManagementServer(
            vertx, config.management(), gateway::unreadiness, configuration::now, metrics::scrape);
    CallbackServer callbacks =
        new CallbackServer(
            vertx,
            CALLBACKS_DOOR,
            config.callbacks(),
            eventLoops,
            handler::handle,
            inFlight,
            metrics,
            config.limits(),
            timings,
            tls);
    CommandHandler commands =
        new CommandHandler(
            reloading::tokens,
            config.orders().queryUrl(),
            new BodyReader(config.limits()),
            publisher,
            commandsInFlight,
            metrics,
            clock,
            timings.answer());
    CallbackServer orders =
        new CallbackServer(
            vertx,
            COMMANDS_DOOR,
            config.orders().endpoint(),
            eventLoops,
            commands::handle,
            commandsInFlight,
            metrics,
            config.limits(),
            timings,
            tls);
    try {
      gateway.listen(management, callbacks, orders, config);
    } catch (RuntimeException e) {
      gateway.close();
      throw e;
    }
    StatusReports reports =
        new StatusReports(
            host() + ":" + gateway.callbackPort(),
            clock,
            accounts::current,
            configuration,
            metrics.counts(),
            publisher);
    gateway.tell(reports, timings.status());
    gateway.download(
        new KeyDownloads(
            accounts::current,
            new JdkApiTransport(JdkApiTransport.Limits.DEFAULT, clock),
            metrics.keyDownloads(),
            () -> metrics.keys().watch(accounts.current().keys()),
            clock));
    return gateway;
  }

  private static String host() {
    try {
      return InetAddress.getLocalHost().getHostName();
    } catch (UnknownHostException e) {
      // A host that does not know its own name; the port tells its gateways apart.
      return "localhost";
    }
  }

  private static Set<Topic<?>> written(GatewayConfig config) {
    return config.orders().isOpen() ? BY_CALLBACKS_AND_COMMANDS : BY_CALLBACKS;
  }

  private static Vertx vertx(int eventLoops) {
    return Vertx.vertx(
        new VertxOptions()
            .setEventLoopPoolSize(eventLoops)
            // No file is served: without these Vert.x makes a cache directory.
            .setFileSystemOptions(
                new FileSystemOptions()
                    .setFileCachingEnabled(false)
                    .setClassPathResolvingEnabled(false)));
  }

  private static List<Producer<byte[], byte[]>> producers(GatewayConfig config) {
    List<Producer<byte[], byte[]>> producers = new ArrayList<>();
    try {
      for (int i = 0; i < ProducerSettings.PRODUCERS; i++) {
        producers.add(new KafkaProducer<>(ProducerSettings.of(config.bootstrapServers(), i)));
      }
      return producers;
    } catch (KafkaException e) {
      throw new MisconfiguredException(
          "bootstrapServers: is " + config.bootstrapServers() + ": " + Causes.sentence(e), e);
    }
  }

  // Its clock is the machine's, whatever clock judges callbacks.
  private static ClusterCheck cluster(GatewayConfig config) {
    return ClusterCheck.ofWriter(
        config.bootstrapServers(), config.replicationFactor(), written(config), Clock.systemUTC());
  }

  private static Admin admin(GatewayConfig config) {
    return Admin.create(
        Map.of(
            AdminClientConfig.BOOTSTRAP_SERVERS_CONFIG,
            config.bootstrapServers(),
            AdminClientConfig.CLIENT_ID_CONFIG,
            "paidonce-ingest-gateway-probe",
            AdminClientConfig.RECONNECT_BACKOFF_MAX_MS_CONFIG,
            500L));
  }
}

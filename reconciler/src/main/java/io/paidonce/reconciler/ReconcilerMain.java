package io.paidonce.reconciler;

import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.paidonce.contract.ClusterCheck;
import io.paidonce.contract.Topic;
import io.paidonce.contract.Topics;
import io.paidonce.contract.UnsafeClusterException;
import io.paidonce.providers.ApiTransport;
import io.paidonce.providers.Problems;
import io.paidonce.providers.http.JdkApiTransport;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.BlockingQueue;

/** The wiring of the role {@code reconcile}: every box once, in order. */
public final class ReconcilerMain {

  private static final Set<Topic<?>> TOPICS =
      Set.of(Topics.PROVIDER_REQUESTS, Topics.PAYMENT_NOTIFICATIONS, Topics.DEAD_LETTERS);

  // As of a callback: with more, an answer in Base64 would not fit its topic.
  private static final int MAX_ANSWER_BYTES = 65_536;

  private ReconcilerMain() {}

  /**
   * Starts carrying requests out.
   *
   * @return running; closing it finishes what is under way
   * @throws IllegalArgumentException if the configuration is unusable, naming every field
   * @throws UnsafeClusterException if the cluster is unsafe, naming every setting and its fix
   * @throws IllegalStateException if Kafka does not answer
   */
  public static Reconciler start(ReconcilerConfig config) {
    return start(
        config,
        new JdkApiTransport(
            new JdkApiTransport.Limits(
                Duration.ofMillis(config.connectTimeoutMs()),
                Duration.ofMillis(config.timeoutMs()),
                MAX_ANSWER_BYTES),
            Clock.systemUTC()));
  }

  static Reconciler start(ReconcilerConfig config, ApiTransport transport) {
    Problems problems = Problems.none();
    config.check(problems);
    refuseIfAny(problems.lines());
    Clock clock = Clock.systemUTC();
    List<String> unsafe =
        ClusterCheck.ofWriter(config.bootstrapServers(), config.replicationFactor(), TOPICS, clock)
            .problems();
    if (!unsafe.isEmpty()) {
      throw new UnsafeClusterException(unsafe);
    }
    // Nonces of signatures come from it, and the jitter of waits.
    SecureRandom random = new SecureRandom();
    Clients clients = Clients.open(config, transport, random, Problems.none());
    PrometheusMeterRegistry registry = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
    ReconcilerMetrics metrics = new ReconcilerMetrics(registry, clients.accounts(), clock);
    Health health = new Health();
    ManagementServer management =
        new ManagementServer(
            config.managementHost(),
            config.managementPort(),
            health::isAlive,
            health::isReady,
            registry);
    Desk desk =
        new Desk(
            clients.accounts(),
            Clients.protocols(config),
            DeskSettings.DEFAULT,
            new DeliveryIds(clock),
            random,
            clock.instant());
    BlockingQueue<Event> inbox = RequestLoop.newInbox();
    Askers askers = new Askers(clients, config.threads(), inbox::add);
    Publisher publisher = new Publisher(KafkaClients.producer(config), inbox::add);
    Duration patience = Duration.ofMillis(config.timeoutMs()).plusSeconds(2);
    RequestLoop loop =
        new RequestLoop(
            onLost -> new RequestLog(KafkaClients.consumer(config), health, onLost),
            desk,
            askers,
            publisher,
            inbox,
            metrics,
            health,
            clock,
            config.maxWaiting(),
            patience);
    Reconciler running =
        new Reconciler(health, loop, askers, publisher, management, registry, patience);
    running.start();
    return running;
  }

  private static void refuseIfAny(List<String> problems) {
    if (!problems.isEmpty()) {
      throw new IllegalArgumentException(
          "the configuration of the reconciler is unusable:\n  - "
              + String.join("\n  - ", problems));
    }
  }
}

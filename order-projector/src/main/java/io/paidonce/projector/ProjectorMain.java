package io.paidonce.projector;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.zaxxer.hikari.HikariDataSource;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.paidonce.contract.ClusterCheck;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.WorkerExecutor;
import io.vertx.core.file.FileSystemOptions;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.LongSupplier;
import java.util.stream.Collectors;
import javax.sql.DataSource;
import org.apache.kafka.clients.admin.Admin;

/** The wiring of a projector: every box once, in order. */
public final class ProjectorMain {

  private static final int ACTION_THREADS = 4;

  private ProjectorMain() {}

  /**
   * Checks Kafka and PostgreSQL, migrates the database, then starts writing and serving.
   *
   * @throws io.paidonce.contract.UnsafeClusterException if either is set unsafely, naming every
   *     setting and its fix
   * @throws IllegalStateException if PostgreSQL can't be reached or an address is taken; a sentence
   *     says which
   */
  public static Projector start(ProjectorConfig config) {
    Clock clock = Clock.systemUTC();
    LongSupplier nanoTime = System::nanoTime;
    Closing closing = new Closing();
    try {
      ClusterGate gate = new ClusterGate(cluster(config));
      StartCheck.require(config, gate, clock);
      Database database = new Database(config, nanoTime);
      closing.add(database::disconnect);
      Migrations.apply(config, database);

      Health health = new Health();
      PrometheusMeterRegistry registry = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
      closing.add(registry::close);
      ProjectorMetrics metrics = new ProjectorMetrics(registry, clock, health);

      Admin admin = closing.add(KafkaClients.admin(config));
      for (int i = 1; i <= config.writers(); i++) {
        boolean isFirst = i == 1;
        closing.add(
            writer(
                config.ofWriter(i),
                gate,
                isFirst ? database : new Database(config, nanoTime),
                admin,
                metrics,
                isFirst ? health : health.ofAnotherWriter(),
                clock));
      }

      HikariDataSource readers = closing.add(QueryPool.open(config));
      Vertx vertx =
          Vertx.vertx(
              new VertxOptions()
                  .setFileSystemOptions(
                      new FileSystemOptions()
                          .setClassPathResolvingEnabled(false)
                          .setFileCachingEnabled(false)));
      closing.add(() -> Listening.await(vertx.close()));
      WorkerExecutor workers = workers(config, vertx);
      Watches watches = new Watches(vertx, workers, new StateQuery(readers), config.waiters());
      metrics.waiters(watches::size);
      Operations operations =
          new Operations(
              new TargetQuery(readers),
              closing.add(KafkaCommandSender.open(config.bootstrapServers())),
              new KafkaRedriver(config.bootstrapServers(), clock),
              clock,
              config.dualControl(),
              new Proposals(closing.add(QueryPool.openForOperators(config))));
      QueryApi api =
          new QueryApi(
              new Callers(config.access()),
              routes(config, vertx, workers, readers, watches, operations));
      int apiPort = Listening.at(vertx, config.api(), "api", api);
      closing.add(Changes.listen(config, watches::written));
      closing.add(watches);
      int managementPort =
          Listening.at(
              vertx, config.management(), "management", new ManagementApi(health, registry));
      return new Projector(apiPort, managementPort, health, closing);
    } catch (RuntimeException e) {
      closing.close();
      throw e;
    }
  }

  private static WriterThread writer(
      ProjectorConfig config,
      ClusterGate gate,
      Database database,
      Admin admin,
      ProjectorMetrics metrics,
      Health health,
      Clock clock) {
    LongSupplier nanoTime = System::nanoTime;
    Offsets offsets = new Offsets();
    return WriterThread.start(
        new Projection(
            gate,
            KafkaClients.consumer(config),
            database,
            offsets,
            new BatchWriter(offsets, clock),
            new Backoff(nanoTime, new SplittableRandom()),
            new LogEnds(admin, metrics, health, nanoTime),
            metrics,
            health));
  }

  /** As many threads as there are connections to wait for. */
  static WorkerExecutor workers(ProjectorConfig config, Vertx vertx) {
    return vertx.createSharedWorkerExecutor("projector-queries", config.queryConnections());
  }

  /** All that the query API answers, over a pool of connections. */
  static List<Route> routes(
      ProjectorConfig config,
      Vertx vertx,
      WorkerExecutor workers,
      DataSource readers,
      Watches watches,
      Operations operations) {
    QueryWorkers queries = new QueryWorkers(workers, config.queryConnections());
    ListQuery lists = new ListQuery(readers);
    List<Route> routes = new ArrayList<>();
    routes.addAll(
        new Questions(new OrderQuery(readers), new SearchQuery(readers), queries).routes());
    routes.addAll(new LiveQuestions(vertx, watches).routes());
    routes.addAll(
        new Lists(lists, new BalanceQuery(readers), new PageTokens(pageKey(config)), queries)
            .routes());
    routes.addAll(new CsvExport(workers, lists).routes());
    QueryWorkers actions =
        new QueryWorkers(
            vertx.createSharedWorkerExecutor("projector-actions", ACTION_THREADS), ACTION_THREADS);
    routes.addAll(new OperatorRoutes(vertx, actions, operations).routes());
    return routes;
  }

  private static byte[] pageKey(ProjectorConfig config) {
    ApiAccess access = config.access();
    if (access != null && access.pageKey() != null) {
      return access.pageKey().getBytes(UTF_8);
    }
    byte[] key = new byte[32];
    new SecureRandom().nextBytes(key);
    return key;
  }

  static ClusterCheck cluster(ProjectorConfig config) {
    return ClusterCheck.ofReader(
        config.bootstrapServers(),
        config.replicationFactor(),
        TopicRows.all().stream().map(TopicRows::topic).collect(Collectors.toUnmodifiableSet()));
  }
}

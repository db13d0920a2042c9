package io.paidonce.projector;

import io.paidonce.contract.TopicsAdmin;
import io.paidonce.localstack.LocalStack;
import io.paidonce.projector.ProjectorConfig.Endpoint;
import io.vertx.core.Vertx;
import io.vertx.core.WorkerExecutor;
import java.io.IOException;
import java.net.ServerSocket;
import java.time.Clock;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import javax.sql.DataSource;
import org.apache.kafka.clients.admin.Admin;
import org.jspecify.annotations.Nullable;

/** The broker and the server that all tests share; a database of its own for each test. */
final class TestStack {

  static final Endpoint ANY_PORT = new Endpoint("127.0.0.1", 0);

  private TestStack() {}

  static String bootstrapServers() {
    return Started.STACK.kafka().bootstrapServers();
  }

  static Tables newDatabase() {
    String name = "t" + UUID.randomUUID().toString().replace("-", "");
    return new Tables(
        Started.STACK.createDatabase(name),
        Started.STACK.postgres().user(),
        Started.STACK.postgres().password());
  }

  /** A migrated database without a projector. */
  static Tables newReadStore() {
    Tables tables = newDatabase();
    Database database = new Database(config(tables, "unused"), System::nanoTime);
    Migrations.apply(config(tables, "unused"), database);
    database.disconnect();
    return tables;
  }

  static ProjectorConfig config(Tables tables, String groupId) {
    return config(bootstrapServers(), tables, groupId);
  }

  static ProjectorConfig config(String bootstrapServers, Tables tables, String groupId) {
    return config(bootstrapServers, tables, groupId, null);
  }

  /** One with several writers. */
  static ProjectorConfig config(Tables tables, String groupId, int writers) {
    return config(bootstrapServers(), tables, groupId, writers, null, null);
  }

  /** One with tokens. */
  static ProjectorConfig config(
      String bootstrapServers, Tables tables, String groupId, @Nullable ApiAccess access) {
    return config(bootstrapServers, tables, groupId, access, null);
  }

  /** One with tokens and two persons' rules. */
  static ProjectorConfig config(
      String bootstrapServers,
      Tables tables,
      String groupId,
      @Nullable ApiAccess access,
      @Nullable DualControl dualControl) {
    return config(bootstrapServers, tables, groupId, 1, access, dualControl);
  }

  private static ProjectorConfig config(
      String bootstrapServers,
      Tables tables,
      String groupId,
      int writers,
      @Nullable ApiAccess access,
      @Nullable DualControl dualControl) {
    return ProjectorConfig.of(
        bootstrapServers,
        groupId,
        null,
        tables.jdbcUrl(),
        tables.user(),
        tables.password(),
        ANY_PORT,
        ANY_PORT,
        null,
        1,
        2,
        writers,
        access,
        null,
        dualControl);
  }

  /** The query API without a projector; nothing is sent to Kafka. */
  static QueryApi api(ProjectorConfig config, Vertx vertx, DataSource readers) {
    return new QueryApi(
        new Callers(config.access()),
        routes(config, vertx, readers, command -> {}, (letter, actor, why) -> {}));
  }

  static List<Route> routes(
      ProjectorConfig config,
      Vertx vertx,
      DataSource readers,
      CommandSender commands,
      Redriver redriver) {
    WorkerExecutor workers = ProjectorMain.workers(config, vertx);
    Clock clock = Clock.fixed(Story.NOW, ZoneOffset.UTC);
    return ProjectorMain.routes(
        config,
        vertx,
        workers,
        readers,
        new Watches(vertx, workers, new StateQuery(readers), config.waiters()),
        new Operations(
            new TargetQuery(readers),
            commands,
            redriver,
            clock,
            config.dualControl(),
            new Proposals(QueryPool.openForOperators(config))));
  }

  /** One that nothing listens at. */
  static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0)) {
      return socket.getLocalPort();
    }
  }

  static void createTopics(String bootstrapServers) {
    try (Admin admin = Admin.create(Map.of("bootstrap.servers", bootstrapServers))) {
      new TopicsAdmin(admin, 1).apply();
    }
  }

  private static final class Started {
    static final LocalStack STACK = start();

    private static LocalStack start() {
      LocalStack stack = LocalStack.shared();
      createTopics(stack.kafka().bootstrapServers());
      return stack;
    }
  }
}

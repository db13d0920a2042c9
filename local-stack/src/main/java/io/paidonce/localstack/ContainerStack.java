package io.paidonce.localstack;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.admin.Admin;
import org.testcontainers.containers.ContainerLaunchException;
import org.testcontainers.containers.GenericContainer;
import org.testcontainers.kafka.KafkaContainer;
import org.testcontainers.postgresql.PostgreSQLContainer;
import org.testcontainers.utility.DockerImageName;

/**
 * Both servers in containers of Testcontainers, with the settings they have on this machine. Alone
 * in knowing Testcontainers, which is there only where tests ask for it.
 */
final class ContainerStack {
  private static final String KAFKA = "apache/kafka";
  private static final String POSTGRES = "postgres";
  private static final int KAFKA_PORT = 9092;
  private static final int POSTGRES_PORT = 5432;

  private ContainerStack() {}

  /**
   * Starts the broker. Its image is that of production by default (ADR 10), not the version that
   * runs inside this JVM.
   */
  static LocalKafka kafka() {
    DockerImageName image =
        DockerImageName.parse(System.getProperty("stack.kafka.image", KAFKA + ":4.2.1"));
    KafkaContainer container = new KafkaContainer(image.asCompatibleSubstituteFor(KAFKA));
    BrokerSettings.wherever()
        .forEach((setting, value) -> container.withEnv(environmentName(setting), value));
    int port = start("Kafka", container, KAFKA_PORT);
    ContainerServer server =
        new ContainerServer("Kafka", container, () -> answers(container.getBootstrapServers()));
    return new LocalKafka(container.getHost(), port, server, server::remove);
  }

  static LocalPostgres postgres() {
    DockerImageName image =
        DockerImageName.parse(System.getProperty("stack.postgres.image", POSTGRES + ":17"));
    String password = PostgresCluster.newPassword();
    List<String> command = new ArrayList<>(List.of("postgres"));
    PostgresCluster.SETTINGS.forEach(setting -> command.addAll(List.of("-c", setting)));
    PostgreSQLContainer container =
        new PostgreSQLContainer(image.asCompatibleSubstituteFor(POSTGRES));
    container.withDatabaseName("postgres");
    container.withUsername(PostgresCluster.USER);
    container.withPassword(password);
    container.withEnv("POSTGRES_INITDB_ARGS", String.join(" ", PostgresCluster.INITDB_ARGUMENTS));
    container.setCommand(command.toArray(String[]::new));
    int port = start("PostgreSQL", container, POSTGRES_PORT);
    ContainerServer server = new ContainerServer("PostgreSQL", container, () -> answers(container));
    return new LocalPostgres(container.getHost(), port, password, server, server::remove);
  }

  /** Docker draws a new port at each start of a container unless it is told one. */
  private static int start(String name, GenericContainer<?> container, int portInside) {
    int port = Ports.free();
    String address = container.getHost().equals("localhost") ? Ports.HOST + ":" : "";
    container.setPortBindings(List.of(address + port + ":" + portInside));
    try {
      container.start();
    } catch (ContainerLaunchException e) {
      throw new LocalStackException(
          name
              + "'s container "
              + container.getDockerImageName()
              + " does not start: "
              + e.getMessage(),
          e);
    }
    return port;
  }

  /** As the image takes settings: {@code log.dirs} is {@code KAFKA_LOG_DIRS}. */
  private static String environmentName(String setting) {
    return "KAFKA_" + setting.replace('.', '_').toUpperCase(Locale.ROOT);
  }

  private static boolean answers(String bootstrapServers) {
    try (Admin admin = Admin.create(Map.of("bootstrap.servers", bootstrapServers))) {
      return !admin.describeCluster().nodes().get(10, TimeUnit.SECONDS).isEmpty();
    } catch (ExecutionException | TimeoutException notYet) {
      return false;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new LocalStackException("Interrupted while waiting for Kafka's container", e);
    }
  }

  private static boolean answers(PostgreSQLContainer container) {
    try (Connection connection =
        DriverManager.getConnection(
            container.getJdbcUrl(), container.getUsername(), container.getPassword())) {
      return connection.isValid(5);
    } catch (SQLException notYet) {
      return false;
    }
  }
}

package io.paidonce.benchmarks.stack;

import io.paidonce.benchmarks.load.GeneratorMain;
import io.paidonce.benchmarks.process.ChildJvm;
import io.paidonce.contract.Topic;
import io.paidonce.contract.Topics;
import io.paidonce.contract.TopicsAdmin;
import io.paidonce.localstack.LocalPostgres;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.stream.Stream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.admin.AlterConfigOp;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.common.config.ConfigResource;

/** Everything that runs, in a directory that is deleted afterwards unless it is to be kept. */
public final class Stack implements AutoCloseable {

  private static final String NEVER = Long.toString(Long.MAX_VALUE);

  /** What anybody sets on a server of this size; the others are those of every local one. */
  private static final List<String> POSTGRES =
      List.of("shared_buffers=1GB", "max_wal_size=4GB", "checkpoint_timeout=15min");

  private final Deque<AutoCloseable> open = new ArrayDeque<>();
  private final Thread hook = new Thread(this::closeAll, "bench-end");
  private final Path directory;
  private final Map<String, ProcessHandle> processes = new LinkedHashMap<>();

  private Stack(Path directory) {
    this.directory = directory;
  }

  /**
   * What was started.
   *
   * @param kafka bootstrap servers
   * @param jdbcUrl with user and password
   * @param generator ready to take tasks
   */
  public record Parts(String kafka, String jdbcUrl, ChildJvm services, ChildJvm generator) {}

  /**
   * The topology, started.
   *
   * @param restored records that its stores took from their topics before
   * @param startNanos from the start of its JVM until it ran
   */
  public record RunningTopology(ChildJvm process, long restored, long startNanos) {}

  /**
   * A gateway, started.
   *
   * @param port where it takes callbacks
   */
  public record RunningGateway(ChildJvm process, int port) {}

  /**
   * A projector, started.
   *
   * @param apiPort where it answers questions
   */
  public record RunningProjector(ChildJvm process, int apiPort) {}

  /** An empty stack in a new directory below this one. */
  public static Stack in(Path parent) throws IOException {
    Files.createDirectories(parent);
    Stack stack = openTo(Files.createTempDirectory(parent, "run-"));
    stack.open.push(stack::deleteDirectory);
    return stack;
  }

  /** A stack in this very directory, which is kept with all that it holds. */
  public static Stack keptIn(Path directory) throws IOException {
    return openTo(Files.createDirectories(directory));
  }

  private static Stack openTo(Path directory) throws IOException {
    if (Files.getFileAttributeView(directory, PosixFileAttributeView.class) != null) {
      // Where PostgreSQL runs as another user, that one has to pass.
      Files.setPosixFilePermissions(directory, PosixFilePermissions.fromString("rwx--x--x"));
    }
    Stack stack = new Stack(directory);
    Runtime.getRuntime().addShutdownHook(stack.hook);
    return stack;
  }

  /**
   * Starts all of it.
   *
   * @param flush whether the topics are as shipped, each append forced to disk where it matters
   * @param javaOptions of the services' JVM, after our own
   */
  public Parts start(boolean flush, long seed, List<String> javaOptions) {
    String jdbcUrl = startPostgres();
    String kafka = startBroker();
    ChildJvm services =
        opened(
            ChildJvm.start(
                "services",
                ServicesMain.class,
                options(javaOptions),
                List.of(
                    kafka, directory.resolve("streams").toString(), jdbcUrl, Long.toString(seed)),
                directory));
    processes.put("services", services.handle());
    String port = services.answer();
    if (!flush) {
      // Afterwards: streams refuse to start on such topics.
      doNotFlush(kafka);
    }

    ChildJvm generator = startGenerator(kafka, Integer.parseInt(port), seed);
    return new Parts(kafka, jdbcUrl, services, generator);
  }

  /** Starts the load generator and returns once it takes tasks. */
  public ChildJvm startGenerator(String kafka, int port, long seed) {
    ChildJvm generator =
        opened(
            ChildJvm.start(
                "generator",
                GeneratorMain.class,
                List.of("-Xms512m", "-Xmx512m", "-XX:+UseSerialGC", "-XX:MaxDirectMemorySize=8g"),
                List.of(kafka, Integer.toString(port), Long.toString(seed)),
                directory));
    processes.put("generator", generator.handle());
    String unused = generator.answer();
    return generator;
  }

  /**
   * Starts a gateway alone and returns once it is ready.
   *
   * @param seed of the account's keys
   * @param javaOptions of its JVM, after our own
   */
  public RunningGateway startGateway(String kafka, long seed, List<String> javaOptions) {
    ChildJvm gateway =
        opened(
            ChildJvm.start(
                "gateway",
                GatewayProcessMain.class,
                options(javaOptions),
                List.of(kafka, Long.toString(seed)),
                directory));
    processes.put("gateway", gateway.handle());
    return new RunningGateway(gateway, Integer.parseInt(gateway.answer()));
  }

  /** Starts PostgreSQL alone and returns its URL, with user and password. */
  public String startPostgres() {
    LocalPostgres postgres =
        opened(LocalPostgres.startWith(directory.resolve("postgres"), POSTGRES));
    processes.put("postgres", ProcessHandle.of(postgres.pid()).orElseThrow());
    return postgres.jdbcUrl() + "?user=" + postgres.user() + "&password=" + postgres.password();
  }

  /** Starts the broker alone, makes the topics, and returns its address. */
  public String startBroker() {
    ChildJvm broker =
        opened(
            ChildJvm.start(
                "broker",
                BrokerMain.class,
                List.of("-Xms512m", "-Xmx512m", "-XX:+UseParallelGC"),
                List.of(directory.resolve("kafka").toString()),
                directory));
    processes.put("broker", broker.handle());
    String kafka = broker.answer();
    applyTopics(kafka);
    return kafka;
  }

  /**
   * Starts the topology alone and returns once it runs, however long it restores before. Closed and
   * started again, it goes on where it was.
   *
   * @param threads that share the topology's tasks
   * @param javaOptions of its JVM, after our own
   */
  public RunningTopology startTopology(String kafka, int threads, List<String> javaOptions) {
    long began = System.nanoTime();
    ChildJvm topology =
        opened(
            ChildJvm.start(
                "topology",
                TopologyMain.class,
                options(javaOptions),
                List.of(kafka, directory.resolve("streams").toString(), Integer.toString(threads)),
                directory));
    processes.put("topology", topology.handle());
    long restored = Long.parseLong(topology.answer());
    return new RunningTopology(topology, restored, System.nanoTime() - began);
  }

  /**
   * Starts a projector alone.
   *
   * @param writers how many write in it side by side
   * @param javaOptions of its JVM, after our own
   */
  public RunningProjector startProjector(
      String kafka, String jdbcUrl, int writers, List<String> javaOptions) {
    ChildJvm projector =
        opened(
            ChildJvm.start(
                "projector",
                ProjectorProcessMain.class,
                options(javaOptions),
                List.of(kafka, jdbcUrl, Integer.toString(writers)),
                directory));
    processes.put("projector", projector.handle());
    return new RunningProjector(projector, Integer.parseInt(projector.answer()));
  }

  /**
   * Starts a process that asks or sends; it is one of ours and gets little.
   *
   * @param name of it in what is reported
   * @param main answers one line when it is ready
   */
  public ChildJvm startAsker(String name, Class<?> main, List<String> arguments) {
    ChildJvm asker =
        opened(
            ChildJvm.start(
                name,
                main,
                List.of("-Xms256m", "-Xmx256m", "-Xmn160m", "-XX:+UseSerialGC"),
                arguments,
                directory));
    processes.put(name, asker.handle());
    String unused = asker.answer();
    return asker;
  }

  private static List<String> options(List<String> after) {
    List<String> options = new ArrayList<>(List.of("-Xms1g", "-Xmx1g", "-XX:+UseParallelGC"));
    options.addAll(after);
    return options;
  }

  /** One of them. */
  public ProcessHandle process(String name) {
    ProcessHandle process = processes.get(name);
    if (process == null) {
      throw new IllegalStateException("there is no process " + name);
    }
    return process;
  }

  /** Every process by its name. */
  public Map<String, ProcessHandle> processes() {
    return processes;
  }

  public Path directory() {
    return directory;
  }

  private <T extends AutoCloseable> T opened(T part) {
    open.push(part);
    return part;
  }

  /** Makes the topics, or sets them back to what is shipped. */
  public static void applyTopics(String kafka) {
    try (Admin admin = admin(kafka)) {
      new TopicsAdmin(admin, 1).apply();
    }
  }

  /** Leaves flushing to the kernel. Streams refuse to start on such topics. */
  public static void doNotFlush(String kafka) {
    Map<ConfigResource, Collection<AlterConfigOp>> changes = new LinkedHashMap<>();
    for (Topic<?> topic : Topics.all()) {
      changes.put(
          new ConfigResource(ConfigResource.Type.TOPIC, topic.name()),
          List.of(
              new AlterConfigOp(new ConfigEntry("flush.messages", NEVER), AlterConfigOp.OpType.SET),
              // It stands beside flush.messages, and a broker that does not flush is better off
              // without.
              new AlterConfigOp(
                  new ConfigEntry("index.interval.bytes", ""), AlterConfigOp.OpType.DELETE)));
    }
    try (Admin admin = admin(kafka)) {
      admin.incrementalAlterConfigs(changes).all().get();
    } catch (ExecutionException e) {
      throw new IllegalStateException("flush.messages can't be changed", e.getCause());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while changing flush.messages", e);
    }
  }

  private static Admin admin(String kafka) {
    return Admin.create(Map.of(AdminClientConfig.BOOTSTRAP_SERVERS_CONFIG, kafka));
  }

  @Override
  public void close() {
    closeAll();
    try {
      Runtime.getRuntime().removeShutdownHook(hook);
    } catch (IllegalStateException shuttingDown) {
      // The hook finds nothing left to do.
    }
  }

  private synchronized void closeAll() {
    IllegalStateException failed = null;
    while (!open.isEmpty()) {
      try {
        open.pop().close();
      } catch (Exception e) {
        failed = new IllegalStateException("a part of the stack did not close", e);
      }
    }
    if (failed != null) {
      throw failed;
    }
  }

  private void deleteDirectory() throws IOException {
    try (Stream<Path> files = Files.walk(directory)) {
      for (Path file : (Iterable<Path>) files.sorted(Comparator.reverseOrder())::iterator) {
        Files.deleteIfExists(file);
      }
    }
  }
}

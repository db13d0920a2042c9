package io.paidonce.localstack;

import java.nio.file.Path;
import java.util.Map;
import java.util.Properties;
import java.util.function.Function;

/**
 * A real Kafka broker, its own controller, alone in its cluster, on 127.0.0.1 without
 * authentication: for quickstart and tests. A named data directory keeps its topics and records
 * over any number of starts. Clients of a restarted broker find it at the same address.
 *
 * <p>Topics are never created by being named, and replication is 1: what a real cluster must
 * replicate, this one can't. Its state machine, transactions and groups are the real ones.
 */
public final class LocalKafka implements AutoCloseable {
  private final Runnable afterClose;
  private final String host;
  private final int port;
  private final Broker broker;
  private boolean closed;

  /** For a broker that is running. */
  LocalKafka(String host, int port, Broker broker, Runnable afterClose) {
    this.afterClose = afterClose;
    this.host = host;
    this.port = port;
    this.broker = broker;
  }

  /** As {@link #startInProcess(Path, int)}, on any free port. */
  public static LocalKafka startInProcess(Path dataDir) {
    return startInProcess(dataDir, 0);
  }

  /**
   * Starts a broker inside this JVM and returns once it accepts requests. The quicker of the two;
   * {@link #kill()}, {@link #pause()}, {@link #resume()} and {@link #pid()} are for a process of
   * its own.
   *
   * @param dataDir created if missing; kept on close
   * @param port TCP port on 127.0.0.1; 0 for any free one
   * @throws LocalStackException if the port is taken, or the directory is in use, unreadable or was
   *     written by something else
   */
  public static LocalKafka startInProcess(Path dataDir, int port) {
    return startInProcess(dataDir, port, Map.of());
  }

  /**
   * The same with settings of its own, such as an authorizer.
   *
   * @param settings as Kafka names them; they win over ours
   */
  public static LocalKafka startInProcess(Path dataDir, int port, Map<String, String> settings) {
    return start(
        dataDir,
        port,
        parts -> {
          parts.settings().putAll(settings);
          return new InProcessBroker(parts.settings());
        });
  }

  /** As {@link #startProcess(Path, int)}, on any free port. */
  public static LocalKafka startProcess(Path dataDir) {
    return startProcess(dataDir, 0);
  }

  /**
   * Starts a broker in a child JVM of 320 MB heap, with this JVM's class path, and returns once it
   * accepts requests. What it prints is in {@code dataDir/broker.log}. When this JVM dies, even by
   * kill -9, the broker shuts down orderly; only one that is paused at that time stays behind.
   *
   * @param dataDir created if missing; kept on close
   * @param port TCP port on 127.0.0.1; 0 for any free one
   * @throws LocalStackException if the port is taken, or the directory is in use, unreadable or was
   *     written by something else
   */
  public static LocalKafka startProcess(Path dataDir, int port) {
    return start(dataDir, port, parts -> new ChildBroker(parts.directory(), parts.settings()));
  }

  private record Parts(DataDirectory directory, Properties settings) {}

  private static LocalKafka start(Path dataDir, int wishedPort, Function<Parts, Broker> mode) {
    DataDirectory directory = DataDirectory.open(dataDir, "kafka");
    try {
      Path logDirectory = directory.resolve("data");
      BrokerStorage.awaitUnlocked(logDirectory);
      int port = Ports.choose(wishedPort, "Kafka");
      BrokerStorage.formatIfNew(logDirectory);
      Properties settings = BrokerSettings.of(logDirectory, port, Ports.free());
      Broker broker = mode.apply(new Parts(directory, settings));
      broker.start();
      return new LocalKafka(Ports.HOST, port, broker, directory::close);
    } catch (RuntimeException e) {
      directory.close();
      throw e;
    }
  }

  /** Returns {@code host:port}, for {@code bootstrap.servers}. */
  public String bootstrapServers() {
    return host + ":" + port;
  }

  /**
   * Returns the child's process id; a restart changes it.
   *
   * @throws UnsupportedOperationException for a broker inside this JVM or in a container
   * @throws IllegalStateException if it is not running
   */
  public synchronized long pid() {
    return broker.pid();
  }

  /**
   * Kills the child (-9) and returns once it is gone. {@link #restart()} brings it back.
   *
   * @throws UnsupportedOperationException for a broker inside this JVM
   * @throws IllegalStateException if it is not running
   */
  public synchronized void kill() {
    broker.kill();
  }

  /**
   * Freezes the child (SIGSTOP): it keeps its connections and answers nothing.
   *
   * @throws UnsupportedOperationException for a broker inside this JVM, and on Windows
   * @throws IllegalStateException if it is not running
   */
  public synchronized void pause() {
    broker.pause();
  }

  /** Lets a paused child go on (SIGCONT); errors as with {@link #pause()}. */
  public synchronized void resume() {
    broker.resume();
  }

  /**
   * Starts the broker again on the same port and directory, stopping it orderly first if it runs.
   *
   * @throws LocalStackException if it does not come up, for example since its port was taken
   * @throws IllegalStateException after {@link #close()}
   */
  public synchronized void restart() {
    if (closed) {
      throw new IllegalStateException("This local Kafka is closed; start a new one");
    }
    broker.stop();
    Ports.requireFree(port, "Kafka");
    broker.start();
  }

  /** Stops the broker orderly and keeps its directory. Closing twice is harmless. */
  @Override
  public synchronized void close() {
    if (closed) {
      return;
    }
    closed = true;
    try {
      broker.stop();
    } finally {
      afterClose.run();
    }
  }
}

package io.paidonce.localstack;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.regex.Pattern;

/**
 * A real PostgreSQL server on 127.0.0.1, for quickstart and tests: UTF-8, time zone UTC, with
 * {@code fsync} and {@code synchronous_commit} on, so that committed means stored. A named data
 * directory keeps its databases over any number of starts. It runs as the current user. PostgreSQL
 * refuses root, so for root it runs in a user namespace of its own, its files staying root's; where
 * that is forbidden, as in many containers, it runs as user 65534, who is given the directory and
 * must be able to reach it.
 *
 * <p>When this JVM dies, even by kill -9, the server is stopped within some seconds. On Windows it
 * stays, and the next start in its directory can't always tell it from another program.
 */
public final class LocalPostgres implements AutoCloseable {
  private static final Pattern DATABASE_NAME = Pattern.compile("[a-z][a-z0-9_]{0,62}");

  private final Runnable afterClose;
  private final String host;
  private final int port;
  private final String password;
  private final PostgresServer server;
  private boolean closed;

  /** For a server that is running. */
  LocalPostgres(
      String host, int port, String password, PostgresServer server, Runnable afterClose) {
    this.afterClose = afterClose;
    this.host = host;
    this.port = port;
    this.password = password;
    this.server = server;
  }

  /** As {@link #start(Path, int)}, on any free port. */
  public static LocalPostgres start(Path dataDir) {
    return start(dataDir, 0);
  }

  /**
   * Starts a server and returns once it accepts connections. What it prints is in {@code
   * dataDir/postgres.log}. A server that a dead JVM left in the directory is stopped first.
   *
   * @param dataDir created if missing; kept on close
   * @param port TCP port on 127.0.0.1; 0 for any free one
   * @throws LocalStackException if the port is taken, the directory is in use, unreadable, of
   *     another major version or was written by something else, or this machine can't run
   *     PostgreSQL
   */
  public static LocalPostgres start(Path dataDir, int port) {
    return start(dataDir, port, PostgresAccount.detect());
  }

  /**
   * As {@link #start(Path, int)}, on any free port, with settings that hold against ours: how a
   * program takes a server that is set unsafely can only be seen on one.
   *
   * @param settings such as {@code fsync=off}
   */
  public static LocalPostgres startWith(Path dataDir, List<String> settings) {
    return start(dataDir, 0, PostgresAccount.detect(), settings);
  }

  static LocalPostgres start(Path dataDir, int wishedPort, PostgresAccount account) {
    return start(dataDir, wishedPort, account, List.of());
  }

  private static LocalPostgres start(
      Path dataDir, int wishedPort, PostgresAccount account, List<String> settings) {
    DataDirectory directory = DataDirectory.open(dataDir, "postgres");
    try {
      PostgresBinaries binaries = PostgresBinaries.unpacked(account);
      PostgresCluster cluster = new PostgresCluster(directory);
      cluster.log().clear();
      StalePostmaster.clear(cluster.data(), stale -> Postmaster.stop(binaries, account, cluster));
      int port = Ports.choose(wishedPort, "PostgreSQL");
      cluster.initialiseIfNew(binaries, account);
      Postmaster postmaster = new Postmaster(binaries, account, cluster, port, settings);
      postmaster.start();
      return new LocalPostgres(Ports.HOST, port, cluster.password(), postmaster, directory::close);
    } catch (RuntimeException e) {
      directory.close();
      throw e;
    }
  }

  /** Returns the URL of the database {@code postgres}, which every server has. */
  public String jdbcUrl() {
    return jdbcUrl("postgres");
  }

  /** Returns the URL of a database of this server, whether it exists or not. */
  public String jdbcUrl(String database) {
    return "jdbc:postgresql://" + host + ":" + port + "/" + database;
  }

  /** Returns the name of the one user, a superuser. */
  public String user() {
    return PostgresCluster.USER;
  }

  /** Returns the user's password, drawn at random when the data directory was made. */
  public String password() {
    return password;
  }

  /**
   * Creates an empty database.
   *
   * @param name lower-case letters, digits and {@code _}, at most 63, a letter first
   * @return its JDBC URL
   * @throws IllegalArgumentException if the name isn't of that form
   * @throws LocalStackException if it exists already, or the server doesn't answer
   */
  public String createDatabase(String name) {
    if (!DATABASE_NAME.matcher(name).matches()) {
      throw new IllegalArgumentException(
          "A database name is lower-case letters, digits and '_', at most 63, a letter first; got '"
              + name
              + "'");
    }
    try (Connection connection = DriverManager.getConnection(jdbcUrl(), user(), password);
        Statement statement = connection.createStatement()) {
      statement.execute("create database " + name);
    } catch (SQLException e) {
      throw new LocalStackException(
          "Database '%s' can't be created: %s".formatted(name, e.getMessage()), e);
    }
    return jdbcUrl(name);
  }

  /**
   * Returns the postmaster's process id; a restart changes it.
   *
   * @throws UnsupportedOperationException for a server in a container
   * @throws IllegalStateException if it is not running
   */
  public synchronized long pid() {
    return server.pid();
  }

  /**
   * Kills all its processes (-9), the postmaster first, and returns once they are gone. {@link
   * #restart()} brings it back.
   *
   * @throws IllegalStateException if it is not running
   */
  public synchronized void kill() {
    server.kill();
  }

  /**
   * Freezes all its processes (SIGSTOP): connections stay open and nothing is answered.
   *
   * @throws UnsupportedOperationException on Windows
   * @throws IllegalStateException if it is not running
   */
  public synchronized void pause() {
    server.pause();
  }

  /** Lets paused processes go on (SIGCONT); errors as with {@link #pause()}. */
  public synchronized void resume() {
    server.resume();
  }

  /**
   * Starts the server again on the same port and directory, stopping it orderly first if it runs.
   *
   * @throws LocalStackException if it does not come up, for example since its port was taken
   * @throws IllegalStateException after {@link #close()}
   */
  public synchronized void restart() {
    if (closed) {
      throw new IllegalStateException("This local PostgreSQL is closed; start a new one");
    }
    server.stop();
    Ports.requireFree(port, "PostgreSQL");
    server.start();
  }

  /** Ends every session, stops the server orderly and keeps its directory. Twice is harmless. */
  @Override
  public synchronized void close() {
    if (closed) {
      return;
    }
    closed = true;
    try {
      server.stop();
    } finally {
      afterClose.run();
    }
  }
}

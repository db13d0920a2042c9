package io.paidonce.localstack;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** PostgreSQL's processes: the postmaster, our child, and the children it has. */
final class Postmaster implements PostgresServer {
  private static final Duration START_LIMIT = Duration.ofSeconds(60);
  private static final Duration STOP_LIMIT = Duration.ofSeconds(30);
  private static final Duration LEFTOVER_LIMIT = Duration.ofSeconds(15);

  private final PostgresBinaries binaries;
  private final PostgresAccount account;
  private final PostgresCluster cluster;
  private final int port;
  private final List<String> others;
  private @Nullable Process process;
  private @Nullable OrphanGuard guard;

  Postmaster(
      PostgresBinaries binaries,
      PostgresAccount account,
      PostgresCluster cluster,
      int port,
      List<String> others) {
    this.binaries = binaries;
    this.account = account;
    this.cluster = cluster;
    this.port = port;
    this.others = List.copyOf(others);
  }

  @Override
  public void start() {
    long deadline = System.nanoTime() + LEFTOVER_LIMIT.toNanos();
    Process launched = launch();
    while (!awaitReady(launched)) {
      if (!leftoversAreInTheWay() || System.nanoTime() > deadline) {
        throw new LocalStackException("PostgreSQL did not start; " + cluster.log().tail());
      }
      launched = launch();
    }
    process = launched;
    if (!Platform.isWindows()) {
      guard = OrphanGuard.over(launched.pid(), PostmasterFile.of(cluster.data()).path());
    }
  }

  @Override
  public void stop() {
    Process running = process;
    process = null;
    dismissGuard();
    if (running == null || !running.isAlive()) {
      return;
    }
    if (!Platform.isWindows()) {
      signalFamily(running, Signal.CONT); // a paused one could not be stopped orderly
    }
    stop(binaries, account, cluster);
    Await.until(STOP_LIMIT, () -> "PostgreSQL did not end", () -> !running.isAlive());
  }

  static void stop(PostgresBinaries binaries, PostgresAccount account, PostgresCluster cluster) {
    ChildProcess.run(
        account.command(
            binaries.program("pg_ctl"),
            "stop",
            "--mode=fast",
            "--silent",
            "--pgdata=" + cluster.data(),
            "--timeout=" + STOP_LIMIT.toSeconds()),
        cluster.log(),
        STOP_LIMIT.plusSeconds(5));
  }

  @Override
  public void kill() {
    Process running = running();
    dismissGuard();
    // The children end by themselves when they notice, unless they are paused.
    List<ProcessHandle> children = running.descendants().toList();
    ChildProcess.destroy(running);
    children.forEach(ProcessHandle::destroyForcibly);
    Await.within(LEFTOVER_LIMIT, () -> children.stream().noneMatch(ChildProcess::isRunning));
    process = null;
  }

  @Override
  public void pause() {
    signalFamily(running(), Signal.STOP);
  }

  @Override
  public void resume() {
    signalFamily(running(), Signal.CONT);
  }

  @Override
  public long pid() {
    return running().pid();
  }

  private Process running() {
    Process running = process;
    if (running == null || !running.isAlive()) {
      throw new IllegalStateException("PostgreSQL is not running; call restart()");
    }
    return running;
  }

  /** The postmaster first: it would notice its children's state, and make new ones. */
  private static void signalFamily(Process postmaster, Signal signal) {
    signal.sendIfAlive(postmaster.toHandle());
    postmaster.descendants().forEach(signal::sendIfAlive);
  }

  private void dismissGuard() {
    if (guard != null) {
      guard.dismiss();
      guard = null;
    }
  }

  private Process launch() {
    try {
      Process launched = cluster.log().collect(new ProcessBuilder(command())).start();
      launched.getOutputStream().close();
      return launched;
    } catch (IOException e) {
      throw new LocalStackException("PostgreSQL's process can't be started: " + e.getMessage(), e);
    }
  }

  private boolean awaitReady(Process launched) {
    PostmasterFile file = PostmasterFile.of(cluster.data());
    Await.within(START_LIMIT, () -> !launched.isAlive() || file.isReady(launched.pid()));
    if (launched.isAlive() && !file.isReady(launched.pid())) {
      ChildProcess.destroy(launched);
    }
    return launched.isAlive();
  }

  /** After a kill -9 from elsewhere, its children may still be about to notice and end. */
  private boolean leftoversAreInTheWay() {
    return cluster.log().tail().contains("pre-existing shared memory block");
  }

  /** Settings on the command line hold against whatever the configuration file says. */
  private List<String> command() {
    Path program = binaries.program("postgres");
    List<String> command =
        new ArrayList<>(
            account.command(
                program, "-D", cluster.data().toString(), "-p", Integer.toString(port)));
    List<String> settings =
        new ArrayList<>(
            List.of(
                "listen_addresses=" + Ports.HOST,
                "unix_socket_directories=",
                "logging_collector=off"));
    settings.addAll(PostgresCluster.SETTINGS);
    if (!Platform.isWindows()) {
      // Files of the data directory: containers offer little shared memory, and a kill leaves none.
      settings.add("dynamic_shared_memory_type=mmap");
    }
    settings.addAll(others);
    settings.forEach(setting -> command.addAll(List.of("-c", setting)));
    return command;
  }
}

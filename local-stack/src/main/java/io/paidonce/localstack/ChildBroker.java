package io.paidonce.localstack;

import java.io.IOException;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Properties;
import org.jspecify.annotations.Nullable;

/**
 * The broker as a JVM of its own. It lives as long as the pipe to its standard input: closing that
 * is the orderly stop, on every system, and the end of this JVM closes it too.
 */
final class ChildBroker implements Broker {
  private static final Duration START_LIMIT = Duration.ofSeconds(60);
  private static final Duration STOP_LIMIT = Duration.ofSeconds(20);

  private final DataDirectory directory;
  private final Properties settings;
  private final ChildProcess.Log log;
  private @Nullable Process process;

  ChildBroker(DataDirectory directory, Properties settings) {
    this.directory = directory;
    this.settings = settings;
    this.log = new ChildProcess.Log(directory.resolve("broker.log"));
    log.clear();
  }

  @Override
  public void start() {
    Path ready = directory.resolve("broker.ready");
    try {
      Files.deleteIfExists(ready);
      process = log.collect(new ProcessBuilder(command(ready))).start();
    } catch (IOException e) {
      throw new LocalStackException("Kafka's process can't be started: " + e.getMessage(), e);
    }
    awaitReady(process, ready);
  }

  @Override
  public void stop() {
    Process running = process;
    process = null;
    if (running == null || !running.isAlive()) {
      return;
    }
    try {
      if (!Platform.isWindows()) {
        Signal.CONT.sendIfAlive(running.toHandle()); // a paused one would not see the pipe close
      }
      running.getOutputStream().close();
    } catch (IOException alreadyGone) {
      // Its end of the pipe is closed: it is on its way out.
    }
    if (!Await.within(STOP_LIMIT, () -> !running.isAlive())) {
      ChildProcess.destroy(running);
    }
  }

  @Override
  public void kill() {
    ChildProcess.destroy(running());
    process = null;
  }

  @Override
  public void pause() {
    Signal.STOP.send(pid());
  }

  @Override
  public void resume() {
    Signal.CONT.send(pid());
  }

  @Override
  public long pid() {
    return running().pid();
  }

  private Process running() {
    Process running = process;
    if (running == null || !running.isAlive()) {
      throw new IllegalStateException("Kafka's process is not running; call restart()");
    }
    return running;
  }

  private void awaitReady(Process child, Path ready) {
    boolean answered =
        Await.within(START_LIMIT, () -> Files.exists(ready) || !child.isAlive())
            && Files.exists(ready);
    if (!answered) {
      String state = child.isAlive() ? "is not ready" : "ended with code " + child.exitValue();
      ChildProcess.destroy(child);
      throw new LocalStackException("Kafka's process " + state + "; " + log.tail());
    }
  }

  private List<String> command(Path ready) throws IOException {
    Path properties = directory.resolve("server.properties");
    try (Writer out = Files.newBufferedWriter(properties)) {
      settings.store(out, null);
    }
    // Class paths outgrow the longest command line that some systems take.
    Path arguments = directory.resolve("broker.args");
    Files.writeString(
        arguments,
        "-cp \""
            + System.getProperty("java.class.path").replace("\\", "\\\\")
            + "\""
            + System.lineSeparator());
    return List.of(
        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
        "-Xmx320m",
        "-XX:+UseSerialGC",
        "-XX:TieredStopAtLevel=1",
        "-XX:+ExitOnOutOfMemoryError",
        "@" + arguments,
        ChildBrokerMain.class.getName(),
        properties.toString(),
        ready.toString());
  }
}

package io.paidonce.launcher.faults;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A JVM of its own, with the test's class path, that can be killed, frozen and told to stop. It
 * ends with this JVM, unless it is frozen then.
 */
final class ChildJvm {

  /** 128 + SIGKILL. */
  static final int KILLED = 137;

  /** 128 + SIGTERM: the JVM has run its shutdown hooks to their end. */
  static final int TERMINATED = 143;

  private static final Duration GONE_WITHIN = Duration.ofSeconds(40);

  private final Path directory;
  private final String heap;
  private final String mainClass;
  private final List<String> arguments;
  private final ProcessLog log;
  private Process process;

  ChildJvm(Path directory, String name, String heap, String mainClass, List<String> arguments) {
    this.directory = directory;
    this.heap = heap;
    this.mainClass = mainClass;
    this.arguments = List.copyOf(arguments);
    this.log = new ProcessLog(directory.resolve(name + ".log"));
  }

  ProcessLog log() {
    return log;
  }

  /** Starts it with classes that hide the ones of the same name on the class path. */
  void start(List<Path> inFront) {
    try {
      // Class paths outgrow the longest command line that some systems take.
      Path options = Files.createTempFile(directory, "java", ".args");
      String classPath =
          Stream.concat(
                  inFront.stream().map(Path::toString),
                  Stream.of(System.getProperty("java.class.path")))
              .collect(Collectors.joining(File.pathSeparator));
      Files.writeString(options, "-cp \"" + classPath.replace("\\", "\\\\") + "\"\n");
      List<String> command = new ArrayList<>();
      command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
      // Small and quickly up: two cores carry all of them at once.
      command.addAll(List.of("-Xmx" + heap, "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1"));
      command.add("-Dlogback.configurationFile=logback-faults.xml");
      command.add("@" + options);
      command.add(ChildMain.class.getName());
      command.add(mainClass);
      command.addAll(arguments);
      process =
          new ProcessBuilder(command)
              .redirectErrorStream(true)
              .redirectOutput(ProcessBuilder.Redirect.appendTo(log.file().toFile()))
              .start();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  boolean isAlive() {
    return process != null && process.isAlive();
  }

  /** kill -9; returns the exit code once it is gone. */
  int kill() {
    process.destroyForcibly();
    return exitCode();
  }

  /** SIGTERM; returns the exit code once it is gone. */
  int terminate() {
    // Not destroy(): that closes the pipe that ChildMain watches, too.
    signal("TERM");
    return exitCode();
  }

  /** SIGSTOP. */
  void freeze() {
    signal("STOP");
  }

  /** SIGCONT. */
  void thaw() {
    signal("CONT");
  }

  private int exitCode() {
    Await.until("process " + process.pid() + " is gone", GONE_WITHIN, () -> !process.isAlive());
    return process.exitValue();
  }

  private void signal(String name) {
    try {
      Process kill =
          new ProcessBuilder("kill", "-" + name, Long.toString(process.pid())).inheritIO().start();
      if (kill.waitFor() != 0) {
        throw new IllegalStateException("SIG" + name + " could not be sent");
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }
}

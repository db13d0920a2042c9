package io.paidonce.localstack;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** What the child processes of both servers have in common: a log file, and an end. */
final class ChildProcess {
  private static final Duration DEATH_LIMIT = Duration.ofSeconds(10);

  private ChildProcess() {}

  /** Kills (-9) a child of ours and returns once it is gone: its ports and locks are free then. */
  static void destroy(Process process) {
    process.destroyForcibly();
    Await.until(
        DEATH_LIMIT,
        () -> "Process " + process.pid() + " is still there after kill -9",
        () -> !process.isAlive());
  }

  /**
   * Tells whether a process of PostgreSQL, whoever its parent is, still runs. One that has ended
   * and waits to be noticed by its parent does not: in a container, the adoptive parent may never
   * look. (Of a process with threads, like a JVM, this would tell the end of its first thread
   * only.)
   */
  static boolean isRunning(ProcessHandle process) {
    return process.isAlive() && !isZombie(process.pid());
  }

  private static boolean isZombie(long pid) {
    try {
      // The state follows the name in parentheses: "42 (postgres) Z 1 ..."
      String stat = Files.readString(Path.of("/proc/" + pid + "/stat"), Platform.CHARSET);
      return stat.startsWith(") Z ", stat.lastIndexOf(')'));
    } catch (IOException notLinuxOrGone) {
      return false;
    }
  }

  /**
   * Runs a command to its end.
   *
   * @throws LocalStackException with the end of its output when it fails or exceeds the limit
   */
  static void run(List<String> command, Log log, Duration limit) {
    String name = Path.of(command.get(0)).getFileName().toString();
    try {
      Process process = log.collect(new ProcessBuilder(command)).start();
      process.getOutputStream().close();
      if (!process.waitFor(limit.toMillis(), TimeUnit.MILLISECONDS)) {
        destroy(process);
        throw new LocalStackException(
            name + " did not end within " + limit.toSeconds() + " s; " + log.tail());
      }
      if (process.exitValue() != 0) {
        throw new LocalStackException(
            name + " failed with code " + process.exitValue() + "; " + log.tail());
      }
    } catch (IOException e) {
      throw new LocalStackException(name + " can't be run: " + e.getMessage(), e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new LocalStackException("Interrupted while running " + name, e);
    }
  }

  /** A file that collects what processes print; appended to, so a restart's story stays whole. */
  record Log(Path file) {
    private static final int TAIL_LINES = 15;

    ProcessBuilder collect(ProcessBuilder builder) {
      return builder
          .redirectErrorStream(true)
          .redirectOutput(ProcessBuilder.Redirect.appendTo(file.toFile()));
    }

    /** Begins anew; what an earlier start printed is dropped, so the file can't grow for ever. */
    void clear() {
      try {
        Files.writeString(file, "");
      } catch (IOException e) {
        throw new LocalStackException("Log " + file + " can't be written: " + e.getMessage(), e);
      }
    }

    /** Returns the last lines, introduced by the file's path. */
    String tail() {
      try {
        // Windows prints in the system's encoding; a strange letter must not hide the reason.
        String text = new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1);
        List<String> lines = text.lines().toList();
        List<String> last = lines.subList(Math.max(0, lines.size() - TAIL_LINES), lines.size());
        return file + " ends:\n" + String.join("\n", last);
      } catch (IOException e) {
        return file + " can't be read: " + e.getMessage();
      }
    }
  }
}

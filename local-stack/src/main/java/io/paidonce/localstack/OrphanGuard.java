package io.paidonce.localstack;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

/**
 * A tiny shell that waits at the end of a pipe. A word through it dismisses the guard; the pipe
 * closing without one means that this JVM died, and the guard stops the server. (Linux could signal
 * the death of a parent, but means the thread that started the child.) Windows has no such shell:
 * there the next start stops the orphan.
 */
final class OrphanGuard {
  // A Ctrl-C reaches the guard too; it outlives that, for the sake of the server. The file still
  // naming the process is what tells it from a later one with the same id.
  private static final String SCRIPT =
      """
      trap '' INT HUP TERM
      if read -r dismissed; then exit 0; fi
      names() { [ "$(head -n 1 "$2" 2>/dev/null)" = "$1" ]; }
      names "$1" "$2" || exit 0
      kill -CONT "$1"; kill -INT "$1"
      for second in 1 2 3 4 5 6 7 8 9 10; do
        kill -0 "$1" || exit 0
        sleep 1
      done
      names "$1" "$2" && kill -QUIT "$1"
      """;

  private final Process shell;

  private OrphanGuard(Process shell) {
    this.shell = shell;
  }

  static OrphanGuard over(long pid, Path pidFile) {
    try {
      return new OrphanGuard(
          new ProcessBuilder(
                  "sh", "-c", SCRIPT, "paidonce-guard", Long.toString(pid), pidFile.toString())
              .redirectOutput(ProcessBuilder.Redirect.DISCARD)
              .redirectError(ProcessBuilder.Redirect.DISCARD)
              .start());
    } catch (IOException e) {
      throw new LocalStackException("The shell 'sh' can't be run: " + e.getMessage(), e);
    }
  }

  void dismiss() {
    try (var pipe = shell.getOutputStream()) {
      pipe.write("dismissed\n".getBytes(StandardCharsets.US_ASCII));
    } catch (IOException alreadyGone) {
      // It watches nothing any more.
    }
  }
}

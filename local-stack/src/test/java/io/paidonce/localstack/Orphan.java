package io.paidonce.localstack;

import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;

/** A server whose JVM was killed (-9) right after starting it. */
record Orphan(long pid) {

  static Orphan of(Class<?> server, Path dir) throws Exception {
    Process parent =
        new ProcessBuilder(
                List.of(
                    Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                    "-cp",
                    System.getProperty("java.class.path"),
                    Orphan.class.getName(),
                    server.getSimpleName(),
                    dir.toString()))
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    try (BufferedReader out =
        new BufferedReader(
            new InputStreamReader(parent.getInputStream(), StandardCharsets.UTF_8))) {
      String line;
      do {
        line = out.readLine();
        if (line == null) {
          throw new IllegalStateException("The parent ended without starting its server");
        }
      } while (!line.startsWith("pid "));
      return new Orphan(Long.parseLong(line.substring(4)));
    } finally {
      parent.destroyForcibly().waitFor();
    }
  }

  boolean isGone() {
    return ProcessHandle.of(pid).filter(ChildProcess::isRunning).isEmpty();
  }

  public static void main(String[] args) throws Exception {
    Path dir = Path.of(args[1]);
    long pid =
        args[0].equals("LocalKafka")
            ? LocalKafka.startProcess(dir).pid()
            : LocalPostgres.start(dir).pid();
    System.out.println("pid " + pid);
    Thread.currentThread().join();
  }
}

package io.paidonce.benchmarks.process;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** The parent's end of a JVM with this one's class path. */
public final class ChildJvm implements AutoCloseable {

  private static final int TAIL_LINES = 20;
  private static final long END_WITHIN_SECONDS = 30;

  private final String name;
  private final Path log;
  private final Process process;
  private final BufferedReader from;
  private final Writer to;

  private ChildJvm(String name, Path log, Process process) {
    this.name = name;
    this.log = log;
    this.process = process;
    this.from = process.inputReader(UTF_8);
    this.to = process.outputWriter(UTF_8);
  }

  /**
   * Starts a JVM; what it logs is in {@code directory/name.log}.
   *
   * @param options of the JVM
   * @param arguments of the main class
   */
  public static ChildJvm start(
      String name, Class<?> main, List<String> options, List<String> arguments, Path directory) {
    Path log = directory.resolve(name + ".log");
    Path classPath = directory.resolve(name + ".args");
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(options);
    command.add("@" + classPath);
    command.add(main.getName());
    command.addAll(arguments);
    try {
      // Class paths outgrow the longest command line that some systems take.
      String path = System.getProperty("java.class.path").replace("\\", "\\\\");
      Files.writeString(classPath, "-cp \"" + path + "\"" + System.lineSeparator());
      File output = log.toFile();
      return new ChildJvm(name, log, new ProcessBuilder(command).redirectError(output).start());
    } catch (IOException e) {
      throw new UncheckedIOException("the process of " + name + " can't be started", e);
    }
  }

  public ProcessHandle handle() {
    return process.toHandle();
  }

  /** Says a line and returns the answer. */
  public String ask(String line) {
    try {
      to.write(line + "\n");
      to.flush();
    } catch (IOException e) {
      throw failure(e);
    }
    return answer();
  }

  /** The next line that it says. */
  public String answer() {
    try {
      String line = from.readLine();
      if (line == null) {
        throw failure(null);
      }
      return line;
    } catch (IOException e) {
      throw failure(e);
    }
  }

  private IllegalStateException failure(@org.jspecify.annotations.Nullable IOException cause) {
    return new IllegalStateException(
        "the process of " + name + " ended; its log ends:\n" + tail(), cause);
  }

  private String tail() {
    try {
      List<String> lines = Files.readAllLines(log);
      return String.join("\n", lines.subList(Math.max(0, lines.size() - TAIL_LINES), lines.size()));
    } catch (IOException e) {
      return "(" + log + " can't be read)";
    }
  }

  /** Closes the pipe, which is the word to stop, and kills it if it does not. */
  @Override
  public void close() {
    try {
      to.close();
    } catch (IOException alreadyGone) {
      // It is on its way out.
    }
    try {
      if (!process.waitFor(END_WITHIN_SECONDS, TimeUnit.SECONDS)) {
        process.destroyForcibly().waitFor();
      }
    } catch (InterruptedException e) {
      process.destroyForcibly();
      Thread.currentThread().interrupt();
    }
  }
}

package io.paidonce.reconciler.diff;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedOutputStream;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.List;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;

/**
 * Another build in a process of its own, so that neither sees a class of the other. It needs to
 * offer {@code fold}; nothing of it is built or changed.
 */
public final class ChildBuild implements Build {

  private static final int LAST_WORDS = 12;
  private static final int LONGEST_WORDS = 2_000;
  private static final byte[] END_OF_LINE = {'\n'};

  private final String name;
  private final Process process;
  private final OutputStream to;
  private final Lines from;
  private final ArrayDeque<String> lastWords = new ArrayDeque<>();
  private final Thread listener;

  private ChildBuild(String name, Process process) {
    this.name = name;
    this.process = process;
    this.to = new BufferedOutputStream(process.getOutputStream(), 1 << 16);
    this.from = new Lines(process.getInputStream());
    this.listener = new Thread(this::listen, "other-build-complaints");
    listener.setDaemon(true);
    listener.start();
  }

  /**
   * Starts it.
   *
   * @param build a folder of a distribution or of a built checkout, or its launcher.jar
   * @throws IllegalArgumentException if there is no build
   */
  public static ChildBuild start(Path build) throws IOException {
    Path jar = jar(build);
    List<String> command =
        List.of(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-Xmx" + Math.max(64, Runtime.getRuntime().maxMemory() >> 20) + "m",
            "-XX:+UseSerialGC",
            "-Dfile.encoding=UTF-8",
            "-cp",
            jar.toString(),
            "io.paidonce.launcher.Launcher",
            "fold");
    return new ChildBuild("the build at " + build, new ProcessBuilder(command).start());
  }

  /** Where the build's launcher is. */
  static Path jar(Path build) {
    for (Path each :
        List.of(
            build,
            build.resolve("launcher.jar"),
            build.resolve("launcher").resolve("target").resolve("launcher.jar"))) {
      if (Files.isRegularFile(each)) {
        return each.toAbsolutePath();
      }
    }
    throw new IllegalArgumentException(
        "there is no build at "
            + build
            + ": neither launcher.jar nor launcher/target/launcher.jar is there");
  }

  @Override
  public void meet() throws IOException {
    byte[] hello = from.next();
    if (hello == null) {
      throw new IOException(
          name
              + " does not offer `fold`, version "
              + FoldServer.PROTOCOL
              + ", by which two builds are compared; it says: "
              + lastWords());
    }
    Protocol.requireFold(hello, name);
  }

  @Override
  public void tell(ConsumerRecord<byte[], byte[]> record) throws IOException {
    to.write(TrafficLine.of(record));
  }

  @Override
  public void forget(TopicPartition of, @Nullable String key) throws IOException {
    to.write(TrafficLine.forget(of, key));
  }

  @Override
  public void flush() throws IOException {
    to.write(END_OF_LINE);
    to.flush();
  }

  @Override
  public void finish() throws IOException {
    to.close();
  }

  @Override
  public byte[] answer() throws IOException {
    byte[] line = from.next();
    if (line == null) {
      throw new IOException(name + " ended before it had answered all; it says: " + lastWords());
    }
    return line;
  }

  @Override
  public void end() throws IOException {
    if (from.next() != null) {
      throw new IOException(name + " says more than it was asked");
    }
  }

  private void listen() {
    try (BufferedReader complaints =
        new BufferedReader(new InputStreamReader(process.getErrorStream(), UTF_8))) {
      String line;
      while ((line = complaints.readLine()) != null) {
        synchronized (lastWords) {
          if (lastWords.size() == LAST_WORDS) {
            lastWords.removeFirst();
          }
          lastWords.addLast(line);
        }
      }
    } catch (IOException e) {
      // It was ended; what it said by then is kept.
    }
  }

  private String lastWords() {
    try {
      listener.join(2_000);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    synchronized (lastWords) {
      String words = String.join("\n  ", lastWords);
      return words.isEmpty()
          ? "nothing"
          : words.substring(0, Math.min(LONGEST_WORDS, words.length()));
    }
  }

  @Override
  public void close() {
    process.destroyForcibly();
  }
}

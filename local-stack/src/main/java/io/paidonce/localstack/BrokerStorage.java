package io.paidonce.localstack;

import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.List;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.metadata.storage.Formatter;
import org.apache.kafka.server.common.MetadataVersion;

/** The broker's log directory, formatted once with the latest stable features. */
final class BrokerStorage {
  private static final Duration ORPHAN_LIMIT = Duration.ofSeconds(20);

  private BrokerStorage() {}

  /**
   * Waits for the broker of a JVM that was killed a moment ago to let go of the directory.
   *
   * @throws LocalStackException if it never does
   */
  static void awaitUnlocked(Path logDirectory) {
    Path lock = logDirectory.resolve(".lock");
    Await.until(
        ORPHAN_LIMIT,
        () -> "Another Kafka broker is running in " + logDirectory + " and holds " + lock,
        () -> !Files.exists(lock) || isFree(lock));
  }

  private static boolean isFree(Path lock) {
    try (FileChannel channel = FileChannel.open(lock, StandardOpenOption.WRITE);
        FileLock held = channel.tryLock()) {
      return held != null;
    } catch (OverlappingFileLockException heldByThisJvm) {
      return false;
    } catch (IOException e) {
      throw new LocalStackException("Kafka's lock %s can't be read: %s".formatted(lock, e), e);
    }
  }

  /** Formats the directory unless it already is; records of an earlier start are kept. */
  static void formatIfNew(Path logDirectory) {
    // Kafka writes this file last, so a format that was cut short is simply done again.
    if (Files.exists(logDirectory.resolve("meta.properties"))) {
      return;
    }
    try {
      Files.createDirectories(logDirectory);
      format(logDirectory.toString());
    } catch (Exception e) { // Formatter.run declares no less
      throw new LocalStackException(
          "Kafka's log directory %s can't be formatted: %s".formatted(logDirectory, e.getMessage()),
          e);
    }
  }

  private static void format(String logDirectory) throws Exception {
    new Formatter()
        .setPrintStream(
            new PrintStream(OutputStream.nullOutputStream(), false, StandardCharsets.UTF_8))
        .setNodeId(BrokerSettings.NODE_ID)
        .setClusterId(Uuid.randomUuid().toString())
        .setDirectories(List.of(logDirectory))
        .setMetadataLogDirectory(logDirectory)
        .setControllerListenerName(BrokerSettings.CONTROLLER_LISTENER)
        .setReleaseVersion(MetadataVersion.latestProduction())
        .run();
  }
}

package io.paidonce.localstack;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * One server's directory, locked for this JVM. The lock file is also the sign that the directory is
 * ours: what something else wrote is never touched. The system drops the lock when the JVM dies, so
 * whoever holds it knows that a server still running in there is an orphan.
 */
final class DataDirectory implements AutoCloseable {
  private final Path path;
  private final FileChannel channel;

  private DataDirectory(Path path, FileChannel channel) {
    this.path = path;
    this.channel = channel;
  }

  /**
   * Creates the directory if it is missing, and locks it.
   *
   * @param server "kafka" or "postgres"; part of the lock file's name
   */
  static DataDirectory open(Path directory, String server) {
    Path path = directory.toAbsolutePath().normalize();
    try {
      Files.createDirectories(path);
      Path marker = path.resolve(".paidonce-" + server + ".lock");
      if (!Files.exists(marker) && !isEmpty(path)) {
        throw new LocalStackException(
            "Data directory %s is not empty and was not written by PaidOnce's local %s; choose an empty or a new directory"
                .formatted(path, server));
      }
      return new DataDirectory(path, lock(path, marker));
    } catch (IOException e) {
      throw new LocalStackException(
          "Data directory %s can't be created, read and written: %s".formatted(path, reason(e)), e);
    }
  }

  Path path() {
    return path;
  }

  Path resolve(String name) {
    return path.resolve(name);
  }

  @Override
  public void close() {
    try {
      channel.close();
    } catch (IOException e) {
      throw new LocalStackException("Lock of data directory " + path + " can't be released", e);
    }
  }

  private static boolean isEmpty(Path path) throws IOException {
    if (!Files.isDirectory(path)) {
      throw new NotDirectoryException(path.toString());
    }
    try (Stream<Path> entries = Files.list(path)) {
      return entries.findAny().isEmpty();
    }
  }

  private static FileChannel lock(Path path, Path marker) throws IOException {
    FileChannel channel =
        FileChannel.open(marker, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
    if (tryLock(channel) == null) {
      channel.close();
      throw new LocalStackException(
          "Data directory %s is in use by a running local stack; close that one or choose another directory"
              .formatted(path));
    }
    return channel;
  }

  private static @Nullable FileLock tryLock(FileChannel channel) throws IOException {
    try {
      return channel.tryLock();
    } catch (OverlappingFileLockException heldByThisJvm) {
      return null;
    }
  }

  /** Java's file exceptions often have a path for a message, and their kind only in their name. */
  private static String reason(IOException e) {
    return e.getClass().getSimpleName() + ": " + e.getMessage();
  }
}

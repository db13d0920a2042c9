package io.paidonce.localstack;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** A directory that is deleted when asked, and at the latest when the JVM ends orderly. */
final class TemporaryDirectory {
  private final Path path;
  private final Thread hook = new Thread(this::deleteOnce, "temporary-stack-deletion");
  private @Nullable Runnable beforeDeletion;
  private boolean deleted;

  private TemporaryDirectory(Path path) {
    this.path = path;
  }

  static TemporaryDirectory create() {
    try {
      Path path = Files.createTempDirectory("paidonce-");
      if (PostgresAccount.detect().isForeign()) {
        // Another account has to pass through to its own directory below.
        Files.setPosixFilePermissions(path, TxzArchive.permissions(0711));
      }
      TemporaryDirectory directory = new TemporaryDirectory(path);
      Runtime.getRuntime().addShutdownHook(directory.hook);
      return directory;
    } catch (IOException e) {
      throw new LocalStackException("A temporary directory can't be made: " + e, e);
    }
  }

  Path path() {
    return path;
  }

  /** Sets what has to end before the files can go. */
  synchronized void beforeDeletion(Runnable task) {
    beforeDeletion = task;
  }

  void delete() {
    deleteOnce();
    try {
      Runtime.getRuntime().removeShutdownHook(hook);
    } catch (IllegalStateException shuttingDown) {
      // The hook finds nothing left to do.
    }
  }

  private synchronized void deleteOnce() {
    if (deleted) {
      return;
    }
    deleted = true;
    if (beforeDeletion != null) {
      beforeDeletion.run();
    }
    try {
      Deletion.ofTree(path);
    } catch (IOException e) {
      throw new UncheckedIOException("Temporary directory " + path + " can't be deleted", e);
    }
  }
}

package io.paidonce.localstack;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * A server left in a data directory by a JVM that is no more. The caller holds the directory's
 * lock, so nobody alive owns it: it is stopped. Process ids are given out again, so one that now
 * belongs to another program only means that the file is stale.
 */
final class StalePostmaster {
  private static final Duration END_LIMIT = Duration.ofSeconds(20);

  private StalePostmaster() {}

  /**
   * Makes the directory free to start in.
   *
   * @param stop stops the server of the directory orderly, and may fail
   * @throws LocalStackException if a server may be running there and can't be stopped
   */
  static void clear(Path data, Consumer<ProcessHandle> stop) {
    PostmasterFile file = PostmasterFile.of(data);
    Optional<ProcessHandle> process = file.pid().flatMap(ProcessHandle::of);
    if (process.isEmpty()) {
      return; // PostgreSQL itself takes over the file of one that is gone
    }
    ProcessHandle postmaster = process.get();
    if (isServerOf(data, postmaster)) {
      end(postmaster, stop);
    } else if (!ChildProcess.isRunning(postmaster) || postmaster.info().command().isPresent()) {
      delete(file.path());
    } else {
      throw new LocalStackException(
          "PostgreSQL may still be running as process %d, which belongs to another user; stop it, or if it is something else, delete %s"
              .formatted(postmaster.pid(), file.path()));
    }
  }

  /** The postmaster's command line names its data directory; its children's do not. */
  private static boolean isServerOf(Path data, ProcessHandle process) {
    return Arrays.asList(process.info().arguments().orElse(new String[0]))
        .contains(data.toString());
  }

  private static void end(ProcessHandle postmaster, Consumer<ProcessHandle> stop) {
    // It may be on its way out already: its guard saw the old JVM die.
    if (!Await.within(Duration.ofSeconds(1), () -> !ChildProcess.isRunning(postmaster))) {
      stop.accept(postmaster);
    }
    Await.until(
        END_LIMIT,
        () -> "PostgreSQL of an earlier start, process " + postmaster.pid() + ", can't be stopped",
        () -> !ChildProcess.isRunning(postmaster));
  }

  private static void delete(Path file) {
    try {
      Files.deleteIfExists(file);
    } catch (IOException e) {
      throw new LocalStackException("Stale file " + file + " can't be deleted: " + e, e);
    }
  }
}

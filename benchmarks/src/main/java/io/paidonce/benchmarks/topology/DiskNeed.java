package io.paidonce.benchmarks.topology;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Free disk that a run needs at its fullest. Looked at before: a disk that is full in the middle
 * takes the broker down, and what else writes to it.
 */
record DiskNeed(long bytes) {

  // Measured: 40 in the topic, 510 in RocksDB, which may hold it twice while it merges.
  private static final long BYTES_A_KEY = 1_200;
  // Measured: some 5,000 in all topics and stores.
  private static final long BYTES_AN_ORDER = 10_000;
  private static final long BYTES_ANYWAY = 500L << 20;

  static DiskNeed of(MemorySettings settings) {
    return new DiskNeed(
        BYTES_ANYWAY + settings.remembered() * BYTES_A_KEY + settings.orders() * BYTES_AN_ORDER);
  }

  long mib() {
    return bytes >> 20;
  }

  /** Throws IllegalArgumentException if the disk below a directory has less. */
  void require(Path directory) throws IOException {
    Files.createDirectories(directory);
    require(directory, Files.getFileStore(directory).getUsableSpace());
  }

  void require(Path directory, long usable) {
    if (usable < bytes) {
      throw new IllegalArgumentException(
          directory
              + " has "
              + (usable >> 20)
              + " MiB of free disk; this run needs "
              + mib()
              + " MiB: make room, or ask for fewer with --remembered");
    }
  }
}

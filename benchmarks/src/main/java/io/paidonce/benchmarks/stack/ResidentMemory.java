package io.paidonce.benchmarks.stack;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.OptionalLong;

/**
 * Memory that a process has, heap and RocksDB together: what a container's limit is held against.
 */
public final class ResidentMemory {

  private static final String FIELD = "VmRSS:";
  private static final int KIB_A_MIB = 1024;

  private ResidentMemory() {}

  /** In MiB; empty where the system does not tell. */
  public static OptionalLong mibOf(ProcessHandle process) {
    Path status = Path.of("/proc", Long.toString(process.pid()), "status");
    try {
      return Files.isReadable(status) ? mibIn(Files.readAllLines(status)) : OptionalLong.empty();
    } catch (IOException ended) {
      return OptionalLong.empty();
    }
  }

  /** Reads Linux's {@code VmRSS: 262144 kB}. */
  static OptionalLong mibIn(List<String> status) {
    return status.stream()
        .filter(line -> line.startsWith(FIELD))
        .map(line -> line.substring(FIELD.length()).strip().split(" ", -1)[0])
        .mapToLong(kib -> Long.parseLong(kib) / KIB_A_MIB)
        .findFirst();
  }
}

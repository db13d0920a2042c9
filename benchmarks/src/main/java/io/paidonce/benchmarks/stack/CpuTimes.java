package io.paidonce.benchmarks.stack;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Stream;

/**
 * CPU time used so far.
 *
 * @param microsByProcess with the children that a process has now
 * @param microsByThread of one process, by the threads' names without numbers; empty where the
 *     system does not tell
 */
public record CpuTimes(Map<String, Long> microsByProcess, Map<String, Long> microsByThread) {

  // What Linux counts in, for programs: a hundredth of a second.
  private static final long TICK_MICROS = 10_000;
  private static final int USER_TICKS = 11;
  private static final int SYSTEM_TICKS = 12;

  /**
   * Looks at processes.
   *
   * @param inDetail the one whose threads are looked at
   */
  public static CpuTimes now(Map<String, ProcessHandle> processes, ProcessHandle inDetail) {
    Map<String, Long> byProcess = new LinkedHashMap<>();
    processes.forEach(
        (name, process) ->
            byProcess.put(
                name,
                Stream.concat(Stream.of(process), process.descendants())
                    .mapToLong(CpuTimes::micros)
                    .sum()));
    return new CpuTimes(byProcess, threads(inDetail.pid()));
  }

  /** What was used between two looks, of a process or a thread that is in both. */
  public CpuTimes since(CpuTimes before) {
    return new CpuTimes(
        difference(microsByProcess, before.microsByProcess),
        difference(microsByThread, before.microsByThread));
  }

  private static Map<String, Long> difference(Map<String, Long> after, Map<String, Long> before) {
    Map<String, Long> difference = new LinkedHashMap<>();
    after.forEach((name, micros) -> difference.put(name, micros - before.getOrDefault(name, 0L)));
    return difference;
  }

  private static long micros(ProcessHandle process) {
    return process.info().totalCpuDuration().orElse(Duration.ZERO).toNanos() / 1_000;
  }

  private static Map<String, Long> threads(long pid) {
    Map<String, Long> byName = new HashMap<>();
    Path tasks = Path.of("/proc", Long.toString(pid), "task");
    if (!Files.isDirectory(tasks)) {
      return byName;
    }
    try (DirectoryStream<Path> threads = Files.newDirectoryStream(tasks)) {
      for (Path thread : threads) {
        add(thread, byName);
      }
    } catch (IOException e) {
      return Map.of();
    }
    return byName;
  }

  private static void add(Path thread, Map<String, Long> byName) {
    try {
      // The fields follow the name in parentheses: "42 (a name) S 1 ..."
      String stat = Files.readString(thread.resolve("stat"));
      int nameEnd = stat.lastIndexOf(')');
      String name = stat.substring(stat.indexOf('(') + 1, nameEnd).replaceAll("[-#]?\\d+$", "");
      String[] fields = stat.substring(nameEnd + 2).split(" ", -1);
      long ticks = Long.parseLong(fields[USER_TICKS]) + Long.parseLong(fields[SYSTEM_TICKS]);
      byName.merge(name, ticks * TICK_MICROS, Long::sum);
    } catch (IOException ended) {
      // A thread that has ended meanwhile used little.
    }
  }
}

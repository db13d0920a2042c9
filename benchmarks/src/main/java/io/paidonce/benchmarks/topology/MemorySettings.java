package io.paidonce.benchmarks.topology;

import java.nio.file.Path;
import java.util.List;

/**
 * How a run is made. Two parts, with few and with many identities remembered, each with a half of
 * the orders.
 *
 * @param remembered identities that are added between the parts
 * @param warmUp notifications of a part before any is counted: Java compiles what runs often
 * @param notifications that a window counts at least
 * @param windows of a part
 * @param flush whether each append is forced to disk, as the topics are shipped
 * @param directory where a run's data is, for as long as it runs
 * @param javaOptions of the topology's JVM
 */
public record MemorySettings(
    int remembered,
    int warmUp,
    int notifications,
    int windows,
    boolean flush,
    Path directory,
    List<String> javaOptions) {

  private static final int MOST_REMEMBERED = 100_000_000;
  private static final int MOST = 1_000_000;
  private static final int MOST_WINDOWS = 99;

  /** Throws IllegalArgumentException naming the option. */
  public MemorySettings {
    require("--remembered", remembered, MOST_REMEMBERED);
    require("--warm-up", warmUp, MOST);
    require("--notifications", notifications, MOST);
    require("--windows", windows, MOST_WINDOWS);
    javaOptions = List.copyOf(javaOptions);
  }

  private static void require(String option, int value, int most) {
    if (value < 1 || value > most) {
      throw new IllegalArgumentException(option + " must be 1 to " + most);
    }
  }

  /** Orders of a part. */
  int half() {
    return warmUp + windows * notifications + tail();
  }

  /**
   * Orders at the end of a part that are not watched: while the last ones are paid, intake has
   * nothing left to do, and they would look cheap.
   */
  int tail() {
    return Math.max(1, notifications / 2);
  }

  int orders() {
    return 2 * half();
  }

  /** Identities when the first part's windows begin: each order's command, and the warm-up's. */
  int few() {
    return orders() + warmUp;
  }

  /** Identities when the second part's windows begin. */
  int many() {
    return few() + half() + remembered;
  }
}

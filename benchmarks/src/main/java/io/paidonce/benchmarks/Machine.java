package io.paidonce.benchmarks;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;

/**
 * Where it was measured.
 *
 * @param cores that Java sees
 * @param memoryMib of the machine or container
 * @param cpu its model, where the system tells
 * @param java version and vendor
 * @param system the operating system
 * @param verificationsPerSecond RSA-2048 signatures that one core verifies a second, see {@link
 *     CoreSpeed}
 */
public record Machine(
    int cores,
    long memoryMib,
    String cpu,
    String java,
    String system,
    long verificationsPerSecond) {

  /** Looks, and measures the speed of a core, which takes a second. */
  public static Machine here() {
    long bytes =
        ManagementFactory.getPlatformMXBean(com.sun.management.OperatingSystemMXBean.class)
            .getTotalMemorySize();
    return new Machine(
        Runtime.getRuntime().availableProcessors(),
        bytes >> 20,
        cpuModel(),
        System.getProperty("java.vm.version") + ", " + System.getProperty("java.vm.vendor"),
        System.getProperty("os.name") + " " + System.getProperty("os.version"),
        CoreSpeed.verificationsPerSecond());
  }

  private static String cpuModel() {
    try (Stream<String> lines = Files.lines(Path.of("/proc/cpuinfo"))) {
      return lines
          .filter(line -> line.startsWith("model name"))
          .map(line -> line.substring(line.indexOf(':') + 1).strip())
          .findFirst()
          .orElse(System.getProperty("os.arch"));
    } catch (IOException e) {
      return System.getProperty("os.arch");
    }
  }

  @Override
  public String toString() {
    return cores
        + " cores ("
        + cpu
        + "), "
        + memoryMib
        + " MiB, "
        + system
        + ", Java "
        + java
        + "; now "
        + verificationsPerSecond
        + " RSA-2048 verifications a second on one core";
  }
}

package io.paidonce.localstack;

import java.nio.charset.Charset;
import java.util.Locale;

/** The system we run on, in the words of the PostgreSQL artifacts. */
final class Platform {
  /** What the system's own commands print in; their output is only ever shown to people. */
  static final Charset CHARSET = Charset.defaultCharset();

  private Platform() {}

  static boolean isWindows() {
    return os().equals("windows");
  }

  /**
   * Returns the name of the archive inside the artifact, such as {@code postgres-linux-x86_64.txz}.
   */
  static String postgresArchive() {
    String machine =
        switch (System.getProperty("os.arch").toLowerCase(Locale.ROOT)) {
          case "amd64", "x86_64" -> "x86_64";
          case "aarch64", "arm64" -> "arm_64";
          default -> System.getProperty("os.arch");
        };
    return "postgres-" + os() + "-" + machine + ".txz";
  }

  private static String os() {
    String name = System.getProperty("os.name").toLowerCase(Locale.ROOT);
    if (name.startsWith("windows")) {
      return "windows";
    }
    return name.startsWith("mac") ? "darwin" : name;
  }
}

package io.paidonce.launcher;

import java.nio.file.Path;

/**
 * The repository's root, where {@code .paidonce} keeps what a run leaves behind.
 *
 * @param root told by the script
 */
record Home(Path root) {

  static Home find() {
    return new Home(Path.of(System.getProperty("paidonce.root", "")).toAbsolutePath());
  }

  /** What the running quickstart shares with the other commands. */
  Path quickstart() {
    return root.resolve(".paidonce").resolve("quickstart");
  }

  /** Where a benchmark's data is while it runs, and its page afterwards. */
  Path bench() {
    return root.resolve(".paidonce").resolve("bench");
  }
}

package io.paidonce.launcher.config;

import java.nio.file.Path;
import java.util.List;

/**
 * The configuration can't be used. Its message lists every problem, one a line, each with its
 * place.
 */
public final class InvalidConfigException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  private final List<String> problems;

  public InvalidConfigException(Path file, List<String> problems) {
    super(describe(file, problems));
    this.problems = List.copyOf(problems);
  }

  /** One sentence each, with the place in the configuration. */
  public List<String> problems() {
    return problems;
  }

  private static String describe(Path file, List<String> problems) {
    String count = problems.size() == 1 ? "1 problem" : problems.size() + " problems";
    return file + ": " + count + "; nothing was started\n  " + String.join("\n  ", problems);
  }
}

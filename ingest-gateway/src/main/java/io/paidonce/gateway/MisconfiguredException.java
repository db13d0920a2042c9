package io.paidonce.gateway;

import java.util.List;

/** The gateway refuses to start; holds every problem of its configuration, not only the first. */
public final class MisconfiguredException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  private final List<String> problems;

  MisconfiguredException(List<String> problems) {
    super("The gateway can't start:\n  " + String.join("\n  ", problems));
    this.problems = List.copyOf(problems);
  }

  MisconfiguredException(String problem, Throwable cause) {
    super("The gateway can't start:\n  " + problem, cause);
    this.problems = List.of(problem);
  }

  /** One sentence each, with the place in the configuration. */
  public List<String> problems() {
    return problems;
  }
}

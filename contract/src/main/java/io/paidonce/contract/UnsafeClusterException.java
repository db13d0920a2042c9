package io.paidonce.contract;

import java.util.List;

/** A role refuses to run where its promises would not hold; holds every problem, not the first. */
public final class UnsafeClusterException extends IllegalStateException {

  private static final long serialVersionUID = 1L;

  private final List<String> problems;

  /**
   * @param problems one sentence each, with the setting and the fix
   */
  public UnsafeClusterException(List<String> problems) {
    super("Kafka or PostgreSQL is set unsafely:\n  - " + String.join("\n  - ", problems));
    this.problems = List.copyOf(problems);
  }

  public List<String> problems() {
    return problems;
  }
}

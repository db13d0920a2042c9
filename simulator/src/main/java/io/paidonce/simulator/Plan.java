package io.paidonce.simulator;

import java.time.Duration;
import java.util.Comparator;
import java.util.List;

/**
 * What will happen, in the order of time.
 *
 * @param seed makes the same plan again
 */
public record Plan(long seed, List<Step> steps) {

  public Plan {
    steps = steps.stream().sorted(Comparator.comparing(Step::at)).toList();
  }

  /** When the last step starts. */
  public Duration length() {
    return steps.isEmpty() ? Duration.ZERO : steps.get(steps.size() - 1).at();
  }
}

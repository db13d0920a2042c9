package io.paidonce.benchmarks.load;

import java.util.SplittableRandom;

/** Which callback is sent next: a new one, or one of those sent before. */
final class Script {

  private final int count;
  private final int repeatedPerMille;
  private final SplittableRandom random;
  private int next;

  /**
   * @param count how many callbacks there are
   * @param repeatedPerMille which share of all requests repeats one
   */
  Script(int count, int repeatedPerMille, SplittableRandom random) {
    this.count = count;
    this.repeatedPerMille = repeatedPerMille;
    this.random = random;
  }

  /** Whether no new callback is left. */
  boolean isOut() {
    return next == count;
  }

  Shot next(long dueNanos) {
    if (next > 0 && random.nextInt(1000) < repeatedPerMille) {
      return new Shot(random.nextInt(next), true, dueNanos);
    }
    return new Shot(next++, false, dueNanos);
  }
}

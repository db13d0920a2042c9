package io.paidonce.projector;

import io.paidonce.contract.ClusterCheck;
import io.paidonce.contract.KafkaSilentException;
import io.paidonce.contract.UnsafeClusterException;
import java.util.List;

/**
 * Lets the writer begin once the cluster has been found safe. A Kafka that is away at the start
 * does not keep the query API from what is stored already; it is judged when it answers.
 */
final class ClusterGate {

  private final ClusterCheck check;
  private boolean open;

  ClusterGate(ClusterCheck check) {
    this.check = check;
  }

  /** What is unsafe, as far as Kafka answers now. */
  List<String> problems() {
    try {
      List<String> problems = check.problems();
      open = problems.isEmpty();
      return problems;
    } catch (KafkaSilentException e) {
      return List.of();
    }
  }

  /**
   * Whether the writer may begin; asks while it may not.
   *
   * @throws UnsafeClusterException if the cluster is unsafe
   */
  boolean isOpen(Health health) {
    if (!open) {
      try {
        List<String> problems = check.problems();
        if (!problems.isEmpty()) {
          throw new UnsafeClusterException(problems);
        }
        open = true;
      } catch (KafkaSilentException e) {
        health.kafkaDown(String.valueOf(e.getMessage()));
      }
    }
    return open;
  }
}

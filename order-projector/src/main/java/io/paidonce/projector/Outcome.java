package io.paidonce.projector;

import java.util.List;

/** What became of a batch. */
sealed interface Outcome {

  /** Committed, but for these records. */
  record Applied(List<Refusal> refused) implements Outcome {}

  /** Another instance wrote one of the partitions; nothing was changed. */
  record Fenced() implements Outcome {}
}

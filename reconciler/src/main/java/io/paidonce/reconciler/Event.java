package io.paidonce.reconciler;

import io.paidonce.providers.Outcome;

/** What other threads tell the loop. */
sealed interface Event {

  /** A question came back. */
  record Came(Errand errand, Outcome outcome) implements Event {}

  /** A question could not be put. */
  record NotPut(Errand errand, RuntimeException why) implements Event {}

  /** What must stand in the log before the last record is there. */
  record Prepared(Outgoing outgoing) implements Event {}

  /** All of it is there. */
  record Stored(long ticket) implements Event {}

  /** Kafka did not take it. */
  record NotStored(Exception why) implements Event {}
}

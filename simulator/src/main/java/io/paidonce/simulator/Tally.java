package io.paidonce.simulator;

import io.paidonce.contract.CommandKind;
import java.util.concurrent.atomic.LongAdder;

/** Counts what happens while many threads play. */
final class Tally {
  private final LongAdder placed = new LongAdder();
  private final LongAdder cancelled = new LongAdder();
  private final LongAdder unconfirmed = new LongAdder();
  private final LongAdder sent = new LongAdder();
  private final LongAdder acknowledged = new LongAdder();
  private final LongAdder refused = new LongAdder();
  private final LongAdder declined = new LongAdder();
  private final LongAdder unanswered = new LongAdder();
  private final LongAdder unexpected = new LongAdder();
  private final LongAdder gaveUp = new LongAdder();

  void stored(CommandKind kind) {
    switch (kind) {
      case PLACE -> placed.increment();
      case CANCEL -> cancelled.increment();
      case SHIP, COMPLETE, RESOLVE -> {
        // No scenario asks for these yet.
      }
    }
  }

  void unconfirmed() {
    unconfirmed.increment();
  }

  void sent() {
    sent.increment();
  }

  void gaveUp() {
    gaveUp.increment();
  }

  void answered(Disguise disguise, Outcome outcome) {
    switch (outcome) {
      case OK -> (disguise.mustBeRefused() ? unexpected : acknowledged).increment();
      case NO -> (disguise.mustBeRefused() ? refused : declined).increment();
      case UNKNOWN -> unanswered.increment();
    }
  }

  SimulationResult result() {
    return new SimulationResult(
        placed.sum(),
        cancelled.sum(),
        unconfirmed.sum(),
        sent.sum(),
        acknowledged.sum(),
        refused.sum(),
        declined.sum(),
        unanswered.sum(),
        unexpected.sum(),
        gaveUp.sum());
  }
}

package io.paidonce.verifier;

import io.paidonce.contract.RecordCoordinates;

/** Finds notifications that were stored and then dropped in silence. */
final class Undisposed {

  private Undisposed() {}

  static void check(Facts facts, Findings findings) {
    for (Tally tally : facts.tallies()) {
      long undisposed = tally.undisposed();
      if (undisposed != 0) {
        findings.add(
            Fault.UNDISPOSED,
            Math.abs(undisposed),
            tally
                + ": its receipt counts "
                + (undisposed > 0
                    ? undisposed + " records too few"
                    : -undisposed + " records too many"));
      }
    }
    for (RecordCoordinates at : facts.unrecognised()) {
      findings.add(
          Fault.UNDISPOSED, at + " is of an unknown kind, and neither receipt nor dead letter");
    }
  }
}

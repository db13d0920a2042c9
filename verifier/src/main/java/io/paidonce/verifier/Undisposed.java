package io.paidonce.verifier;

import io.paidonce.contract.RecordCoordinates;

/** Finds notifications that were stored and then dropped in silence. */
final class Undisposed {

  private Undisposed() {}

  static void check(Facts facts, Findings findings) {
    for (TransactionFile file : facts.transactions()) {
      long undisposed = file.undisposed();
      if (undisposed != 0) {
        findings.add(
            Fault.UNDISPOSED,
            Math.abs(undisposed),
            "transaction "
                + file.transaction()
                + ": its receipt counts "
                + (undisposed > 0
                    ? undisposed + " records too few"
                    : -undisposed + " records too many")
                + " (first at partition "
                + file.firstPartition()
                + ", offset "
                + file.firstOffset()
                + ")");
      }
    }
    for (RecordCoordinates at : facts.unrecognised()) {
      findings.add(Fault.UNDISPOSED, at + " is no payment, and neither receipt nor dead letter");
    }
  }
}

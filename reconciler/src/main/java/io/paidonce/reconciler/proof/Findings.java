package io.paidonce.reconciler.proof;

import java.util.ArrayList;
import java.util.List;

/** What a check has found so far. */
final class Findings {

  final List<String> holds = new ArrayList<>();
  final List<String> limits = new ArrayList<>();
  final List<String> untold = new ArrayList<>();
  final List<String> faults = new ArrayList<>();

  /** Counts what holds, where there is any. */
  void holds(long count, String what) {
    if (count > 0) {
      holds.add(count + " " + what);
    }
  }

  ProofReport report(Bundle.Sealed sealed) {
    return new ProofReport(
        sealed.bundle().order().toString(), sealed.seal(), holds, limits, untold, faults);
  }
}

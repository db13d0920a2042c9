package io.paidonce.benchmarks;

import io.paidonce.benchmarks.load.LoadResult;
import io.paidonce.benchmarks.load.PaidResult;
import java.util.BitSet;

/**
 * A phase after its end.
 *
 * @param load what was sent
 * @param paid what a downstream service saw
 * @param projected how many of its payments are PAID in PostgreSQL
 * @param leftBehind how many acknowledged ones are not
 * @param tookMicros from the phase's start until the last of them was there
 */
public record Drained(
    LoadResult load, PaidResult paid, long projected, long leftBehind, long tookMicros) {

  static Drained of(LoadResult load, PaidResult paid, BitSet projected, long nowMicros) {
    BitSet missing = load.acknowledged();
    missing.andNot(projected);
    return new Drained(
        load,
        paid,
        projected.cardinality(),
        missing.cardinality(),
        nowMicros - load.startedAtMicros());
  }
}

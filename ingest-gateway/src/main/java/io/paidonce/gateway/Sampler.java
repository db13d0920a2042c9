package io.paidonce.gateway;

import io.paidonce.contract.Rejection;
import java.util.EnumMap;
import java.util.Map;
import java.util.function.LongSupplier;

/**
 * Lets a few refusals of each second through, and fewer of one reason, so that a flood of one can't
 * hide the others.
 */
final class Sampler {

  private static final int A_SECOND = 10;
  private static final int OF_ONE_REASON = 3;
  private static final long SECOND_NANOS = 1_000_000_000L;

  private final LongSupplier nanoTime;
  private final Map<Rejection, Integer> taken = new EnumMap<>(Rejection.class);
  private long secondBegan;
  private int takenInAll;

  Sampler(LongSupplier nanoTime) {
    this.nanoTime = nanoTime;
    this.secondBegan = nanoTime.getAsLong();
  }

  synchronized boolean take(Rejection rejection) {
    long now = nanoTime.getAsLong();
    if (now - secondBegan >= SECOND_NANOS) {
      secondBegan = now;
      takenInAll = 0;
      taken.clear();
    }
    int ofThis = taken.getOrDefault(rejection, 0);
    if (takenInAll >= A_SECOND || ofThis >= OF_ONE_REASON) {
      return false;
    }
    takenInAll++;
    taken.put(rejection, ofThis + 1);
    return true;
  }
}

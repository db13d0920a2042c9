package io.paidonce.simulator.day;

import static java.util.Objects.requireNonNull;

import java.time.Duration;
import java.time.Instant;
import java.util.List;

/**
 * The change from WeChat Pay's certificates to its public key: for seven days a growing share of
 * the notices is signed with the new one, the rest with the old.
 *
 * @param start when the merchant began it
 * @param dayLength a day; less where all of it is to be seen sooner
 */
public record KeyRamp(Instant start, Duration dayLength) {

  private static final int WHOLE = 1000;
  private static final List<Integer> PER_THOUSAND = List.of(1, 10, 50, 100, 200, 500, WHOLE);

  public KeyRamp {
    requireNonNull(start, "start");
    if (dayLength.isNegative() || dayLength.isZero()) {
      throw new IllegalArgumentException("dayLength must be more than 0: " + dayLength);
    }
  }

  /** How many of a thousand notices are signed with the new key. */
  public int perThousand(Instant at) {
    if (at.isBefore(start)) {
      return 0;
    }
    long day = Duration.between(start, at).dividedBy(dayLength);
    return day >= PER_THOUSAND.size() ? WHOLE : PER_THOUSAND.get((int) day);
  }

  /**
   * Whether one notice is.
   *
   * @param drawn evenly from 0 to 999
   */
  boolean isChanged(Instant at, int drawn) {
    return drawn < perThousand(at);
  }
}

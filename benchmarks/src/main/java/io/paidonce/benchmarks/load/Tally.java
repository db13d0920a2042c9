package io.paidonce.benchmarks.load;

import java.util.Arrays;
import java.util.BitSet;
import java.util.Map;
import java.util.TreeMap;
import org.HdrHistogram.Histogram;

/** What was answered. Of the one thread that sends. */
final class Tally {

  private static final int SUCCESS = 200;
  private static final long MICRO = 1_000;
  private static final int MOST_SECONDS = 3_600;

  private final long startNanos;
  private final long[] dueNanos;
  private final BitSet acknowledged = new BitSet();
  private final long[] perSecond = new long[MOST_SECONDS];
  private final Map<String, Long> failures = new TreeMap<>();
  private final Histogram latencyMicros = new Histogram(3_600_000_000L, 3);
  private long requests;
  private long repeated;
  private long successes;
  private long lastNanos;

  Tally(long startNanos, int count) {
    this.startNanos = startNanos;
    this.lastNanos = startNanos;
    this.dueNanos = new long[count];
  }

  void sending(Shot shot) {
    requests++;
    if (shot.repeated()) {
      repeated++;
    } else {
      dueNanos[shot.number()] = shot.dueNanos();
    }
  }

  void answered(Shot shot, int status, long nowNanos) {
    if (status != SUCCESS) {
      failed("HTTP " + status);
      return;
    }
    successes++;
    acknowledged.set(shot.number());
    latencyMicros.recordValue(Math.max(0, nowNanos - shot.dueNanos()) / MICRO);
    perSecond[(int) ((nowNanos - startNanos) / 1_000_000_000L)]++;
    lastNanos = nowNanos;
  }

  void failed(String how) {
    failures.merge(how, 1L, Long::sum);
  }

  BitSet acknowledged() {
    return acknowledged;
  }

  /** When each callback was due to be sent first. */
  long[] dueNanos() {
    return dueNanos;
  }

  long startNanos() {
    return startNanos;
  }

  LoadResult result(long startedAtMicros, long endedAtNanos, boolean ranOut) {
    long[] seconds =
        Arrays.copyOf(perSecond, (int) ((lastNanos - startNanos) / 1_000_000_000L) + 1);
    return new LoadResult(
        startedAtMicros,
        (endedAtNanos - startNanos) / MICRO,
        requests,
        repeated,
        successes,
        failures,
        seconds,
        Latencies.of(latencyMicros),
        ranOut,
        acknowledged.toByteArray());
  }
}

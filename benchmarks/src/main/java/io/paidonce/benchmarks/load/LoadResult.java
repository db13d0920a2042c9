package io.paidonce.benchmarks.load;

import java.util.BitSet;
import java.util.Map;

/**
 * What a phase sent and was answered.
 *
 * @param startedAtMicros when the first request was due, microseconds since 1970
 * @param tookMicros until the last request of it was answered
 * @param requests how many were sent
 * @param repeated how many of them had been sent before
 * @param successes how many were answered with success
 * @param failures everything else, by what it was
 * @param successesPerSecond for each second since the start
 * @param latencies from the due time to the success answer
 * @param ranOut whether it ended early since no signed callback was left
 * @param acknowledgedSet the numbers of the callbacks answered with success, as a {@link BitSet}
 */
@SuppressWarnings("ArrayRecordComponent") // carried from one process to another, never compared
public record LoadResult(
    long startedAtMicros,
    long tookMicros,
    long requests,
    long repeated,
    long successes,
    Map<String, Long> failures,
    long[] successesPerSecond,
    Latencies latencies,
    boolean ranOut,
    byte[] acknowledgedSet) {

  public BitSet acknowledged() {
    return BitSet.valueOf(acknowledgedSet);
  }

  public long failed() {
    return failures.values().stream().mapToLong(Long::longValue).sum();
  }
}

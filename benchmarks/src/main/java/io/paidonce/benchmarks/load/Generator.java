package io.paidonce.benchmarks.load;

import static java.util.Objects.requireNonNull;

import io.paidonce.benchmarks.load.PaidWatch.Watched;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;
import java.util.BitSet;
import java.util.SplittableRandom;
import java.util.concurrent.locks.LockSupport;
import org.HdrHistogram.Histogram;
import org.jspecify.annotations.Nullable;

/** Signs, sends and watches, one phase after the other. */
final class Generator {

  private static final long SECOND = 1_000_000_000L;

  private final Merchant merchant;
  private final InetSocketAddress gateway;
  private final PaidWatch watch;
  private final Clock clock;
  private @Nullable Requests requests;
  private @Nullable Watched watched;
  private @Nullable Tally tally;

  Generator(Merchant merchant, InetSocketAddress gateway, PaidWatch watch, Clock clock) {
    this.merchant = merchant;
    this.gateway = gateway;
    this.watch = watch;
    this.clock = clock;
  }

  /** Returns how many milliseconds it took. */
  long sign(Phase phase, int count, Duration within) {
    requests = null; // two phases' requests need not fit into memory
    Instant began = clock.instant();
    String host = gateway.getHostString() + ":" + gateway.getPort();
    requests = Requests.sign(merchant, phase, count, host, began, within);
    watched = watch.turnTo(phase, count);
    return Duration.between(began, clock.instant()).toMillis();
  }

  LoadResult load(Task task) throws IOException {
    Requests ready = requireNonNull(requests, "nothing is signed");
    Script script =
        new Script(ready.count(), task.repeatedPerMille(), new SplittableRandom(merchant.seed()));
    try (Sender sender = new Sender(gateway, ready, task.count())) {
      long start = System.nanoTime();
      long startMicros = ChronoUnit.MICROS.between(Instant.EPOCH, clock.instant());
      long nanos = task.seconds() * SECOND;
      Pace pace =
          task.kind() == Task.Kind.CLOSED
              ? Pace.closedLoop(start, nanos)
              : Pace.constant(start, nanos, task.rate());
      Tally counted = new Tally(start, ready.count());
      boolean ranOut = sender.run(script, pace, counted);
      tally = counted;
      return counted.result(startMicros, System.nanoTime(), ranOut);
    }
  }

  PaidResult awaitPaid(Duration within) {
    Tally sent = requireNonNull(tally, "nothing was sent");
    Watched seen = requireNonNull(watched, "nothing is watched");
    BitSet acknowledged = sent.acknowledged();
    long deadline = System.nanoTime() + within.toNanos();
    while (missing(acknowledged, seen) > 0 && System.nanoTime() - deadline < 0) {
      LockSupport.parkNanos(20_000_000);
    }
    return result(sent, seen);
  }

  private static long missing(BitSet acknowledged, Watched seen) {
    // The quick way, as long as it suffices: what is paid without an answer is rare.
    if (seen.count() < acknowledged.cardinality()) {
      return acknowledged.cardinality() - seen.count();
    }
    return acknowledged.stream().filter(i -> seen.paidNanos(i) == PaidWatch.NOT_PAID).count();
  }

  private static PaidResult result(Tally sent, Watched seen) {
    Histogram micros = new Histogram(3_600_000_000L, 3);
    long[] perSecond = new long[3_600];
    int seconds = 0;
    long[] due = sent.dueNanos();
    for (int i = 0; i < due.length; i++) {
      long paid = seen.paidNanos(i);
      if (paid != PaidWatch.NOT_PAID) {
        micros.recordValue(Math.max(0, paid - due[i]) / 1_000);
        int second = (int) ((paid - sent.startNanos()) / SECOND);
        perSecond[second]++;
        seconds = Math.max(seconds, second + 1);
      }
    }
    return new PaidResult(
        seen.count(),
        missing(sent.acknowledged(), seen),
        seen.twice(),
        Arrays.copyOf(perSecond, seconds),
        Latencies.of(micros));
  }
}

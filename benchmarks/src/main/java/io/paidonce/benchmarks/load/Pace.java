package io.paidonce.benchmarks.load;

/** When the next request is due. */
interface Pace {

  /** Where nothing is due yet. */
  long NOT_YET = Long.MIN_VALUE;

  /** Whether the phase is over at this time. */
  boolean isOver(long nowNanos);

  /** When the request was due that is to be sent now, which it counts as sent; or NOT_YET. */
  long take(long nowNanos);

  /** How long to wait for answers before asking again. */
  long patienceNanos(long nowNanos);

  /** A request on each free connection, for so long: the load that the other side can take. */
  static Pace closedLoop(long startNanos, long nanos) {
    return new Pace() {
      @Override
      public boolean isOver(long nowNanos) {
        return nowNanos - startNanos >= nanos;
      }

      @Override
      public long take(long nowNanos) {
        return nowNanos;
      }

      @Override
      public long patienceNanos(long nowNanos) {
        return 50_000_000;
      }
    };
  }

  /** So many each second, whatever has become of those before. */
  static Pace constant(long startNanos, long nanos, int perSecond) {
    return new Pace() {
      private long sent;

      private long nextDue() {
        return startNanos + sent * 1_000_000_000L / perSecond;
      }

      @Override
      public boolean isOver(long nowNanos) {
        // Those that are due and could not be sent yet are still sent.
        return nextDue() - startNanos >= nanos;
      }

      @Override
      public long take(long nowNanos) {
        long due = nextDue();
        if (due - nowNanos > 0) {
          return NOT_YET;
        }
        sent++;
        return due;
      }

      @Override
      public long patienceNanos(long nowNanos) {
        // A selector waits whole milliseconds: that alone would be seen in the latencies.
        return Math.max(0, Math.min(nextDue() - nowNanos, 100_000));
      }
    };
  }
}

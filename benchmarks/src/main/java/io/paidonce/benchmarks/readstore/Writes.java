package io.paidonce.benchmarks.readstore;

import io.paidonce.benchmarks.load.Phase;
import java.time.Instant;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.locks.LockSupport;

/** Order updates at a constant rate, on a thread of their own, until it is closed. */
final class Writes implements AutoCloseable {

  private static final int SHORT = 2_000;

  private final CompletableFuture<Long> writing;
  private final int perSecond;
  private volatile boolean stopping;

  Writes(String kafka, int perSecond, Instant now) {
    this.perSecond = perSecond;
    this.writing = CompletableFuture.supplyAsync(() -> write(kafka, perSecond, now));
  }

  private long write(String kafka, int perSecond, Instant now) {
    try (TopicFill fill = new TopicFill(kafka, 5)) {
      LifeOfOrders life = new LifeOfOrders(Phase.LATENCY, now, SHORT, true, fill::send);
      long start = System.nanoTime();
      for (int i = 0; !stopping && perSecond > 0; i++) {
        life.step(i, Integer.MAX_VALUE);
        long due = start + life.updates() * 1_000_000_000L / perSecond;
        for (long left = due - System.nanoTime(); left > 0; left = due - System.nanoTime()) {
          LockSupport.parkNanos(left);
        }
      }
      return life.updates();
    }
  }

  @Override
  public String toString() {
    return perSecond + " order updates a second";
  }

  @Override
  public void close() {
    stopping = true;
    long unused = writing.join();
  }
}

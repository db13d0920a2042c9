package io.paidonce.gateway;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

/**
 * What is being worked on: bounds its bytes, and tells when the last request is done once the
 * gateway drains.
 */
final class InFlight {

  private final long limitBytes;
  private final AtomicLong bytes = new AtomicLong();
  private final AtomicInteger requests = new AtomicInteger();
  private final CountDownLatch idle = new CountDownLatch(1);
  private volatile boolean draining;

  InFlight(long limitBytes) {
    this.limitBytes = limitBytes;
  }

  void enter() {
    requests.incrementAndGet();
  }

  /** To be asked after {@link #enter}: whoever was told no before is waited for. */
  boolean draining() {
    return draining;
  }

  /** Takes room for bytes, or takes none and says no. */
  boolean reserve(long wanted) {
    if (bytes.addAndGet(wanted) <= limitBytes) {
      return true;
    }
    bytes.addAndGet(-wanted);
    return false;
  }

  void leave(long reserved) {
    bytes.addAndGet(-reserved);
    if (requests.decrementAndGet() == 0 && draining) {
      idle.countDown();
    }
  }

  long bytes() {
    return bytes.get();
  }

  int requests() {
    return requests.get();
  }

  void beginDraining() {
    draining = true;
    if (requests.get() == 0) {
      idle.countDown();
    }
  }

  /** Waits until nothing is in flight; false if something still is after that time. */
  boolean awaitIdle(Duration atMost) {
    try {
      return idle.await(atMost.toMillis(), TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }
}

package io.paidonce.launcher.quickstart;

import java.util.concurrent.CountDownLatch;

/** Interrupts the thread that made it when the process is told to stop, and lets it clean up. */
final class StopSignal implements AutoCloseable {

  private final CountDownLatch cleanedUp = new CountDownLatch(1);
  private volatile boolean received;

  private StopSignal() {}

  static StopSignal toThisThread() {
    StopSignal signal = new StopSignal();
    Thread toInterrupt = Thread.currentThread();
    Runtime.getRuntime()
        .addShutdownHook(new Thread(() -> signal.receive(toInterrupt), "stop-signal"));
    return signal;
  }

  boolean received() {
    return received;
  }

  // The JVM halts when its hooks are done, so this one waits for the cleaning.
  private void receive(Thread toInterrupt) {
    if (cleanedUp.getCount() == 0) {
      return;
    }
    received = true;
    toInterrupt.interrupt();
    try {
      cleanedUp.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  @Override
  public void close() {
    cleanedUp.countDown();
  }
}

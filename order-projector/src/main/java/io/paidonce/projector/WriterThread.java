package io.paidonce.projector;

import java.time.Duration;

/** The thread of a {@link Projection}; closing it lets the batch in hand finish. */
final class WriterThread implements AutoCloseable {

  /** Longer than the writer's socket timeout, so that a frozen server is waited out. */
  private static final Duration PATIENCE = Duration.ofSeconds(40);

  private final Projection projection;
  private final Thread thread;

  private WriterThread(Projection projection, Thread thread) {
    this.projection = projection;
    this.thread = thread;
  }

  static WriterThread start(Projection projection) {
    Thread thread = new Thread(projection, "projector-writer");
    thread.start();
    return new WriterThread(projection, thread);
  }

  @Override
  public void close() {
    projection.stop();
    try {
      thread.join(PATIENCE.toMillis());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}

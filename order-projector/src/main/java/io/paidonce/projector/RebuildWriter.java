package io.paidonce.projector;

/** The projection into the schema that is being built; closed before the switch. */
final class RebuildWriter implements AutoCloseable {

  private final WriterThread thread;
  private final Health health;
  private boolean closed;

  RebuildWriter(WriterThread thread, Health health) {
    this.thread = thread;
    this.health = health;
  }

  /** Throws what ended it, if it has ended. */
  void requireAlive() {
    if (!health.isAlive()) {
      throw new IllegalStateException("the rebuild can't go on: " + health.writer());
    }
  }

  /** Ends it after the batch in hand. */
  void end() {
    if (!closed) {
      closed = true;
      thread.close();
    }
  }

  @Override
  public void close() {
    end();
  }
}

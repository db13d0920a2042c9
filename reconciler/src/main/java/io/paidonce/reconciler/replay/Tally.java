package io.paidonce.reconciler.replay;

import java.util.concurrent.atomic.LongAdder;

/** How far a replay is, for whoever watches it. */
public final class Tally {

  private final LongAdder inputs = new LongAdder();
  private final LongAdder notifications = new LongAdder();
  private volatile long offsetsToRead;
  private volatile String step = "looking at the topics";

  /** An input was folded. */
  public void input() {
    inputs.increment();
  }

  /** A notification or command was folded. */
  public void notification() {
    notifications.increment();
  }

  /** At most so many records will be read. */
  public void expect(long offsets) {
    offsetsToRead = offsets;
  }

  /** What it does from now on. */
  public void step(String what) {
    step = what;
  }

  /** What it does now. */
  public String step() {
    return step;
  }

  public long inputs() {
    return inputs.sum();
  }

  public long notifications() {
    return notifications.sum();
  }

  /** Records read so far of those that are folded. */
  public long read() {
    return inputs() + notifications();
  }

  /** At most so many records will be: markers of transactions take offsets too. */
  public long toRead() {
    return Math.max(offsetsToRead, read());
  }
}

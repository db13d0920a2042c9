package io.paidonce.reconciler.diff;

import io.paidonce.reconciler.replay.UntellableException;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;

/**
 * This build and another one, told the same. The caller's thread folds and tells the other build; a
 * second one reads its answers and has them compared. What waits in between is bounded.
 */
final class SideBySide implements AutoCloseable {

  private static final int UNDERWAY = 2_048;
  private static final Duration SILENT = Duration.ofMinutes(2);
  private static final Waiting END = new Waiting(new byte[0], false);

  private final Build other;
  private final Fold fold = new Fold();
  private final BlockingQueue<Waiting> underway = new ArrayBlockingQueue<>(UNDERWAY);
  private final AtomicLong answered = new AtomicLong();
  private final ExecutorService reader =
      Executors.newSingleThreadExecutor(
          work -> {
            Thread thread = new Thread(work, "other-build-answers");
            thread.setDaemon(true);
            return thread;
          });
  private final Future<?> answers;

  /** Is shown what both make of a record: the first with the end of its line, the other without. */
  interface Comparing {
    void lines(byte[] here, byte[] there) throws IOException;
  }

  /** What this build made, until the other one has answered. */
  @SuppressWarnings("ArrayRecordComponent") // handed from one thread to the other, never compared
  private record Waiting(byte[] line, boolean isCompared) {
    boolean isEnd() {
      return line.length == 0;
    }
  }

  private interface Sending {
    void run() throws IOException;
  }

  /** Begins; {@code other} is closed with this. */
  SideBySide(Build other, Comparing comparing) {
    this.other = other;
    this.answers =
        reader.submit(
            () -> {
              read(comparing);
              return null;
            });
  }

  private void read(Comparing comparing) throws IOException, InterruptedException {
    other.meet();
    answered.incrementAndGet();
    for (Waiting one = underway.take(); !one.isEnd(); one = underway.take()) {
      byte[] there = other.answer();
      answered.incrementAndGet();
      if (one.isCompared()) {
        comparing.lines(one.line(), there);
      }
    }
    other.end();
  }

  /**
   * Has both fold a record.
   *
   * @throws UntellableException if the other build does not answer, or says something else
   */
  void take(ConsumerRecord<byte[], byte[]> record, boolean isCompared) {
    put(new Waiting(fold.take(record), isCompared));
    send(() -> other.tell(record));
  }

  /** Has both forget a partition, or a key of it. */
  void forget(TopicPartition of, @Nullable String key) {
    fold.forget(of, key);
    send(() -> other.forget(of, key));
  }

  /** Fails if the other build has ended, though nothing is asked just now. */
  void requireAnswers() {
    if (answers.isDone()) {
      await();
    }
  }

  /** Asks for all answers that are still to come. */
  void flush() {
    send(other::flush);
  }

  /** Waits until all is answered. Nothing can be told afterwards. */
  void finish() {
    put(END);
    send(other::finish);
    await();
  }

  // A build that has ended is heard before whoever can't write to it any more.
  private void send(Sending what) {
    try {
      what.run();
    } catch (IOException e) {
      await();
      throw new UntellableException("the other build takes no more: " + e.getMessage(), e);
    }
  }

  private void put(Waiting one) {
    if (underway.offer(one)) {
      return;
    }
    // What it has answered may still lie in a buffer.
    flush();
    long last = answered.get();
    long since = System.nanoTime();
    try {
      while (!underway.offer(one, 100, TimeUnit.MILLISECONDS)) {
        requireAnswers();
        long now = answered.get();
        if (now != last) {
          last = now;
          since = System.nanoTime();
        } else if (System.nanoTime() - since > SILENT.toNanos()) {
          throw silent();
        }
      }
    } catch (InterruptedException e) {
      throw interrupted(e);
    }
  }

  private void await() {
    try {
      long last;
      do {
        last = answered.get();
        try {
          answers.get(SILENT.toMillis(), TimeUnit.MILLISECONDS);
          return;
        } catch (TimeoutException e) {
          // Still at work, perhaps.
        }
      } while (answered.get() != last);
      throw silent();
    } catch (ExecutionException e) {
      Throwable cause = e.getCause();
      throw cause instanceof IOException
          ? new UntellableException(String.valueOf(cause.getMessage()), cause)
          : new IllegalStateException("the comparison failed", cause);
    } catch (InterruptedException e) {
      throw interrupted(e);
    }
  }

  private static UntellableException silent() {
    return new UntellableException(
        "the other build has answered nothing for " + SILENT.toSeconds() + " s", null);
  }

  private static UntellableException interrupted(InterruptedException e) {
    Thread.currentThread().interrupt();
    return new UntellableException("interrupted", e);
  }

  @Override
  public void close() {
    reader.shutdownNow();
    // Whoever still reads its answers is told that there are none.
    other.close();
  }
}

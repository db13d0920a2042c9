package io.paidonce.reconciler.diff;

import io.paidonce.contract.Topics;
import io.paidonce.reconciler.replay.Tally;
import io.paidonce.reconciler.replay.UntellableException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.Map;
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

/**
 * Folds traffic through this build and another one, and compares their histories. One thread reads,
 * folds and tells the other build; a second one reads its answers. What waits in between is
 * bounded.
 */
public final class BuildDiff {

  private static final int UNDERWAY = 2_048;
  private static final Duration SILENT = Duration.ofMinutes(2);
  private static final Waiting END = new Waiting(new byte[0], false);

  private final Build other;
  private final Tally tally;
  private final Fold fold = new Fold();
  private final Comparison comparison = new Comparison();
  private final BlockingQueue<Waiting> underway = new ArrayBlockingQueue<>(UNDERWAY);
  private final AtomicLong answered = new AtomicLong();

  /** What this build made, until the other one has answered. */
  @SuppressWarnings("ArrayRecordComponent") // handed from one thread to the other, never compared
  private record Waiting(byte[] line, boolean isCompared) {
    boolean isEnd() {
      return line.length == 0;
    }
  }

  private BuildDiff(Build other, Tally tally) {
    this.other = other;
    this.tally = tally;
  }

  /**
   * Runs one.
   *
   * @param other is closed at the end
   * @param tally is told how far it is
   * @throws UntellableException if the traffic can't be read, or the other build does not answer
   */
  public static DiffReport run(Traffic traffic, Build other, Tally tally) {
    return new BuildDiff(other, tally).run(traffic);
  }

  private DiffReport run(Traffic traffic) {
    long began = System.nanoTime();
    ExecutorService reader =
        Executors.newSingleThreadExecutor(
            work -> {
              Thread thread = new Thread(work, "diff-answers");
              thread.setDaemon(true);
              return thread;
            });
    try {
      Future<?> answers =
          reader.submit(
              () -> {
                readAnswers();
                return null;
              });
      tally.step("folding");
      Map<String, Long> notes = tell(traffic, answers);
      await(answers);
      return comparison.report((System.nanoTime() - began) / 1_000_000, notes);
    } finally {
      reader.shutdownNow();
      // Whoever still reads its answers is told that there are none.
      other.close();
    }
  }

  private void readAnswers() throws IOException, InterruptedException {
    other.meet();
    answered.incrementAndGet();
    for (Waiting one = underway.take(); !one.isEnd(); one = underway.take()) {
      byte[] there = other.answer();
      answered.incrementAndGet();
      if (one.isCompared()) {
        comparison.lines(one.line(), there);
      }
    }
    other.end();
  }

  private Map<String, Long> tell(Traffic traffic, Future<?> answers) {
    try {
      Map<String, Long> notes =
          traffic.each(
              new Traffic.Sink() {
                @Override
                public void record(ConsumerRecord<byte[], byte[]> record, boolean isCompared) {
                  put(new Waiting(fold.take(record), isCompared), answers);
                  send(() -> other.tell(record), answers);
                  if (record.topic().equals(Topics.ORDER_INPUTS.name())) {
                    tally.input();
                  } else {
                    tally.notification();
                  }
                }

                @Override
                public void end(TopicPartition partition) {
                  fold.forget(partition, null);
                  send(() -> other.forget(partition, null), answers);
                }
              },
              tally);
      put(END, answers);
      send(other::finish, answers);
      return notes;
    } catch (UncheckedIOException e) {
      throw new UntellableException("the traffic can't be read: " + e.getMessage(), e);
    }
  }

  private interface Sending {
    void run() throws IOException;
  }

  // A build that has ended is heard before whoever can't write to it any more.
  private void send(Sending what, Future<?> answers) {
    try {
      what.run();
    } catch (IOException e) {
      await(answers);
      throw new UntellableException("the other build takes no more: " + e.getMessage(), e);
    }
  }

  private void put(Waiting one, Future<?> answers) {
    if (underway.offer(one)) {
      return;
    }
    // What it has answered may still lie in a buffer.
    send(other::flush, answers);
    long last = answered.get();
    long since = System.nanoTime();
    try {
      while (!underway.offer(one, 100, TimeUnit.MILLISECONDS)) {
        if (answers.isDone()) {
          await(answers);
        }
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

  private void await(Future<?> answers) {
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
}

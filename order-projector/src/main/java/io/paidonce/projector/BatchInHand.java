package io.paidonce.projector;

import java.sql.SQLException;
import java.time.Duration;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.jspecify.annotations.Nullable;

/**
 * The one batch that is being written, on a thread of its own: meanwhile the next one is read and
 * parsed. The writer's connection belongs to that thread as long as a batch is in hand, and to the
 * caller otherwise.
 */
final class BatchInHand implements AutoCloseable {

  private final Database database;
  private final BatchWriter writer;
  private final ExecutorService thread =
      Executors.newSingleThreadExecutor(work -> new Thread(work, "projector-commit"));
  private @Nullable Future<Settled> inHand;

  BatchInHand(Database database, BatchWriter writer) {
    this.database = database;
    this.writer = writer;
  }

  /**
   * How a batch ended.
   *
   * @param records it was made of
   * @param took from polled to committed
   */
  record Settled(
      Batch batch, ConsumerRecords<byte[], byte[]> records, Outcome outcome, Duration took) {}

  /** Begins to write; the batch before must be settled. */
  void write(Batch batch, ConsumerRecords<byte[], byte[]> records, long polledNanos) {
    if (inHand != null) {
      throw new IllegalStateException("a batch is in hand already");
    }
    inHand =
        thread.submit(
            () -> {
              Outcome outcome = writer.write(database.connection(), batch);
              return new Settled(
                  batch, records, outcome, Duration.ofNanos(System.nanoTime() - polledNanos));
            });
  }

  /**
   * Waits for the batch in hand, at most as long as the connection's own time limits.
   *
   * @return how it ended; null where none was in hand
   * @throws SQLException if it is not known to be committed
   */
  @Nullable Settled settle() throws SQLException {
    Future<Settled> written = inHand;
    inHand = null;
    if (written == null) {
      return null;
    }
    boolean interrupted = false;
    try {
      while (true) {
        try {
          return written.get();
        } catch (InterruptedException e) {
          // What is under way ends by itself; until then nobody may touch its connection.
          interrupted = true;
        }
      }
    } catch (ExecutionException e) {
      throw rethrown(e.getCause());
    } finally {
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }

  private static SQLException rethrown(@Nullable Throwable cause) {
    if (cause instanceof RuntimeException broken) {
      throw broken;
    }
    if (cause instanceof Error broken) {
      throw broken;
    }
    return cause instanceof SQLException failed ? failed : new SQLException(cause);
  }

  @Override
  public void close() {
    thread.shutdown();
  }
}

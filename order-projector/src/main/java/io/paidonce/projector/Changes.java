package io.paidonce.projector;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;
import org.postgresql.PGConnection;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Hears from PostgreSQL that rows were written, whichever instance wrote them. A batch says so
 * once, in its own transaction, so that what is heard is committed; nobody polls while nothing
 * happens.
 */
final class Changes implements AutoCloseable {

  private static final String CHANNEL = "paidonce_written";

  private static final Logger log = LoggerFactory.getLogger(Changes.class);
  private static final int LISTEN_MS = 1_000;
  // Many batches a second are one look: whoever waits for a payment does not see 50 ms.
  private static final Duration TOGETHER = Duration.ofMillis(50);
  private static final Duration APART = Duration.ofSeconds(1);

  private final ProjectorConfig config;
  private final Runnable heard;
  private final Thread thread;
  private volatile boolean stopping;
  private boolean isAway;

  private Changes(ProjectorConfig config, Runnable heard) {
    this.config = config;
    this.heard = heard;
    this.thread = new Thread(this::listen, "projector-changes");
    this.thread.setDaemon(true);
  }

  /** Tells whoever listens, once the transaction is committed and not if it is rolled back. */
  static void tell(Connection connection) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute("NOTIFY " + CHANNEL);
    }
  }

  /** Begins to listen; tells {@code heard} after each change, on a thread of its own. */
  static Changes listen(ProjectorConfig config, Runnable heard) {
    Changes changes = new Changes(config, heard);
    changes.thread.start();
    return changes;
  }

  private void listen() {
    while (!stopping) {
      try (Connection connection = Database.connect(config)) {
        connection.setAutoCommit(true);
        try (Statement statement = connection.createStatement()) {
          statement.execute("LISTEN " + CHANNEL);
        }
        isAway = false;
        // What was written while nobody listened.
        heard.run();
        hear(connection.unwrap(PGConnection.class));
      } catch (SQLException e) {
        if (!isAway) {
          log.warn(
              "nothing is heard from PostgreSQL: who waits for an order is told seconds later: {}",
              e.getMessage());
        }
        isAway = true;
        LockSupport.parkNanos(APART.toNanos());
      }
    }
  }

  private void hear(PGConnection connection) throws SQLException {
    while (!stopping) {
      Object @Nullable [] notes = connection.getNotifications(LISTEN_MS);
      if (notes != null && notes.length > 0) {
        LockSupport.parkNanos(TOGETHER.toNanos());
        heard.run();
      }
    }
  }

  @Override
  public void close() {
    stopping = true;
    LockSupport.unpark(thread);
    try {
      thread.join(2L * LISTEN_MS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}

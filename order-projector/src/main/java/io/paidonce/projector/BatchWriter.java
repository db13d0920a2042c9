package io.paidonce.projector;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Savepoint;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;

/**
 * Applies a batch in one transaction: offsets first, so that a writer who no longer owns a
 * partition stops before it touches a row, then rows, then refusals.
 */
final class BatchWriter {

  private static final String REFUSE =
      """
      INSERT INTO projection_refusals (topic, partition, "offset", reason, at)
      SELECT * FROM unnest(?, ?, ?, ?, ?)
      ON CONFLICT DO NOTHING
      """;

  private final Offsets offsets;
  private final Clock clock;

  BatchWriter(Offsets offsets, Clock clock) {
    this.offsets = offsets;
    this.clock = clock;
  }

  /**
   * Applies and commits. A record that PostgreSQL can't store is refused alone.
   *
   * @throws SQLException if it is not known to be committed: forget what is in memory, connect
   *     anew, and go on from the offsets in the database
   */
  Outcome write(Connection connection, Batch batch) throws SQLException {
    try {
      return commit(connection, batch, Slice::write);
    } catch (SQLException e) {
      if (!isTheRecordsFault(e)) {
        throw e;
      }
      connection.rollback();
      return commit(connection, batch, BatchWriter::writeWhatCanBeStored);
    }
  }

  private interface SliceWriter {
    List<Refusal> write(Slice<?> slice, Connection connection) throws SQLException;
  }

  private Outcome commit(Connection connection, Batch batch, SliceWriter writer)
      throws SQLException {
    if (!offsets.advance(connection, batch.advances())) {
      connection.rollback();
      return new Outcome.Fenced();
    }
    List<Refusal> refusals = new ArrayList<>(batch.unreadable());
    for (Slice<?> slice : batch.slices()) {
      refusals.addAll(writer.write(slice, connection));
    }
    refuse(connection, refusals);
    if (batch.movesOrders()) {
      Changes.tell(connection);
    }
    connection.commit();
    return new Outcome.Applied(refusals);
  }

  // Halving finds the few bad records of a batch in few statements.
  private static List<Refusal> writeWhatCanBeStored(Slice<?> slice, Connection connection)
      throws SQLException {
    Savepoint before = connection.setSavepoint();
    try {
      List<Refusal> refusals = slice.write(connection);
      connection.releaseSavepoint(before);
      return refusals;
    } catch (SQLException e) {
      if (!isTheRecordsFault(e)) {
        throw e;
      }
      connection.rollback(before);
      if (slice.size() == 1) {
        return List.of(
            new Refusal(
                slice.records().get(0).at(),
                "PostgreSQL can't store it: SQLSTATE " + e.getSQLState()));
      }
    }
    List<Refusal> refusals = new ArrayList<>();
    for (Slice<?> half : slice.halves().toList()) {
      refusals.addAll(writeWhatCanBeStored(half, connection));
    }
    return refusals;
  }

  private void refuse(Connection connection, List<Refusal> refusals) throws SQLException {
    if (refusals.isEmpty()) {
      return;
    }
    try (Bulk<Refusal> bulk = new Bulk<>(connection, REFUSE, refusals)) {
      bulk.text(r -> r.record().topic())
          .integer(r -> r.record().partition())
          .bigint(r -> r.record().offset())
          .text(Refusal::reason)
          .instant(r -> clock.instant())
          .update();
    }
  }

  // 22: data exception (a NUL character, a year out of range); 23: a constraint; 54: a limit (a key
  // too long for an index). Everything else is the database's trouble, not a record's.
  private static boolean isTheRecordsFault(SQLException e) {
    String state = e.getSQLState();
    return state != null
        && (state.startsWith("22") || state.startsWith("23") || state.startsWith("54"));
  }
}

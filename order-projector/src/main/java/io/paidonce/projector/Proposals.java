package io.paidonce.projector;

import io.paidonce.contract.OrderKey;
import io.paidonce.projector.deadletters.LetterId;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import java.time.Duration;
import java.util.Optional;
import java.util.UUID;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/**
 * What was proposed and by whom, in a schema of its own that no rebuild of the read store touches.
 * Each step is one statement that says in which state it may be made: of two who decide at once one
 * does. Time is PostgreSQL's, the same for all instances.
 */
final class Proposals {

  private static final String PROPOSE =
      """
      INSERT INTO paidonce_operations.proposals (proposal_id, action, request_id, target, shop,
          order_no, letter, expected_version, exception_id, exception_revision, reason, digest,
          proposed_by, expires_at)
      VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, now() + make_interval(secs => ?))
      ON CONFLICT (target, request_id) DO NOTHING
      """;

  private static final String COLUMNS =
      """
      SELECT proposal_id, action, request_id, shop, order_no, letter, expected_version,
          exception_id, exception_revision, reason, digest, proposed_by, state, decided_by
      FROM paidonce_operations.proposals_now
      """;

  private static final String DECIDE =
      """
      UPDATE paidonce_operations.proposals SET state = ?, decided_by = ?, decided_at = now()
      WHERE proposal_id = ? AND digest = ? AND state = 'PROPOSED' AND expires_at > now()
        AND (lower(trim(proposed_by)) <> lower(trim(?)) OR ? = 'REJECTED')
      """;

  private static final String DONE =
      "UPDATE paidonce_operations.proposals SET state = 'DONE', done_at = now()"
          + " WHERE proposal_id = ? AND state = 'APPROVED'";

  private final DataSource database;

  /**
   * Over connections that may write.
   *
   * @param database each statement a transaction of its own
   */
  Proposals(DataSource database) {
    this.database = database;
  }

  /** Keeps a proposal; what was proposed under this id before stays as it is, and is returned. */
  Proposal propose(Deed deed, Target target, String by, Duration within) throws SQLException {
    try (Connection connection = database.getConnection()) {
      try (PreparedStatement statement = connection.prepareStatement(PROPOSE)) {
        OrderKey order = target.order();
        LetterId letter = deed.letter();
        statement.setString(1, UUID.randomUUID().toString());
        statement.setString(2, deed.action().name());
        statement.setString(3, deed.requestId());
        statement.setString(4, target(deed));
        statement.setString(5, order == null ? null : order.shop());
        statement.setString(6, order == null ? null : order.orderNo());
        statement.setString(7, letter == null ? null : letter.toString());
        statement.setObject(8, deed.expectedVersion(), Types.BIGINT);
        statement.setString(9, deed.exceptionId());
        statement.setObject(10, deed.exceptionRevision(), Types.BIGINT);
        statement.setString(11, deed.reason());
        statement.setString(12, Proposal.digest(deed));
        statement.setString(13, by);
        statement.setLong(14, within.toSeconds());
        statement.executeUpdate();
      }
      return read(connection, "WHERE target = ? AND request_id = ?", target(deed), deed.requestId())
          .orElseThrow(() -> new SQLException("a proposal that was just kept is not there"));
    }
  }

  Optional<Proposal> find(String id) throws SQLException {
    try (Connection connection = database.getConnection()) {
      return read(connection, "WHERE proposal_id = ?", id);
    }
  }

  /** Returns whether it was this call that decided: approved only by another than proposed it. */
  boolean decide(String id, String digest, String state, String by) throws SQLException {
    return update(DECIDE, state, by, id, digest, by, state);
  }

  /** Its record is stored in Kafka. */
  void done(String id) throws SQLException {
    update(DONE, id);
  }

  private boolean update(String sql, String... values) throws SQLException {
    try (Connection connection = database.getConnection();
        PreparedStatement statement = connection.prepareStatement(sql)) {
      for (int i = 0; i < values.length; i++) {
        statement.setString(i + 1, values[i]);
      }
      return statement.executeUpdate() == 1;
    }
  }

  private static Optional<Proposal> read(Connection connection, String where, String... values)
      throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(COLUMNS + where)) {
      for (int i = 0; i < values.length; i++) {
        statement.setString(i + 1, values[i]);
      }
      try (ResultSet row = statement.executeQuery()) {
        return row.next() ? Optional.of(proposal(row)) : Optional.empty();
      }
    }
  }

  private static Proposal proposal(ResultSet row) throws SQLException {
    String shop = row.getString(4);
    String orderNo = row.getString(5);
    String letter = row.getString(6);
    Deed deed =
        new Deed(
            OperatorAction.valueOf(row.getString(2)),
            row.getString(3),
            letter == null ? new OrderKey(shop, orderNo) : null,
            letter == null ? null : LetterId.parse(letter),
            row.getString(10),
            number(row, 7),
            row.getString(8),
            number(row, 9));
    return new Proposal(
        row.getString(1),
        deed,
        shop,
        orderNo,
        row.getString(11),
        row.getString(12),
        row.getString(13),
        row.getString(14));
  }

  private static @Nullable Long number(ResultSet row, int column) throws SQLException {
    long number = row.getLong(column);
    return row.wasNull() ? null : (Long) number;
  }

  private static String target(Deed deed) {
    return deed.letter() == null ? "order " + deed.order() : "letter " + deed.letter();
  }
}

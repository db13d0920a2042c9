package io.paidonce.contract.downstream;

import io.paidonce.contract.OrderEvent;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Collection;

/** The table {@code paidonce_applied}: which events were applied, for ever or until pruned. */
final class AppliedEvents {

  // In one order for everybody: two transactions about the same orders wait and never deadlock.
  private static final String LOCK_ORDERS =
      """
      SELECT pg_advisory_xact_lock(k) FROM
          (SELECT DISTINCT hashtextextended(? || o, 0) AS k FROM unnest(?) AS o ORDER BY k) AS keys
      """;

  private static final String REMEMBER =
      """
      INSERT INTO paidonce_applied (consumer, event_id, order_key, order_version)
      VALUES (?, ?, ?, ?)
      ON CONFLICT DO NOTHING
      """;

  private static final String LATER_ONE =
      """
      SELECT EXISTS (
          SELECT FROM paidonce_applied
          WHERE consumer = ? AND order_key = ? AND order_version > ?)
      """;

  private final String consumer;

  AppliedEvents(String consumer) {
    this.consumer = consumer;
  }

  /**
   * Lets one transaction at a time decide about an order: its events come by several topics, which
   * may be read by several instances.
   */
  void lock(Connection connection, Collection<? extends OrderEvent> events) throws SQLException {
    String[] orders = events.stream().map(event -> event.order().toString()).toArray(String[]::new);
    try (PreparedStatement select = connection.prepareStatement(LOCK_ORDERS)) {
      select.setString(1, "paidonce/" + consumer + "/");
      select.setArray(2, connection.createArrayOf("text", orders));
      select.execute();
    }
  }

  /** Remembers an event; false where it is remembered already. */
  boolean remember(Connection connection, OrderEvent event) throws SQLException {
    try (PreparedStatement insert = connection.prepareStatement(REMEMBER)) {
      insert.setString(1, consumer);
      insert.setString(2, event.eventId());
      insert.setString(3, event.order().toString());
      insert.setLong(4, event.orderVersion());
      return insert.executeUpdate() == 1;
    }
  }

  /** Whether a later event of the same order was applied. */
  boolean isOvertaken(Connection connection, OrderEvent event) throws SQLException {
    try (PreparedStatement select = connection.prepareStatement(LATER_ONE)) {
      select.setString(1, consumer);
      select.setString(2, event.order().toString());
      select.setLong(3, event.orderVersion());
      try (ResultSet answer = select.executeQuery()) {
        answer.next();
        return answer.getBoolean(1);
      }
    }
  }
}

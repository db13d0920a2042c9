package io.paidonce.projector;

import io.paidonce.contract.OrderCancelled;
import io.paidonce.contract.Topic;
import io.paidonce.contract.Topics;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;

/** The rows of {@code order_cancelled}: one for an order, written once. */
final class CancelledRows implements TopicRows<OrderCancelled> {

  private static final String INSERT =
      """
      INSERT INTO order_cancelled (shop, order_no, event_id, order_version, command_id, actor, at)
      SELECT * FROM unnest(?, ?, ?, ?, ?, ?, ?)
      ON CONFLICT DO NOTHING
      """;

  private static final String KEPT_OUT =
      """
      SELECT n.i, 'another order-cancelled of this order or event id is stored'
      FROM unnest(?, ?, ?, ?, ?, ?) WITH ORDINALITY
          AS n (shop, order_no, event_id, order_version, command_id, actor, i)
      WHERE NOT EXISTS (
          SELECT FROM order_cancelled c
          WHERE (c.shop, c.order_no, c.event_id, c.order_version, c.command_id, c.actor)
              = (n.shop, n.order_no, n.event_id, n.order_version, n.command_id, n.actor))
      """;

  @Override
  public Topic<OrderCancelled> topic() {
    return Topics.ORDER_CANCELLED;
  }

  @Override
  public List<Refusal> write(Connection connection, List<Read<OrderCancelled>> records)
      throws SQLException {
    try (Bulk<Read<OrderCancelled>> insert = new Bulk<>(connection, INSERT, records)) {
      if (identifying(insert).instant(r -> r.value().at()).update() == records.size()) {
        return List.of();
      }
    }
    try (Bulk<Read<OrderCancelled>> query = new Bulk<>(connection, KEPT_OUT, records)) {
      return identifying(query).pick().stream()
          .map(picked -> new Refusal(picked.row().at(), picked.text()))
          .toList();
    }
  }

  private static Bulk<Read<OrderCancelled>> identifying(Bulk<Read<OrderCancelled>> bulk)
      throws SQLException {
    return bulk.text(r -> r.value().shop())
        .text(r -> r.value().orderNo())
        .text(r -> r.value().eventId())
        .bigint(r -> r.value().orderVersion())
        .text(r -> r.value().commandId())
        .text(r -> r.value().actor());
  }
}

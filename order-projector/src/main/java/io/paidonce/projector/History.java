package io.paidonce.projector;

import io.paidonce.contract.OrderTransition;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;

/** The rows of {@code order_transitions}: written once, never changed. */
final class History {

  private static final String INSERT =
      """
      INSERT INTO order_transitions (shop, order_no, version, from_status, to_status, input_id,
          cause, at, source_topic, source_partition, source_offset)
      SELECT * FROM unnest(?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
      ON CONFLICT DO NOTHING
      """;

  private static final String KEPT_OUT =
      """
      SELECT n.i, 'this version of the order is stored with another content'
      FROM unnest(?, ?, ?, ?, ?, ?, ?) WITH ORDINALITY
          AS n (shop, order_no, version, from_status, to_status, input_id, cause, i)
      WHERE NOT EXISTS (
          SELECT FROM order_transitions t
          WHERE (t.shop, t.order_no, t.version, t.from_status, t.to_status, t.input_id, t.cause)
              = (n.shop, n.order_no, n.version, n.from_status, n.to_status, n.input_id, n.cause))
      """;

  private static final Copy<Read<OrderTransition>> COPY =
      Copy.<Read<OrderTransition>>into("order_transitions")
          .text("shop", r -> r.value().shop())
          .text("order_no", r -> r.value().orderNo())
          .bigint("version", r -> r.value().version())
          .text("from_status", r -> r.value().from().name())
          .text("to_status", r -> r.value().to().name())
          .text("input_id", r -> r.value().inputId())
          .text("cause", r -> r.value().cause().name())
          .instant("at", r -> r.value().at())
          .text("source_topic", r -> r.value().source().topic())
          .integer("source_partition", r -> r.value().source().partition())
          .bigint("source_offset", r -> r.value().source().offset());

  List<Refusal> write(Connection connection, List<Read<OrderTransition>> records)
      throws SQLException {
    if (COPY.write(connection, records)) {
      return List.of();
    }
    try (Bulk<Read<OrderTransition>> insert = new Bulk<>(connection, INSERT, records)) {
      identifying(insert)
          .instant(r -> r.value().at())
          .text(r -> r.value().source().topic())
          .integer(r -> r.value().source().partition())
          .bigint(r -> r.value().source().offset());
      if (insert.update() == records.size()) {
        return List.of();
      }
    }
    try (Bulk<Read<OrderTransition>> query = new Bulk<>(connection, KEPT_OUT, records)) {
      return identifying(query).pick().stream()
          .map(picked -> new Refusal(picked.row().at(), picked.text()))
          .toList();
    }
  }

  private static Bulk<Read<OrderTransition>> identifying(Bulk<Read<OrderTransition>> bulk)
      throws SQLException {
    return bulk.text(r -> r.value().shop())
        .text(r -> r.value().orderNo())
        .bigint(r -> r.value().version())
        .text(r -> r.value().from().name())
        .text(r -> r.value().to().name())
        .text(r -> r.value().inputId())
        .text(r -> r.value().cause().name());
  }
}

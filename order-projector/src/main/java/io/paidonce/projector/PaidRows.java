package io.paidonce.projector;

import io.paidonce.contract.OrderPaid;
import io.paidonce.contract.Topic;
import io.paidonce.contract.Topics;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;

/**
 * The rows of {@code order_paid}: one for an order, one for a transaction, for ever. A second one
 * means that both guards before PostgreSQL failed, so it is refused aloud.
 */
final class PaidRows implements TopicRows<OrderPaid> {

  private static final String INSERT =
      """
      INSERT INTO order_paid (shop, order_no, event_id, order_version, amount_minor, currency,
          provider, account, transaction_id, paid_at, received_at)
      SELECT * FROM unnest(?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
      ON CONFLICT DO NOTHING
      """;

  private static final String KEPT_OUT =
      """
      SELECT n.i, CASE
          WHEN EXISTS (SELECT FROM order_paid p
              WHERE (p.shop, p.order_no) = (n.shop, n.order_no))
            THEN 'another order-paid of this order is stored'
          WHEN EXISTS (SELECT FROM order_paid p
              WHERE (p.provider, p.account, p.transaction_id)
                  = (n.provider, n.account, n.transaction_id))
            THEN 'this transaction has already paid another order'
          ELSE 'this event id belongs to another order' END
      FROM unnest(?, ?, ?, ?, ?, ?, ?, ?, ?) WITH ORDINALITY
          AS n (shop, order_no, event_id, order_version, amount_minor, currency, provider, account,
              transaction_id, i)
      WHERE NOT EXISTS (
          SELECT FROM order_paid p
          WHERE (p.shop, p.order_no, p.event_id, p.order_version, p.amount_minor, p.currency,
                  p.provider, p.account, p.transaction_id)
              = (n.shop, n.order_no, n.event_id, n.order_version, n.amount_minor, n.currency,
                  n.provider, n.account, n.transaction_id))
      """;

  private static final Copy<Read<OrderPaid>> COPY =
      Copy.<Read<OrderPaid>>into("order_paid")
          .text("shop", r -> r.value().shop())
          .text("order_no", r -> r.value().orderNo())
          .text("event_id", r -> r.value().eventId())
          .bigint("order_version", r -> r.value().orderVersion())
          .bigint("amount_minor", r -> r.value().amountMinor())
          .text("currency", r -> r.value().currency())
          .text("provider", r -> r.value().provider())
          .text("account", r -> r.value().account())
          .text("transaction_id", r -> r.value().transactionId())
          .instant("paid_at", r -> r.value().paidAt())
          .instant("received_at", r -> r.value().receivedAt());

  @Override
  public Topic<OrderPaid> topic() {
    return Topics.ORDER_PAID;
  }

  @Override
  public List<Refusal> write(Connection connection, List<Read<OrderPaid>> records)
      throws SQLException {
    if (COPY.write(connection, records)) {
      return List.of();
    }
    try (Bulk<Read<OrderPaid>> insert = new Bulk<>(connection, INSERT, records)) {
      identifying(insert).instant(r -> r.value().paidAt()).instant(r -> r.value().receivedAt());
      if (insert.update() == records.size()) {
        return List.of();
      }
    }
    try (Bulk<Read<OrderPaid>> query = new Bulk<>(connection, KEPT_OUT, records)) {
      return identifying(query).pick().stream()
          .map(picked -> new Refusal(picked.row().at(), picked.text()))
          .toList();
    }
  }

  private static Bulk<Read<OrderPaid>> identifying(Bulk<Read<OrderPaid>> bulk) throws SQLException {
    return bulk.text(r -> r.value().shop())
        .text(r -> r.value().orderNo())
        .text(r -> r.value().eventId())
        .bigint(r -> r.value().orderVersion())
        .bigint(r -> r.value().amountMinor())
        .text(r -> r.value().currency())
        .text(r -> r.value().provider())
        .text(r -> r.value().account())
        .text(r -> r.value().transactionId());
  }
}

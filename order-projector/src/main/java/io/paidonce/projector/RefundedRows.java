package io.paidonce.projector;

import io.paidonce.contract.OrderRefunded;
import io.paidonce.contract.Topic;
import io.paidonce.contract.Topics;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;

/**
 * The rows of {@code order_refunded}: one for an order, one for a transaction, for ever. A second
 * one is refused aloud: somebody would take back twice.
 */
final class RefundedRows implements TopicRows<OrderRefunded> {

  private static final String INSERT =
      """
      INSERT INTO order_refunded (shop, order_no, event_id, order_version, amount_minor, currency,
          provider, account, transaction_id, refunded_at, received_at)
      SELECT * FROM unnest(?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
      ON CONFLICT DO NOTHING
      """;

  private static final String KEPT_OUT =
      """
      SELECT n.i, CASE
          WHEN EXISTS (SELECT FROM order_refunded r
              WHERE (r.shop, r.order_no) = (n.shop, n.order_no))
            THEN 'another order-refunded of this order is stored'
          WHEN EXISTS (SELECT FROM order_refunded r
              WHERE (r.provider, r.account, r.transaction_id)
                  = (n.provider, n.account, n.transaction_id))
            THEN 'this transaction has already been refunded for another order'
          ELSE 'this event id belongs to another order' END
      FROM unnest(?, ?, ?, ?, ?, ?, ?, ?, ?) WITH ORDINALITY
          AS n (shop, order_no, event_id, order_version, amount_minor, currency, provider, account,
              transaction_id, i)
      WHERE NOT EXISTS (
          SELECT FROM order_refunded r
          WHERE (r.shop, r.order_no, r.event_id, r.order_version, r.amount_minor, r.currency,
                  r.provider, r.account, r.transaction_id)
              = (n.shop, n.order_no, n.event_id, n.order_version, n.amount_minor, n.currency,
                  n.provider, n.account, n.transaction_id))
      """;

  @Override
  public Topic<OrderRefunded> topic() {
    return Topics.ORDER_REFUNDED;
  }

  @Override
  public List<Refusal> write(Connection connection, List<Read<OrderRefunded>> records)
      throws SQLException {
    try (Bulk<Read<OrderRefunded>> insert = new Bulk<>(connection, INSERT, records)) {
      identifying(insert).instant(r -> r.value().refundedAt()).instant(r -> r.value().receivedAt());
      if (insert.update() == records.size()) {
        return List.of();
      }
    }
    try (Bulk<Read<OrderRefunded>> query = new Bulk<>(connection, KEPT_OUT, records)) {
      return identifying(query).pick().stream()
          .map(picked -> new Refusal(picked.row().at(), picked.text()))
          .toList();
    }
  }

  private static Bulk<Read<OrderRefunded>> identifying(Bulk<Read<OrderRefunded>> bulk)
      throws SQLException {
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

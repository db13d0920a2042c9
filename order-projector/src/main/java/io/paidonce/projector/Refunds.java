package io.paidonce.projector;

import io.paidonce.contract.OrderTransition;
import io.paidonce.contract.RefundFact;
import io.paidonce.contract.RefundOutcome;
import io.paidonce.contract.TransactionKey;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;

/** The rows of {@code refunds}: each fact about a refund of an order. */
final class Refunds {

  private static final String UPSERT =
      """
      INSERT INTO refunds AS t (provider, account, transaction_id, refund_id, outcome,
          identity_total_minor, shop, order_no, merchant_refund_no, amount_minor,
          refunded_total_minor, transaction_amount_minor, currency, occurred_at, received_at,
          witness, order_version)
      SELECT * FROM unnest(?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
      ON CONFLICT (provider, account, transaction_id, refund_id, outcome, identity_total_minor,
          shop, order_no) DO UPDATE SET
          merchant_refund_no = excluded.merchant_refund_no, amount_minor = excluded.amount_minor,
          refunded_total_minor = excluded.refunded_total_minor,
          transaction_amount_minor = excluded.transaction_amount_minor,
          currency = excluded.currency, occurred_at = excluded.occurred_at,
          received_at = excluded.received_at, witness = excluded.witness,
          order_version = excluded.order_version
      WHERE excluded.order_version > t.order_version
      """;

  private final Newest<Row> newest = new Newest<>(Row::key, row -> row.order().version());

  private record Row(OrderTransition order, RefundFact fact) {
    private Key key() {
      return new Key(
          order.shop(),
          order.orderNo(),
          fact.transaction(),
          fact.refundId(),
          fact.outcome(),
          identityTotalMinor());
    }

    // Always one of the two: a fact that states neither can't be made.
    private long identityTotalMinor() {
      Long total = fact.refundedTotalMinor();
      return fact.amountMinor() == null && total != null ? total : 0;
    }
  }

  private record Key(
      String shop,
      String orderNo,
      TransactionKey transaction,
      String refundId,
      RefundOutcome outcome,
      long identityTotalMinor) {}

  void add(OrderTransition transition) {
    transition.after().refunds().forEach(refund -> newest.add(new Row(transition, refund)));
  }

  void write(Connection connection) throws SQLException {
    List<Row> rows = newest.rows();
    if (rows.isEmpty()) {
      return;
    }
    try (Bulk<Row> bulk = new Bulk<>(connection, UPSERT, rows)) {
      bulk.text(r -> r.fact().provider())
          .text(r -> r.fact().account())
          .text(r -> r.fact().transactionId())
          .text(r -> r.fact().refundId())
          .text(r -> r.fact().outcome().name())
          .bigint(Row::identityTotalMinor)
          .text(r -> r.order().shop())
          .text(r -> r.order().orderNo())
          .text(r -> r.fact().merchantRefundNo())
          .bigint(r -> r.fact().amountMinor())
          .bigint(r -> r.fact().refundedTotalMinor())
          .bigint(r -> r.fact().transactionAmountMinor())
          .text(r -> r.fact().currency())
          .instant(r -> r.fact().occurredAt())
          .instant(r -> r.fact().receivedAt())
          .text(r -> r.fact().witness().name())
          .bigint(r -> r.order().version())
          .update();
    }
  }
}

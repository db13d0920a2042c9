package io.paidonce.projector;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Optional;
import javax.sql.DataSource;

/**
 * All that the read store knows of one order, read in one snapshot. Each part is a query whose
 * column labels are the JSON's names.
 */
final class OrderQuery {

  private static final String ORDER =
      """
      SELECT status, version, amount_due_minor AS "amountDueMinor", currency,
          placed_at AS "placedAt", partial_payments AS "partialPayments",
          late_payment AS "latePayment", due_since AS "dueSince", updated_at AS "updatedAt", paying_provider AS "payingProvider",
          paying_account AS "payingAccount", paying_transaction_id AS "payingTransactionId"
      FROM orders WHERE shop = ? AND order_no = ?
      """;

  private static final String PAID =
      """
      SELECT event_id AS "eventId", order_version AS "orderVersion",
          amount_minor AS "amountMinor", currency, provider, account,
          transaction_id AS "transactionId", paid_at AS "paidAt", received_at AS "receivedAt"
      FROM order_paid WHERE shop = ? AND order_no = ?
      """;

  private static final String CANCELLED =
      """
      SELECT event_id AS "eventId", order_version AS "orderVersion", command_id AS "commandId",
          actor, at
      FROM order_cancelled WHERE shop = ? AND order_no = ?
      """;

  private static final String REFUNDED =
      """
      SELECT event_id AS "eventId", order_version AS "orderVersion",
          amount_minor AS "amountMinor", currency, provider, account,
          transaction_id AS "transactionId", refunded_at AS "refundedAt",
          received_at AS "receivedAt"
      FROM order_refunded WHERE shop = ? AND order_no = ?
      """;

  private static final String PAYMENTS =
      """
      SELECT provider, account, transaction_id AS "transactionId", amount_minor AS "amountMinor",
          currency, standing, refunded_minor AS "refundedMinor",
          excess_minor AS "excessMinor", payee,
          expected_payee AS "expectedPayee",
          occurred_at AS "occurredAt", received_at AS "receivedAt", witness
      FROM payments WHERE shop = ? AND order_no = ?
      ORDER BY received_at, provider, account, transaction_id
      """;

  private static final String REFUNDS =
      """
      SELECT provider, account, transaction_id AS "transactionId", refund_id AS "refundId",
          merchant_refund_no AS "merchantRefundNo", outcome, amount_minor AS "amountMinor",
          refunded_total_minor AS "refundedTotalMinor",
          transaction_amount_minor AS "transactionAmountMinor", currency,
          occurred_at AS "occurredAt", received_at AS "receivedAt", witness
      FROM refunds WHERE shop = ? AND order_no = ?
      ORDER BY received_at, provider, account, transaction_id, refund_id, outcome,
          identity_total_minor
      """;

  private static final String BALANCES =
      """
      SELECT currency, received_minor AS "receivedMinor", applied_minor AS "appliedMinor",
          owed_back_minor AS "owedBackMinor", suspense_minor AS "suspenseMinor",
          refunded_minor AS "refundedMinor"
      FROM order_balances WHERE shop = ? AND order_no = ? ORDER BY currency
      """;

  private static final String HISTORY =
      """
      SELECT version, from_status AS "from", to_status AS "to", cause, input_id AS "inputId", at,
          source_topic AS "sourceTopic", source_partition AS "sourcePartition",
          source_offset AS "sourceOffset"
      FROM order_transitions WHERE shop = ? AND order_no = ? ORDER BY version
      """;

  private static final String DELIVERIES =
      """
      SELECT identity, deliveries, conflicts, first_received_at AS "firstReceivedAt",
          last_received_at AS "lastReceivedAt", witnesses, key_ids AS "keyIds",
          first_topic AS "firstTopic", first_partition AS "firstPartition",
          first_offset AS "firstOffset", revision
      FROM notification_receipts WHERE shop = ? AND order_no = ?
      ORDER BY first_received_at, identity
      """;

  private static final String EXCEPTIONS =
      """
      SELECT exception_id AS "exceptionId", kind, state, revision,
          suggested_action AS "suggestedAction", evidence, opened_at AS "openedAt", at
      FROM payment_exceptions WHERE shop = ? AND order_no = ? ORDER BY opened_at, exception_id
      """;

  private final DataSource database;

  OrderQuery(DataSource database) {
    this.database = database;
  }

  /** Nothing, where no table has a row of it. */
  Optional<ObjectNode> find(String shop, String orderNo) throws SQLException {
    try (Connection connection = database.getConnection()) {
      Rows rows = new Rows(connection, shop, orderNo);
      ObjectNode answer = JsonNodeFactory.instance.objectNode();
      answer.put("shop", shop).put("orderNo", orderNo);
      // Topics arrive in any order, so an order may have a delivery before it has a status.
      rows.of(ORDER).forEach(order -> answer.setAll((ObjectNode) order));
      rows.of(PAID).forEach(paid -> answer.set("paid", paid));
      rows.of(CANCELLED).forEach(cancelled -> answer.set("cancelled", cancelled));
      rows.of(REFUNDED).forEach(refunded -> answer.set("refunded", refunded));
      answer.set("payments", rows.of(PAYMENTS));
      answer.set("refunds", rows.of(REFUNDS));
      answer.set("balances", rows.of(BALANCES));
      answer.set("history", rows.of(HISTORY));
      answer.set("deliveries", rows.of(DELIVERIES));
      answer.set("exceptions", rows.of(EXCEPTIONS));
      connection.commit();
      return rows.seen ? Optional.of(answer) : Optional.empty();
    }
  }

  private static final class Rows {
    private final Connection connection;
    private final String shop;
    private final String orderNo;
    private boolean seen;

    Rows(Connection connection, String shop, String orderNo) {
      this.connection = connection;
      this.shop = shop;
      this.orderNo = orderNo;
    }

    ArrayNode of(String sql) throws SQLException {
      try (PreparedStatement statement = connection.prepareStatement(sql)) {
        statement.setString(1, shop);
        statement.setString(2, orderNo);
        try (ResultSet result = statement.executeQuery()) {
          ArrayNode rows = JsonRows.of(result);
          seen |= !rows.isEmpty();
          return rows;
        }
      }
    }
  }
}

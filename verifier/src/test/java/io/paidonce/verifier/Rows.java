package io.paidonce.verifier;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.paidonce.contract.Balance;
import io.paidonce.contract.Combination;
import io.paidonce.contract.CommandOutcome;
import io.paidonce.contract.DeadLetter;
import io.paidonce.contract.DeadLetterRedrive;
import io.paidonce.contract.ExceptionCase;
import io.paidonce.contract.NotificationReceipt;
import io.paidonce.contract.OrderCancelled;
import io.paidonce.contract.OrderCommand;
import io.paidonce.contract.OrderPaid;
import io.paidonce.contract.OrderPayment;
import io.paidonce.contract.OrderRefunded;
import io.paidonce.contract.OrderTransition;
import io.paidonce.contract.PaymentFact;
import io.paidonce.contract.PaymentNotification;
import io.paidonce.contract.ProviderRequest;
import io.paidonce.contract.RecordCoordinates;
import io.paidonce.contract.RefundFact;
import io.paidonce.contract.RejectedCallback;
import io.paidonce.contract.TransactionKey;
import io.paidonce.contract.Witness;
import java.sql.Array;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;
import org.postgresql.util.PGobject;

/** Writes a world's rows by hand, as a projector would, sharing nothing with the check. */
final class Rows {

  private final Connection connection;

  Rows(Connection connection) {
    this.connection = connection;
  }

  void write(World world) throws SQLException {
    for (OrderTransition t : world.transitions) {
      transition(t);
    }
    for (NotificationReceipt r : world.receipts) {
      insert(
          "notification_receipts",
          r.identity(),
          r.shop(),
          r.orderNo(),
          r.fingerprint(),
          r.deliveries(),
          r.conflicts(),
          time(r.firstReceivedAt()),
          time(r.lastReceivedAt()),
          array(r.witnesses().stream().map(Witness::name).toList()),
          array(r.keyIds()),
          r.first().topic(),
          r.first().partition(),
          r.first().offset(),
          r.revision());
    }
    for (OrderPaid p : world.paid) {
      insert(
          "order_paid",
          p.shop(),
          p.orderNo(),
          p.eventId(),
          p.orderVersion(),
          p.amountMinor(),
          p.currency(),
          p.provider(),
          p.account(),
          p.transactionId(),
          time(p.paidAt()),
          time(p.receivedAt()));
    }
    for (OrderCancelled c : world.cancelled) {
      insert(
          "order_cancelled",
          c.shop(),
          c.orderNo(),
          c.eventId(),
          c.orderVersion(),
          c.commandId(),
          c.actor(),
          time(c.at()));
    }
    for (OrderRefunded r : world.refunded) {
      insert(
          "order_refunded",
          r.shop(),
          r.orderNo(),
          r.eventId(),
          r.orderVersion(),
          r.amountMinor(),
          r.currency(),
          r.provider(),
          r.account(),
          r.transactionId(),
          time(r.refundedAt()),
          time(r.receivedAt()));
    }
    for (Map.Entry<RecordCoordinates, Object> kept : world.places.entrySet()) {
      kept(kept.getKey(), kept.getValue());
    }
    for (ExceptionCase c : world.cases) {
      run("DELETE FROM payment_exceptions WHERE exception_id = '" + c.exceptionId() + "'");
      exception(c);
    }
  }

  void offsets(Map<TopicPartition, Long> offsets) throws SQLException {
    for (Map.Entry<TopicPartition, Long> offset : offsets.entrySet()) {
      insert(
          "projector_offsets",
          offset.getKey().topic(),
          offset.getKey().partition(),
          offset.getValue());
    }
  }

  void run(String sql) throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(sql)) {
      statement.execute();
    }
  }

  private void transition(OrderTransition t) throws SQLException {
    TransactionKey paying = t.after().payingTransaction();
    run("DELETE FROM orders WHERE order_no = '" + t.orderNo() + "'");
    run("DELETE FROM payments WHERE order_no = '" + t.orderNo() + "'");
    run("DELETE FROM refunds WHERE order_no = '" + t.orderNo() + "'");
    run("DELETE FROM order_balances WHERE order_no = '" + t.orderNo() + "'");
    insert(
        "orders",
        t.shop(),
        t.orderNo(),
        t.version(),
        t.to().name(),
        t.after().amountDueMinor(),
        t.after().currency(),
        time(t.after().placedAt()),
        paying == null ? null : paying.provider(),
        paying == null ? null : paying.account(),
        paying == null ? null : paying.transactionId(),
        time(t.at()),
        t.after().policy() != null && t.after().policy().partialPayments(),
        t.after().policy() == null ? "REVIEW" : t.after().policy().latePayment().name(),
        time(t.after().dueSince()));
    insert(
        "order_transitions",
        t.shop(),
        t.orderNo(),
        t.version(),
        t.from().name(),
        t.to().name(),
        t.inputId(),
        t.cause().name(),
        time(t.at()),
        t.source().topic(),
        t.source().partition(),
        t.source().offset());
    for (OrderPayment payment : t.after().payments()) {
      PaymentFact f = payment.fact();
      insert(
          "payments",
          f.provider(),
          f.account(),
          f.transactionId(),
          t.shop(),
          t.orderNo(),
          f.amountMinor(),
          f.currency(),
          f.payee(),
          f.expectedPayee(),
          payment.standing().name(),
          time(f.occurredAt()),
          time(f.receivedAt()),
          f.witness().name(),
          t.version(),
          payment.refundedMinor(),
          payment.excessMinor());
    }
    for (RefundFact f : t.after().refunds()) {
      insert(
          "refunds",
          f.provider(),
          f.account(),
          f.transactionId(),
          f.refundId(),
          f.outcome().name(),
          f.amountMinor() != null ? Long.valueOf(0) : f.refundedTotalMinor(),
          t.shop(),
          t.orderNo(),
          f.merchantRefundNo(),
          f.amountMinor(),
          f.refundedTotalMinor(),
          f.transactionAmountMinor(),
          f.currency(),
          time(f.occurredAt()),
          time(f.receivedAt()),
          f.witness().name(),
          t.version());
    }
    for (Balance b : t.after().balances()) {
      insert(
          "order_balances",
          t.shop(),
          t.orderNo(),
          b.currency(),
          b.receivedMinor(),
          b.appliedMinor(),
          b.owedBackMinor(),
          b.suspenseMinor(),
          t.version(),
          b.refundedMinor());
    }
  }

  private void kept(RecordCoordinates at, Object value) throws SQLException {
    if (value instanceof OrderCommand c) {
      insert(
          "order_commands",
          at.partition(),
          at.offset(),
          c.shop(),
          c.orderNo(),
          c.commandId(),
          c.kind().name(),
          c.actor(),
          c.amountDueMinor(),
          c.currency(),
          null,
          null,
          null,
          c.reason(),
          time(c.issuedAt()));
    } else if (value instanceof CommandOutcome o) {
      insert(
          "command_outcomes",
          at.partition(),
          at.offset(),
          o.shop(),
          o.orderNo(),
          o.commandId(),
          o.kind().name(),
          o.actor(),
          o.result().name(),
          o.reason(),
          time(o.at()),
          o.source().topic(),
          o.source().partition(),
          o.source().offset());
    } else if (value instanceof PaymentNotification n) {
      delivery(at, n);
    } else if (value instanceof ProviderRequest r) {
      insert(
          "provider_requests",
          at.partition(),
          at.offset(),
          r.requestId(),
          r.attempt(),
          r.kind().name(),
          r.shop(),
          r.orderNo(),
          r.provider(),
          r.account(),
          null,
          null,
          null,
          null,
          null,
          r.reason(),
          r.orderVersion(),
          time(r.requestedAt()),
          time(r.until()),
          combined(r));
    } else if (value instanceof DeadLetter d) {
      insert(
          "dead_letters",
          at.partition(),
          at.offset(),
          d.reason().name(),
          d.detail(),
          // As its key says, where it has one: world's have none.
          null,
          null,
          d.origin(),
          d.source() == null ? null : d.source().topic(),
          d.source() == null ? null : d.source().partition(),
          d.source() == null ? null : d.source().offset(),
          time(d.at()));
    } else if (value instanceof DeadLetterRedrive r) {
      insert(
          "dead_letter_redrives",
          at.partition(),
          at.offset(),
          r.deadLetter().partition(),
          r.deadLetter().offset(),
          r.source().topic(),
          r.source().partition(),
          r.source().offset(),
          r.actor(),
          r.why(),
          r.times(),
          time(r.at()));
    } else if (value instanceof RejectedCallback r) {
      insert(
          "rejections",
          at.partition(),
          at.offset(),
          r.deliveryId(),
          r.protocol(),
          r.account(),
          r.rejection().name(),
          r.explanation(),
          r.bodySha256(),
          r.bodyBytes(),
          time(r.at()));
    }
  }

  private void delivery(RecordCoordinates at, PaymentNotification n) throws SQLException {
    PaymentFact p = n.payment();
    RefundFact r = n.refund();
    insert(
        "deliveries",
        at.partition(),
        at.offset(),
        n.deliveryId(),
        n.provider(),
        n.account(),
        n.protocol(),
        n.shop(),
        n.orderNo(),
        n.kind().name(),
        n.eventType(),
        n.notificationId(),
        n.authentication().name(),
        n.witness().name(),
        n.evidence().keyId(),
        time(n.receivedAt()),
        p != null ? p.transactionId() : r != null ? r.transactionId() : null,
        r == null ? null : r.refundId(),
        r == null ? null : r.outcome().name(),
        p != null ? Long.valueOf(p.amountMinor()) : r != null ? r.amountMinor() : null,
        p != null ? p.currency() : r != null ? r.currency() : null,
        null,
        null,
        null,
        null);
  }

  private void exception(ExceptionCase c) throws SQLException {
    insert(
        "payment_exceptions (evidence, exception_id, kind, shop, order_no, state, revision,"
            + " suggested_action, opened_at, at, source_topic, source_partition, source_offset)",
        json(c.evidence()),
        c.exceptionId(),
        c.kind().name(),
        c.shop(),
        c.orderNo(),
        c.state().name(),
        c.revision(),
        c.suggestedAction(),
        time(c.openedAt()),
        time(c.at()),
        c.source().topic(),
        c.source().partition(),
        c.source().offset());
  }

  private void insert(String table, @Nullable Object... values) throws SQLException {
    String first = table.startsWith("payment_exceptions") ? "?::jsonb" : "?";
    String rest = String.join("", Collections.nCopies(values.length - 1, ", ?"));
    try (PreparedStatement statement =
        connection.prepareStatement("INSERT INTO " + table + " VALUES (" + first + rest + ")")) {
      for (int i = 0; i < values.length; i++) {
        statement.setObject(i + 1, values[i]);
      }
      statement.executeUpdate();
    }
  }

  private static @Nullable PGobject combined(ProviderRequest request) throws SQLException {
    Combination combined = request.combined();
    if (combined == null) {
      return null;
    }
    PGobject json = new PGobject();
    json.setType("jsonb");
    json.setValue(
        combined.orders().stream()
            .map(
                o ->
                    "{\"merchant\":\"%s\",\"orderNo\":\"%s\"}".formatted(o.merchant(), o.orderNo()))
            .collect(
                Collectors.joining(
                    ",",
                    "{\"account\":{\"provider\":\"%s\",\"account\":\"%s\"},\"number\":\"%s\",\"appid\":\"%s\",\"orders\":["
                        .formatted(
                            combined.account().provider(),
                            combined.account().account(),
                            combined.number(),
                            combined.appid()),
                    "]}")));
    return json;
  }

  private Array array(List<String> values) throws SQLException {
    return connection.createArrayOf("text", values.toArray());
  }

  private static @Nullable OffsetDateTime time(@Nullable Instant instant) {
    return instant == null ? null : instant.atOffset(ZoneOffset.UTC);
  }

  private static String json(Map<String, String> evidence) {
    try {
      return new JsonMapper().writeValueAsString(evidence);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException(e);
    }
  }
}

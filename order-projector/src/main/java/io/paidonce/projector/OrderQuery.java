package io.paidonce.projector;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.paidonce.contract.OrderKey;
import io.paidonce.projector.story.Storyteller;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;
import javax.sql.DataSource;

/** All that the read store knows of one order, read by one statement and so in one snapshot. */
final class OrderQuery {

  /** A dead letter, {@code d}, with who drove it again. */
  static final String LETTER =
      "json_build_object('id', d.log_partition || ':' || log_offset,"
          + " 'reason', reason, 'detail', detail, 'origin', origin, 'at', "
          + Part.time("d.at")
          + ", 'source', CASE WHEN source_topic IS NOT NULL THEN json_build_object('topic',"
          + " source_topic, 'partition', source_partition, 'offset', source_offset) END,"
          + " 'redrives', (SELECT coalesce(json_agg(json_build_object('actor', r.actor,"
          + " 'why', r.why, 'times', r.times, 'at', "
          + Part.time("r.at")
          + ") ORDER BY r.log_offset), '[]'::json) FROM dead_letter_redrives r WHERE"
          + " (r.letter_partition, r.letter_offset) = (d.log_partition, d.log_offset)))";

  private static final List<Part> PARTS =
      List.of(
          Part.of(
              "order",
              "orders",
              "status version amount_due_minor currency placed_at:time partial_payments"
                  + " late_payment due_since:time updated_at:time paying_provider paying_account"
                  + " paying_transaction_id",
              ""),
          Part.of(
              "paid",
              "order_paid",
              "event_id order_version amount_minor currency provider account transaction_id"
                  + " paid_at:time received_at:time",
              ""),
          Part.of(
              "cancelled",
              "order_cancelled",
              "event_id order_version command_id actor at:time",
              ""),
          Part.of(
              "refunded",
              "order_refunded",
              "event_id order_version amount_minor currency provider account transaction_id"
                  + " refunded_at:time received_at:time",
              ""),
          Part.of(
              "payments",
              "payments",
              "provider account transaction_id amount_minor currency standing refunded_minor"
                  + " excess_minor payee expected_payee occurred_at:time received_at:time witness",
              "received_at, provider, account, transaction_id"),
          Part.of(
              "refunds",
              "refunds",
              "provider account transaction_id refund_id merchant_refund_no outcome amount_minor"
                  + " refunded_total_minor transaction_amount_minor currency occurred_at:time"
                  + " received_at:time witness",
              "received_at, provider, account, transaction_id, refund_id, outcome,"
                  + " identity_total_minor"),
          Part.of(
              "balances",
              "order_balances",
              "currency received_minor applied_minor owed_back_minor suspense_minor refunded_minor",
              "currency"),
          new Part(
              "history",
              "SELECT coalesce(json_agg(json_build_object('version', version, 'from', from_status,"
                  + " 'to', to_status, 'cause', cause, 'inputId', input_id, 'at', "
                  + Part.time("h.at")
                  + ", 'source', json_build_object('topic', source_topic, 'partition',"
                  + " source_partition, 'offset', source_offset)) ORDER BY version), '[]'::json)"
                  + " FROM order_transitions h WHERE shop = ? AND order_no = ?"),
          Part.of(
              "deliveries",
              "notification_receipts",
              "identity deliveries conflicts first_received_at:time last_received_at:time"
                  + " witnesses key_ids first:first_ revision",
              "first_received_at, identity"),
          Part.of(
              "notifications",
              "deliveries",
              "delivery_id provider account protocol kind event_type notification_id authentication"
                  + " witness key_id received_at:time transaction_id refund_id refund_outcome"
                  + " amount_minor currency request_id attempt answer detail"
                  + " source:payment-notifications",
              "received_at, log_partition, log_offset"),
          Part.of(
              "requests",
              "provider_requests",
              "request_id attempt kind provider account transaction_id refund_no amount_minor"
                  + " payment_minor currency combined reason order_version requested_at:time"
                  + " until:time"
                  + " source:provider-requests",
              "requested_at, log_partition, log_offset"),
          Part.of(
              "exceptions",
              "payment_exceptions",
              "exception_id kind state revision suggested_action evidence opened_at:time at:time"
                  + " source:source_",
              "opened_at, exception_id"),
          Part.of(
              "commandRecords",
              "order_commands",
              "command_id kind actor amount_due_minor currency expected_version exception_id"
                  + " exception_revision reason issued_at:time source:order-commands",
              "log_partition, log_offset"),
          Part.of(
              "outcomes",
              "command_outcomes",
              "command_id kind actor result reason at:time source:source_",
              "log_partition, log_offset"),
          new Part(
              "deadLetters",
              "SELECT coalesce(json_agg("
                  + LETTER
                  + " ORDER BY d.at, d.log_partition, log_offset), '[]'::json) FROM dead_letters d"
                  + " WHERE shop = ? AND order_no = ?"));

  private static final String FORM = "2";

  // Rows are only added and revisions only grow, so that these numbers are another whenever
  // anything is. The first is this answer's own form. revisionOf counts the same.
  private static final String REVISION =
      """
      SELECT concat_ws('.', '%s',
        (SELECT version FROM orders WHERE shop = ? AND order_no = ?),
        (SELECT count(*) FROM order_paid WHERE shop = ? AND order_no = ?),
        (SELECT count(*) FROM order_cancelled WHERE shop = ? AND order_no = ?),
        (SELECT count(*) FROM order_refunded WHERE shop = ? AND order_no = ?),
        (SELECT count(*) FROM order_transitions WHERE shop = ? AND order_no = ?),
        (SELECT coalesce(sum(revision), 0) FROM notification_receipts
            WHERE shop = ? AND order_no = ?),
        (SELECT count(*) FROM deliveries WHERE shop = ? AND order_no = ?),
        (SELECT count(*) FROM provider_requests WHERE shop = ? AND order_no = ?),
        (SELECT count(*) || '-' || coalesce(sum(revision), 0) FROM payment_exceptions
            WHERE shop = ? AND order_no = ?),
        (SELECT count(*) FROM order_commands WHERE shop = ? AND order_no = ?),
        (SELECT count(*) FROM command_outcomes WHERE shop = ? AND order_no = ?),
        (SELECT count(*) || '-' || count(r.log_offset) FROM dead_letters d
            LEFT JOIN dead_letter_redrives r ON (r.letter_partition, r.letter_offset)
                = (d.log_partition, d.log_offset)
            WHERE d.shop = ? AND d.order_no = ?))
      """
          .formatted(FORM);

  private static final int REVISION_PARTS = 12;

  private static final String WHOLE =
      PARTS.stream()
          .map(part -> "'" + part.name() + "', (" + part.sql() + ")")
          .collect(
              Collectors.joining(", ", "SELECT json_strip_nulls(json_build_object(", "))::text"));

  private static final List<String> ONE_AT_MOST = List.of("paid", "cancelled", "refunded");
  private static final JsonMapper JSON = new JsonMapper();

  private final DataSource database;

  OrderQuery(DataSource database) {
    this.database = database;
  }

  /**
   * An order's story.
   *
   * @param revision another whenever anything of it is
   */
  record Found(String revision, ObjectNode order) {}

  /** Its revision alone, which costs less than the whole; of what is unknown too. */
  String revision(OrderKey order) throws SQLException {
    try (Connection connection = database.getConnection();
        PreparedStatement statement = connection.prepareStatement(REVISION)) {
      bind(statement, order, REVISION_PARTS);
      try (ResultSet row = statement.executeQuery()) {
        row.next();
        return row.getString(1);
      }
    }
  }

  /** Nothing, where no table has a row of it. */
  Optional<Found> find(OrderKey order) throws SQLException {
    try (Connection connection = database.getConnection();
        PreparedStatement statement = connection.prepareStatement(WHOLE)) {
      bind(statement, order, PARTS.size());
      try (ResultSet row = statement.executeQuery()) {
        row.next();
        JsonNode parts = parsed(row.getString(1));
        return isKnown(parts)
            ? Optional.of(new Found(revisionOf(parts), Storyteller.tell(answer(order, parts))))
            : Optional.empty();
      }
    }
  }

  // Of what was read anyway: asking PostgreSQL for it too would more than double what a story
  // costs.
  private static String revisionOf(JsonNode parts) {
    List<String> numbers = new ArrayList<>();
    numbers.add(FORM);
    parts.path("order").forEach(row -> numbers.add(row.path("version").asText()));
    numbers.add(count(parts, "paid"));
    numbers.add(count(parts, "cancelled"));
    numbers.add(count(parts, "refunded"));
    numbers.add(count(parts, "history"));
    numbers.add(revisions(parts, "deliveries"));
    numbers.add(count(parts, "notifications"));
    numbers.add(count(parts, "requests"));
    numbers.add(count(parts, "exceptions") + "-" + revisions(parts, "exceptions"));
    numbers.add(count(parts, "commandRecords"));
    numbers.add(count(parts, "outcomes"));
    numbers.add(lettersAndRedrives(parts.path("deadLetters")));
    return String.join(".", numbers);
  }

  private static String count(JsonNode parts, String name) {
    return String.valueOf(parts.path(name).size());
  }

  private static String revisions(JsonNode parts, String name) {
    long sum = 0;
    for (JsonNode row : parts.path(name)) {
      sum += row.path("revision").asLong();
    }
    return String.valueOf(sum);
  }

  // A join gives a letter a row for each of its redrives, and one where it has none.
  private static String lettersAndRedrives(JsonNode letters) {
    int rows = 0;
    int redrives = 0;
    for (JsonNode letter : letters) {
      int of = letter.path("redrives").size();
      rows += Math.max(1, of);
      redrives += of;
    }
    return rows + "-" + redrives;
  }

  private static void bind(PreparedStatement statement, OrderKey order, int times)
      throws SQLException {
    for (int i = 0; i < times; i++) {
      statement.setString(2 * i + 1, order.shop());
      statement.setString(2 * i + 2, order.orderNo());
    }
  }

  // Topics arrive in any order, so an order may have a delivery before it has a status.
  private static boolean isKnown(JsonNode parts) {
    return StreamSupport.stream(parts.spliterator(), false).anyMatch(part -> !part.isEmpty());
  }

  private static ObjectNode answer(OrderKey order, JsonNode parts) {
    ObjectNode answer = JsonNodeFactory.instance.objectNode();
    answer.put("shop", order.shop()).put("orderNo", order.orderNo());
    for (Part part : PARTS) {
      JsonNode rows = parts.path(part.name());
      if (part.name().equals("order")) {
        rows.forEach(row -> answer.setAll((ObjectNode) row));
      } else if (ONE_AT_MOST.contains(part.name())) {
        rows.forEach(row -> answer.set(part.name(), row));
      } else {
        answer.set(part.name(), rows);
      }
    }
    return answer;
  }

  private static JsonNode parsed(String json) throws SQLException {
    try {
      return JSON.readTree(json);
    } catch (JsonProcessingException e) {
      throw new SQLException("PostgreSQL made no JSON", e);
    }
  }
}

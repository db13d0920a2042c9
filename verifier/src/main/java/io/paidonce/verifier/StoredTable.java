package io.paidonce.verifier;

import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;

/**
 * A table of the read store with all its columns, each read as text of one form.
 *
 * @param keys how many of the first columns are the key
 */
record StoredTable(String name, int keys, List<Column> columns) {

  static final StoredTable ORDERS =
      of(
          "orders",
          2,
          "shop order_no version status amount_due_minor currency placed_at:time paying_provider"
              + " paying_account paying_transaction_id updated_at:time partial_payments late_payment"
              + " due_since:time");
  static final StoredTable ORDER_TRANSITIONS =
      of(
          "order_transitions",
          3,
          "shop order_no version from_status to_status input_id cause at:time source_topic"
              + " source_partition source_offset");
  static final StoredTable PAYMENTS =
      of(
          "payments",
          5,
          "provider account transaction_id shop order_no amount_minor currency payee"
              + " expected_payee standing occurred_at:time received_at:time witness order_version"
              + " refunded_minor excess_minor");
  static final StoredTable REFUNDS =
      of(
          "refunds",
          8,
          "provider account transaction_id refund_id outcome identity_total_minor shop order_no"
              + " merchant_refund_no amount_minor refunded_total_minor transaction_amount_minor"
              + " currency occurred_at:time received_at:time witness order_version");
  static final StoredTable ORDER_BALANCES =
      of(
          "order_balances",
          3,
          "shop order_no currency received_minor applied_minor owed_back_minor suspense_minor"
              + " order_version refunded_minor");
  static final StoredTable NOTIFICATION_RECEIPTS =
      of(
          "notification_receipts",
          1,
          "identity shop order_no fingerprint deliveries conflicts first_received_at:time"
              + " last_received_at:time witnesses:list key_ids:list first_topic first_partition"
              + " first_offset revision");
  static final StoredTable ORDER_PAID =
      of(
          "order_paid",
          2,
          "shop order_no event_id order_version amount_minor currency provider account"
              + " transaction_id paid_at:time received_at:time");
  static final StoredTable ORDER_CANCELLED =
      of("order_cancelled", 2, "shop order_no event_id order_version command_id actor at:time");
  static final StoredTable ORDER_REFUNDED =
      of(
          "order_refunded",
          2,
          "shop order_no event_id order_version amount_minor currency provider account"
              + " transaction_id refunded_at:time received_at:time");
  static final StoredTable PAYMENT_EXCEPTIONS =
      of(
          "payment_exceptions",
          1,
          "exception_id kind shop order_no state revision suggested_action evidence:map"
              + " opened_at:time at:time source_topic source_partition source_offset");

  static final StoredTable ORDER_COMMANDS =
      ofLog(
          "order_commands",
          "shop order_no command_id kind actor amount_due_minor currency expected_version"
              + " exception_id exception_revision reason issued_at:time");
  static final StoredTable COMMAND_OUTCOMES =
      ofLog(
          "command_outcomes",
          "shop order_no command_id kind actor result reason at:time source_topic"
              + " source_partition source_offset");
  static final StoredTable DELIVERIES =
      ofLog(
          "deliveries",
          "delivery_id provider account protocol shop order_no kind event_type notification_id"
              + " authentication witness key_id received_at:time transaction_id refund_id"
              + " refund_outcome amount_minor currency request_id attempt answer detail");
  static final StoredTable PROVIDER_REQUESTS =
      ofLog(
          "provider_requests",
          "request_id attempt kind shop order_no provider account transaction_id refund_no"
              + " amount_minor payment_minor currency reason order_version requested_at:time"
              + " until:time combined:combination");
  static final StoredTable DEAD_LETTERS =
      ofLog(
          "dead_letters",
          "reason detail shop order_no origin source_topic source_partition source_offset at:time");
  static final StoredTable DEAD_LETTER_REDRIVES =
      ofLog(
          "dead_letter_redrives",
          "letter_partition letter_offset source_topic source_partition source_offset actor why"
              + " times at:time");
  static final StoredTable REJECTIONS =
      ofLog(
          "rejections",
          "delivery_id protocol account rejection explanation body_sha256 body_bytes at:time");

  private static final String PLACE = "log_partition log_offset ";

  /** How a column becomes the text that {@link Cells} makes of the same value. */
  enum Form {
    PLAIN("%s::text"),
    /** Microseconds since 1970: all that PostgreSQL keeps. */
    TIME("(extract(epoch FROM %s) * 1000000)::bigint::text"),
    LIST("array_to_string(%s, E'\\x1f')"),
    MAP(
        "(SELECT string_agg(key || E'\\x1e' || value, E'\\x1f' ORDER BY key COLLATE \"C\")"
            + " FROM jsonb_each_text(%s))"),
    COMBINATION(
        "(SELECT (%1$s #>> '{account,provider}') || E'\\x1e' || (%1$s #>> '{account,account}')"
            + " || E'\\x1e' || (%1$s ->> 'number') || E'\\x1e' || (%1$s ->> 'appid')"
            + " || string_agg(E'\\x1f' || (o ->> 'merchant') || E'\\x1e' || (o ->> 'orderNo'), ''"
            + " ORDER BY i)"
            + " FROM jsonb_array_elements(%1$s -> 'orders') WITH ORDINALITY AS e (o, i))");

    private final String expression;

    Form(String expression) {
      this.expression = expression;
    }
  }

  /** One column. */
  record Column(String name, Form form) {
    static Column parse(String text) {
      int colon = text.indexOf(':');
      if (colon < 0) {
        return new Column(text, Form.PLAIN);
      }
      Form form =
          switch (text.substring(colon + 1)) {
            case "time" -> Form.TIME;
            case "list" -> Form.LIST;
            case "map" -> Form.MAP;
            case "combination" -> Form.COMBINATION;
            default -> throw new IllegalArgumentException("no such form: " + text);
          };
      return new Column(text.substring(0, colon), form);
    }
  }

  // One row for each record, by its place.
  private static StoredTable ofLog(String name, String columns) {
    return of(name, 2, PLACE + columns);
  }

  /** Whether its rows are records by their place in the log. */
  boolean isByPlace() {
    return columns.get(0).name().equals("log_partition");
  }

  private static StoredTable of(String name, int keys, String columns) {
    return new StoredTable(
        name, keys, Arrays.stream(columns.split(" ")).map(Column::parse).toList());
  }

  String select() {
    return columns.stream()
        .map(column -> column.form().expression.formatted(column.name()))
        .collect(Collectors.joining(", ", "SELECT ", " FROM " + name));
  }
}

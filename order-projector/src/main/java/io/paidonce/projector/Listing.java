package io.paidonce.projector;

import io.paidonce.contract.DeadLetterReason;
import io.paidonce.contract.ExceptionKind;
import io.paidonce.contract.ExceptionState;
import io.paidonce.contract.OrderStatus;
import io.paidonce.contract.Rejection;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * One list that can be asked for: its columns, the key it is sorted and paged by, its filters.
 *
 * @param name of the list, in its address and in its answer
 * @param table it is read from
 * @param columns as {@link Part} reads them
 * @param keys what rows are sorted by; together unique
 * @param filters what may be asked
 * @param needsEveryShop whether its rows belong to no shop, so that only who sees all may read them
 */
record Listing(
    String name,
    String table,
    String columns,
    List<Key> keys,
    List<Filter> filters,
    boolean needsEveryShop) {

  /** A column of the key, and its type as PostgreSQL names it. */
  record Key(String column, String type) {}

  /**
   * One parameter.
   *
   * @param param with what it may be
   * @param condition with one question mark, for the value
   * @param value reads it, and refuses what it can't be
   */
  record Filter(Param param, String condition, Function<Params, Optional<?>> value) {

    static Filter text(String name, String condition) {
      return new Filter(
          Param.text(name, LONGEST, "Only this one, compared exactly."),
          condition,
          params -> params.text(name, LONGEST));
    }

    static <E extends Enum<E>> Filter oneOf(String name, String condition, Class<E> type) {
      return new Filter(
          Param.oneOf(name, type, "Only these."),
          condition,
          params -> params.oneOf(name, type).map(Enum::name));
    }

    static Filter instant(String name, String condition) {
      return new Filter(
          Param.time(name, "From is included, To is not."),
          condition,
          params -> params.instant(name).map(Object::toString));
    }

    static Filter minutes(String name, String condition) {
      return new Filter(
          Param.number(name, 0, MOST_MINUTES, "Nothing happened for so long."),
          condition,
          params -> params.minutes(name, MOST_MINUTES));
    }
  }

  /** What has stood still, as {@code stuck} names it. */
  enum Stuck {
    PAID_NOT_SHIPPED,
    PENDING_PAST_DEADLINE
  }

  private static final int LONGEST = 200;
  private static final int MOST_MINUTES = 1_000_000;

  static final Listing ORDERS =
      new Listing(
          "orders",
          "orders",
          "shop order_no status version amount_due_minor currency placed_at:time due_since:time"
              + " paying_provider paying_account paying_transaction_id updated_at:time",
          List.of(new Key("shop", "text"), new Key("order_no", "text")),
          List.of(
              Filter.text("shop", "t.shop = ?"),
              Filter.oneOf("status", "t.status = ?", OrderStatus.class),
              Filter.oneOf(
                  "stuck",
                  "CASE ? WHEN 'PAID_NOT_SHIPPED' THEN t.status = 'PAID'"
                      + " ELSE t.status = 'PENDING' AND t.due_since IS NOT NULL END",
                  Stuck.class),
              Filter.minutes("olderThanMinutes", "t.updated_at < now() - make_interval(mins => ?)"),
              Filter.instant("placedFrom", "t.placed_at >= ?::timestamptz"),
              Filter.instant("placedTo", "t.placed_at < ?::timestamptz")),
          false);

  static final Listing EXCEPTIONS =
      new Listing(
          "exceptions",
          "payment_exceptions",
          "exception_id kind shop order_no state revision suggested_action evidence opened_at:time"
              + " at:time source:source_",
          List.of(new Key("opened_at", "timestamptz"), new Key("exception_id", "text")),
          List.of(
              Filter.text("shop", "t.shop = ?"),
              Filter.oneOf("kind", "t.kind = ?", ExceptionKind.class),
              Filter.oneOf("state", "t.state = ?", ExceptionState.class),
              Filter.instant("openedFrom", "t.opened_at >= ?::timestamptz"),
              Filter.instant("openedTo", "t.opened_at < ?::timestamptz")),
          false);

  static final Listing DEAD_LETTERS =
      new Listing(
          "deadletters",
          "dead_letters",
          "reason detail shop order_no origin at:time source:source_ letter:dead-letters",
          List.of(new Key("log_partition", "int"), new Key("log_offset", "bigint")),
          List.of(
              Filter.text("shop", "t.shop = ?"),
              Filter.oneOf("reason", "t.reason = ?", DeadLetterReason.class),
              Filter.instant("from", "t.at >= ?::timestamptz"),
              Filter.instant("to", "t.at < ?::timestamptz")),
          false);

  static final Listing REJECTIONS =
      new Listing(
          "rejections",
          "rejections",
          "delivery_id protocol account rejection explanation body_sha256 body_bytes at:time"
              + " source:rejections",
          List.of(new Key("log_partition", "int"), new Key("log_offset", "bigint")),
          List.of(
              Filter.text("account", "t.account = ?"),
              Filter.oneOf("rejection", "t.rejection = ?", Rejection.class),
              Filter.instant("from", "t.at >= ?::timestamptz"),
              Filter.instant("to", "t.at < ?::timestamptz")),
          true);

  static final Listing GATEWAYS =
      new Listing(
          "gateways",
          "gateway_status",
          "instance running at:time status source:gateway-status",
          List.of(new Key("instance", "text")),
          List.of(Filter.minutes("silentMinutes", "t.at < now() - make_interval(mins => ?)")),
          true);

  /** Where a proposal stands, as {@code state} names it. */
  enum ProposalState {
    PROPOSED,
    APPROVED,
    DONE,
    REJECTED,
    EXPIRED
  }

  static final Listing PROPOSALS =
      new Listing(
          "proposals",
          "paidonce_operations.proposals_now",
          "proposal_id action request_id shop order_no letter expected_version exception_id"
              + " exception_revision reason digest proposed_by proposed_at:time expires_at:time"
              + " state decided_by decided_at:time",
          List.of(new Key("proposed_at", "timestamptz"), new Key("proposal_id", "text")),
          List.of(
              Filter.text("shop", "t.shop = ?"),
              Filter.text("orderNo", "t.order_no = ?"),
              Filter.oneOf("action", "t.action = ?", OperatorAction.class),
              Filter.oneOf("state", "t.state = ?", ProposalState.class)),
          false);

  static final List<Listing> ALL =
      List.of(ORDERS, EXCEPTIONS, DEAD_LETTERS, REJECTIONS, GATEWAYS, PROPOSALS);

  /** Parameters that say which part of a list is wanted, and not which list. */
  static final Set<String> PAGING = Set.of("limit", "page");

  /** What may be asked of all of it. */
  List<Param> filterParams() {
    return filters.stream().map(Filter::param).toList();
  }

  /** The columns of a row as the JSON names them, in their order; nested ones whole. */
  List<String> names() {
    return Arrays.stream(columns.split(" ", -1)).map(Part::name).toList();
  }

  /**
   * The query of one page, a row more than is told, so that it is known whether there are others.
   *
   * @param conditions besides those of the key
   */
  String sql(List<String> conditions, boolean isFirst) {
    String key = keys.stream().map(k -> "t." + k.column()).collect(Collectors.joining(", "));
    List<String> where = new ArrayList<>(conditions);
    if (!isFirst) {
      where.add(
          "("
              + key
              + ") > ("
              + keys.stream().map(k -> "?::" + k.type()).collect(Collectors.joining(", "))
              + ")");
    }
    return "SELECT json_strip_nulls("
        + Part.object(columns)
        + ")::text, "
        + keys.stream().map(k -> "t." + k.column() + "::text").collect(Collectors.joining(", "))
        + " FROM "
        + table
        + " t"
        + (where.isEmpty() ? "" : " WHERE " + String.join(" AND ", where))
        + " ORDER BY "
        + key
        + " LIMIT ?";
  }
}

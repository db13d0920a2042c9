package io.paidonce.projector;

import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;

/**
 * One list of rows as JSON, made by PostgreSQL: so a whole order is one statement and one answer,
 * and one snapshot.
 *
 * @param name of the list in the answer
 * @param sql a query of one column, {@code json}, with two parameters: shop and order number
 */
record Part(String name, String sql) {

  private static final String OF_ORDER = "t.shop = ? AND t.order_no = ?";

  /**
   * Rows of a table.
   *
   * @param columns by name, parted by spaces; {@code :time} behind one that is a time, {@code :log}
   *     behind the name of a place in a topic whose table is keyed by it
   */
  static Part of(String name, String table, String columns, String order) {
    return new Part(
        name,
        "SELECT coalesce(json_agg(json_build_object("
            + Arrays.stream(columns.split(" ", -1))
                .map(Part::field)
                .collect(Collectors.joining(", "))
            + ")"
            + (order.isEmpty() ? "" : " ORDER BY " + order)
            + "), '[]'::json) FROM "
            + table
            + " t WHERE "
            + OF_ORDER);
  }

  /** A row as a JSON object, of columns as {@link #of} takes them. */
  static String object(String columns) {
    return Arrays.stream(columns.split(" ", -1))
        .map(Part::field)
        .collect(Collectors.joining(", ", "json_build_object(", ")"));
  }

  /** What the JSON calls a column. */
  static String name(String column) {
    int colon = column.indexOf(':');
    if (colon < 0) {
      return camel(column);
    }
    String name = column.substring(0, colon);
    return column.endsWith(":time") ? camel(name) : name;
  }

  private static String field(String column) {
    int colon = column.indexOf(':');
    if (colon < 0) {
      return quoted(name(column)) + ", t." + column;
    }
    String form = column.substring(colon + 1);
    return quoted(name(column))
        + ", "
        + (form.equals("time") ? time("t." + column.substring(0, colon)) : place(form));
  }

  /** A time as {@link java.time.Instant} writes it, whatever the session's zone is. */
  static String time(String column) {
    return "(to_json(" + column + " AT TIME ZONE 'UTC') #>> '{}') || 'Z'";
  }

  // Where a record stands: given by three columns, or by the row's own place in a topic.
  private static String place(String form) {
    return form.endsWith("_")
        ? place("t." + form + "topic", "t." + form + "partition", "t." + form + "offset")
        : place(quoted(form), "t.log_partition", "t.log_offset");
  }

  private static String place(String topic, String partition, String offset) {
    return "CASE WHEN "
        + partition
        + " IS NOT NULL THEN json_build_object('topic', "
        + topic
        + ", 'partition', "
        + partition
        + ", 'offset', "
        + offset
        + ") END";
  }

  private static String quoted(String text) {
    return "'" + text + "'";
  }

  private static String camel(String column) {
    StringBuilder camel = new StringBuilder();
    for (String word : column.split("_", -1)) {
      camel.append(
          camel.length() == 0
              ? word
              : word.substring(0, 1).toUpperCase(Locale.ROOT) + word.substring(1));
    }
    return camel.toString();
  }
}

package io.paidonce.projector;

import io.paidonce.contract.OrderKey;
import java.sql.Array;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import javax.sql.DataSource;

/** Which orders an id may mean, whatever kind of id it is. */
final class SearchQuery {

  /** Most orders of each kind that are told; more than one is ambiguous already. */
  static final int MOST = 20;

  /** Each kind of id with the tables that know it by an index. */
  private static final List<Lookup> LOOKUPS =
      List.of(
          new Lookup("orderNo", "orders", "order_no"),
          new Lookup("orderNo", "deliveries", "order_no"),
          new Lookup("orderNo", "order_commands", "order_no"),
          new Lookup("orderNo", "dead_letters", "order_no"),
          new Lookup("transactionId", "payments", "transaction_id"),
          new Lookup("transactionId", "deliveries", "transaction_id"),
          new Lookup("refundId", "refunds", "refund_id"),
          new Lookup("merchantRefundNo", "refunds", "merchant_refund_no"),
          new Lookup("refundNo", "provider_requests", "refund_no"),
          new Lookup("notificationId", "deliveries", "notification_id"),
          new Lookup("commandId", "order_commands", "command_id"));

  private static final Comparator<OrderKey> BY_NAME =
      Comparator.comparing(OrderKey::shop).thenComparing(OrderKey::orderNo);

  private final DataSource database;

  private record Lookup(String kind, String table, String column) {
    private String sql() {
      return "(SELECT '"
          + kind
          + "', shop, order_no FROM "
          + table
          + " WHERE "
          + column
          + " = ? AND order_no IS NOT NULL AND (?::text[] IS NULL OR shop = ANY (?)) LIMIT "
          + (MOST + 1)
          + ")";
    }
  }

  SearchQuery(DataSource database) {
    this.database = database;
  }

  /** What an id may be, in words, for whoever looked in vain. */
  static String kinds() {
    return String.join(", ", new TreeSet<>(LOOKUPS.stream().map(Lookup::kind).toList()));
  }

  /**
   * The orders that an id means, each with what the id is of it.
   *
   * @param shops only of these; empty for every shop
   */
  Map<OrderKey, Set<String>> find(String id, Set<String> shops) throws SQLException {
    return find(id, shops, LOOKUPS);
  }

  /** The orders that know a command id. */
  Set<OrderKey> ofCommand(String commandId, Set<String> shops) throws SQLException {
    return find(
            commandId,
            shops,
            LOOKUPS.stream().filter(lookup -> lookup.kind().equals("commandId")).toList())
        .keySet();
  }

  private Map<OrderKey, Set<String>> find(String id, Set<String> shops, List<Lookup> lookups)
      throws SQLException {
    String sql = String.join(" UNION ", lookups.stream().map(Lookup::sql).toList());
    Map<OrderKey, Set<String>> found = new LinkedHashMap<>();
    try (Connection connection = database.getConnection();
        PreparedStatement statement = connection.prepareStatement(sql)) {
      Array only =
          shops.isEmpty() ? null : connection.createArrayOf("text", shops.toArray(String[]::new));
      for (int i = 0; i < lookups.size(); i++) {
        statement.setString(3 * i + 1, id);
        statement.setArray(3 * i + 2, only);
        statement.setArray(3 * i + 3, only);
      }
      try (ResultSet rows = statement.executeQuery()) {
        while (rows.next()) {
          found
              .computeIfAbsent(
                  new OrderKey(rows.getString(2), rows.getString(3)), order -> new TreeSet<>())
              .add(rows.getString(1));
        }
      }
    }
    Map<OrderKey, Set<String>> sorted = new LinkedHashMap<>();
    found.keySet().stream().sorted(BY_NAME).forEach(order -> sorted.put(order, found.get(order)));
    return sorted;
  }
}

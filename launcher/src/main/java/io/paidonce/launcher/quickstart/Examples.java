package io.paidonce.launcher.quickstart;

import io.paidonce.contract.ExceptionKind;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.LinkedHashMap;
import java.util.Map;

/** Finds one order of each interesting kind in the read store, to be looked at. */
final class Examples {

  private static final String PAID_AFTER_DUPLICATES =
      """
      SELECT p.shop, p.order_no
      FROM order_paid p JOIN notification_receipts r USING (shop, order_no)
      WHERE r.deliveries > 1
        AND NOT EXISTS (SELECT 1 FROM payment_exceptions e
                        WHERE e.shop = p.shop AND e.order_no = p.order_no)
      ORDER BY r.deliveries DESC, p.shop, p.order_no LIMIT 1
      """;

  private static final String WITH_EXCEPTION =
      """
      SELECT shop, order_no FROM payment_exceptions
      WHERE kind = ? AND order_no IS NOT NULL ORDER BY shop, order_no LIMIT 1
      """;

  private Examples() {}

  /** Paths of the query API by what they show; a kind that did not happen is left out. */
  static Map<String, String> find(String jdbcUrl) throws SQLException {
    Map<String, String> paths = new LinkedHashMap<>();
    try (Connection connection = DriverManager.getConnection(jdbcUrl)) {
      find(paths, connection, "paid once, notified more often", PAID_AFTER_DUPLICATES);
      find(paths, connection, "paid twice", WITH_EXCEPTION, ExceptionKind.DOUBLE_PAYMENT.name());
      find(
          paths,
          connection,
          "paid another amount",
          WITH_EXCEPTION,
          ExceptionKind.AMOUNT_MISMATCH.name());
      find(
          paths,
          connection,
          "paid after it was cancelled",
          WITH_EXCEPTION,
          ExceptionKind.LATE_PAYMENT.name());
    }
    return paths;
  }

  private static void find(
      Map<String, String> paths, Connection connection, String what, String sql, String... values)
      throws SQLException {
    try (PreparedStatement query = connection.prepareStatement(sql)) {
      for (int i = 0; i < values.length; i++) {
        query.setString(i + 1, values[i]);
      }
      try (ResultSet row = query.executeQuery()) {
        if (row.next()) {
          paths.put(
              what, "/v1/orders/" + encoded(row.getString(1)) + "/" + encoded(row.getString(2)));
        }
      }
    }
  }

  private static String encoded(String segment) {
    return URLEncoder.encode(segment, StandardCharsets.UTF_8).replace("+", "%20");
  }
}

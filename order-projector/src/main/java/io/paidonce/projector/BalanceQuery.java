package io.paidonce.projector;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.sql.Array;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Optional;
import java.util.Set;
import javax.sql.DataSource;

/** Where all money stands, by provider and currency, minor units. */
final class BalanceQuery {

  private static final int LONGEST_SHOP = 64;

  static final Param SHOP = Param.text("shop", LONGEST_SHOP, "Of this shop only.");

  /** As the view {@code money_by_provider}, of some shops. */
  private static final String SUMS =
      """
      SELECT provider, currency, sum(amount_minor),
        sum(CASE standing WHEN 'APPLIED' THEN amount_minor - refunded_minor - excess_minor
            ELSE 0 END),
        sum(excess_minor),
        sum(CASE standing WHEN 'OWED_BACK' THEN amount_minor - refunded_minor ELSE 0 END),
        sum(CASE standing WHEN 'SUSPENSE' THEN amount_minor - refunded_minor ELSE 0 END),
        sum(refunded_minor)
      FROM payments
      WHERE (?::text[] IS NULL OR shop = ANY (?)) AND (?::text IS NULL OR shop = ?)
      GROUP BY provider, currency ORDER BY provider, currency
      """;

  private static final String[] NAMES = {
    "receivedMinor",
    "appliedMinor",
    "excessMinor",
    "refundDueMinor",
    "suspenseMinor",
    "refundedMinor"
  };

  private final DataSource database;

  BalanceQuery(DataSource database) {
    this.database = database;
  }

  Answer answer(Asked asked) throws SQLException {
    Optional<String> shop = asked.params().text("shop", LONGEST_SHOP);
    Set<String> shops = asked.caller().shops();
    try (Connection connection = database.getConnection();
        PreparedStatement statement = connection.prepareStatement(SUMS)) {
      Array only =
          shops.isEmpty() ? null : connection.createArrayOf("text", shops.toArray(String[]::new));
      statement.setArray(1, only);
      statement.setArray(2, only);
      statement.setString(3, shop.orElse(null));
      statement.setString(4, shop.orElse(null));
      ObjectNode answer = JsonNodeFactory.instance.objectNode();
      ArrayNode balances = answer.putArray("balances");
      try (ResultSet rows = statement.executeQuery()) {
        while (rows.next()) {
          ObjectNode balance = balances.addObject();
          balance.put("provider", rows.getString(1)).put("currency", rows.getString(2));
          for (int i = 0; i < NAMES.length; i++) {
            // Sums of bigint are numeric: no sum is cut off.
            balance.put(NAMES[i], rows.getBigDecimal(i + 3));
          }
        }
      }
      return Answer.of(answer);
    }
  }
}

package io.paidonce.projector;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.paidonce.contract.OrderKey;
import io.paidonce.projector.deadletters.LetterId;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.Map;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/** Finds what an operator's action is about: nobody acts on what he can't see. */
final class TargetQuery {

  private static final String ORDER = "SELECT 1 FROM orders WHERE shop = ? AND order_no = ?";
  private static final String EXCEPTION =
      "SELECT 1 FROM payment_exceptions WHERE shop = ? AND order_no = ? AND exception_id = ?";
  private static final String LETTER =
      "SELECT shop, order_no FROM dead_letters WHERE log_partition = ? AND log_offset = ?";
  private static final String LETTER_TOLD =
      "SELECT json_strip_nulls("
          + OrderQuery.LETTER
          + ")::text FROM dead_letters d WHERE d.log_partition = ? AND d.log_offset = ?";
  private static final JsonMapper JSON = new JsonMapper();
  private static final String AMOUNTS =
      """
      SELECT currency, max(amount) FROM (
        SELECT currency, amount_due_minor FROM orders
            WHERE shop = ? AND order_no = ? AND amount_due_minor IS NOT NULL
        UNION ALL
        SELECT currency, received_minor FROM order_balances WHERE shop = ? AND order_no = ?
      ) AS known (currency, amount) GROUP BY currency
      """;

  private final DataSource database;

  TargetQuery(DataSource database) {
    this.database = database;
  }

  /**
   * What a deed is about.
   *
   * @throws BadQuestionException if nothing is known of it, or it is not for this caller's eyes
   */
  Target of(Caller caller, Deed deed) throws SQLException {
    try (Connection connection = database.getConnection()) {
      LetterId letter = deed.letter();
      OrderKey order = letter == null ? deed.order() : ofLetter(connection, caller, letter);
      if (order == null) {
        return new Target(null, Map.of());
      }
      if (deed.action() == OperatorAction.CANCEL) {
        require(connection, ORDER, Questions.unknownOrder(), order.shop(), order.orderNo());
      } else if (deed.exceptionId() != null) {
        require(
            connection,
            EXCEPTION,
            unknownException(),
            order.shop(),
            order.orderNo(),
            deed.exceptionId());
      }
      return new Target(order, amounts(connection, order));
    }
  }

  /**
   * A dead letter with who drove it again.
   *
   * @throws BadQuestionException if there is none, or it is not for this caller's eyes
   */
  Answer letter(Caller caller, LetterId letter) throws SQLException {
    try (Connection connection = database.getConnection()) {
      OrderKey order = ofLetter(connection, caller, letter);
      try (PreparedStatement statement = connection.prepareStatement(LETTER_TOLD)) {
        statement.setInt(1, letter.partition());
        statement.setLong(2, letter.offset());
        try (ResultSet row = statement.executeQuery()) {
          row.next();
          ObjectNode told = JSON.readValue(row.getString(1), ObjectNode.class);
          if (order != null) {
            told.put("shop", order.shop()).put("orderNo", order.orderNo());
          }
          return Answer.of(told);
        }
      }
    } catch (JsonProcessingException e) {
      throw new SQLException("PostgreSQL made no JSON", e);
    }
  }

  private static @Nullable OrderKey ofLetter(Connection connection, Caller caller, LetterId letter)
      throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(LETTER)) {
      statement.setInt(1, letter.partition());
      statement.setLong(2, letter.offset());
      try (ResultSet row = statement.executeQuery()) {
        if (!row.next()) {
          throw unknownLetter();
        }
        String shop = row.getString(1);
        if (shop == null ? !caller.shops().isEmpty() : !caller.sees(shop)) {
          throw unknownLetter();
        }
        return shop == null ? null : new OrderKey(shop, row.getString(2));
      }
    }
  }

  private static void require(
      Connection connection, String sql, BadQuestionException otherwise, String... values)
      throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(sql)) {
      for (int i = 0; i < values.length; i++) {
        statement.setString(i + 1, values[i]);
      }
      try (ResultSet row = statement.executeQuery()) {
        if (!row.next()) {
          throw otherwise;
        }
      }
    }
  }

  private static Map<String, Long> amounts(Connection connection, OrderKey order)
      throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(AMOUNTS)) {
      for (int i = 0; i < 2; i++) {
        statement.setString(2 * i + 1, order.shop());
        statement.setString(2 * i + 2, order.orderNo());
      }
      Map<String, Long> amounts = new HashMap<>();
      try (ResultSet rows = statement.executeQuery()) {
        while (rows.next()) {
          amounts.put(rows.getString(1), rows.getLong(2));
        }
      }
      return amounts;
    }
  }

  private static BadQuestionException unknownException() {
    return new BadQuestionException(
        Problem.notFound(
                "this order has no such exception",
                "Take the exceptionId from the order's exceptions; it is compared exactly.")
            .of("exceptionId"));
  }

  /** What is said of a dead letter that is none, or another shop's. */
  static BadQuestionException unknownLetter() {
    return new BadQuestionException(
        Problem.notFound(
                "there is no such dead letter",
                "GET /v1/deadletters lists them; one that came moments ago may not have arrived.")
            .of("letter"));
  }
}

package io.paidonce.projector;

import io.paidonce.contract.OrderKey;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import javax.sql.DataSource;

/** Where some orders stand, all by one statement, as far as it is committed. */
final class StateQuery implements Watches.States {

  private static final String STATES =
      """
      SELECT o.shop, o.order_no, o.version, o.status
      FROM orders o JOIN unnest(?, ?) AS n (shop, order_no)
          ON (o.shop, o.order_no) = (n.shop, n.order_no)
      """;

  private final DataSource database;

  StateQuery(DataSource database) {
    this.database = database;
  }

  /** Each of them; one that nobody knows as such. */
  @Override
  public Map<OrderKey, OrderState> of(Collection<OrderKey> orders) throws SQLException {
    Map<OrderKey, OrderState> states = new HashMap<>();
    orders.forEach(order -> states.put(order, OrderState.unknown(order)));
    try (Connection connection = database.getConnection();
        Bulk<OrderKey> query = new Bulk<>(connection, STATES, List.copyOf(orders));
        ResultSet rows =
            query.text(OrderKey::shop).text(OrderKey::orderNo).statement().executeQuery()) {
      while (rows.next()) {
        OrderKey order = new OrderKey(rows.getString(1), rows.getString(2));
        states.put(order, new OrderState(order, rows.getLong(3), rows.getString(4)));
      }
    }
    return states;
  }
}

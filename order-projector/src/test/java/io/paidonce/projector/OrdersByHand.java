package io.paidonce.projector;

import io.paidonce.contract.OrderKey;
import java.sql.SQLException;
import java.util.Collection;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;

/** Where orders stand, said by a test; can be made to grow by itself, or to answer nothing. */
final class OrdersByHand implements Watches.States {

  private final Map<OrderKey, OrderState> states = new ConcurrentHashMap<>();
  private final AtomicInteger looks = new AtomicInteger();
  private volatile boolean isAway;

  void stands(String orderNo, long version, String status) {
    OrderKey order = new OrderKey("tea", orderNo);
    states.put(order, new OrderState(order, version, status));
  }

  void isAway(boolean away) {
    isAway = away;
  }

  int looks() {
    return looks.get();
  }

  @Override
  public Map<OrderKey, OrderState> of(Collection<OrderKey> orders) throws SQLException {
    looks.incrementAndGet();
    if (isAway) {
      throw new SQLException("away", "08006");
    }
    return orders.stream()
        .collect(
            Collectors.toMap(
                order -> order, order -> states.getOrDefault(order, OrderState.unknown(order))));
  }
}

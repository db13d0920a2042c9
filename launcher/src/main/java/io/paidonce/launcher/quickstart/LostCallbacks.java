package io.paidonce.launcher.quickstart;

import static java.util.Objects.requireNonNull;

import io.paidonce.contract.Money;
import io.paidonce.contract.OnDeadline;
import io.paidonce.contract.OrderCommand;
import io.paidonce.contract.OrderKey;
import io.paidonce.contract.PaymentPolicy;
import io.paidonce.contract.ProviderAccount;
import io.paidonce.simulator.KafkaOrderPlacer;
import io.paidonce.simulator.provider.TradeBook;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Of two customers at each account one pays, nobody is notified, and the shop cancels both orders:
 * what a shop does that believes its timer. The providers are asked before anything is cancelled.
 */
final class LostCallbacks {

  private static final Duration ENDED_WITHIN = Duration.ofSeconds(30);
  private static final Money PRICE = Money.of(8_800, "CNY");
  private static final String ACTOR = "a shop's timer";

  private final Clock clock = Clock.systemUTC();
  private final Map<ProviderAccount, TradeBook> books;
  private final Map<ProviderAccount, String> shops;
  private final String bootstrapServers;
  private final String jdbcUrl;

  /**
   * What became of the orders.
   *
   * @param paid found paid by asking
   * @param cancelled closed at their provider, then cancelled
   */
  record Ended(int paid, int cancelled) {}

  LostCallbacks(
      Map<ProviderAccount, TradeBook> books,
      Map<ProviderAccount, String> shops,
      String bootstrapServers,
      String jdbcUrl) {
    this.books = books;
    this.shops = shops;
    this.bootstrapServers = bootstrapServers;
    this.jdbcUrl = jdbcUrl;
  }

  /**
   * Returns when all of them are paid or cancelled.
   *
   * @throws IllegalStateException if they are not in some time
   */
  Ended play() throws InterruptedException, SQLException {
    String run = "LOST-" + Long.toString(clock.millis(), 36) + "-";
    try (KafkaOrderPlacer placer = KafkaOrderPlacer.connect(bootstrapServers)) {
      int number = 0;
      for (Map.Entry<ProviderAccount, TradeBook> one : books.entrySet()) {
        for (boolean pays : List.of(true, false)) {
          String orderNo = run + ++number;
          one.getValue().open(orderNo, PRICE.amountMinor());
          if (pays) {
            one.getValue().pay(orderNo);
          }
          placeAndCancel(placer, one.getKey(), orderNo);
        }
      }
    }
    try (Connection connection = DriverManager.getConnection(jdbcUrl)) {
      int orders = 2 * books.size();
      Await.until(
          () -> {
            Map<String, Integer> counts = counts(connection, run);
            return ended(counts).paid() + ended(counts).cancelled() == orders;
          },
          ENDED_WITHIN,
          orders + " orders whose callbacks were lost are paid or cancelled");
      return ended(counts(connection, run));
    }
  }

  private void placeAndCancel(KafkaOrderPlacer placer, ProviderAccount account, String orderNo) {
    OrderKey order = new OrderKey(requireNonNull(shops.get(account), "shop"), orderNo);
    PaymentPolicy policy =
        PaymentPolicy.DEFAULT.withDeadline(900, OnDeadline.PROVIDER).payableAt(List.of(account));
    placer
        .submit(
            OrderCommand.place(order, PRICE, policy, "place-" + orderNo, ACTOR, clock.instant()))
        .toCompletableFuture()
        .join();
    placer
        .submit(OrderCommand.cancel(order, "cancel-" + orderNo, ACTOR, clock.instant()))
        .toCompletableFuture()
        .join();
  }

  private static Ended ended(Map<String, Integer> counts) {
    return new Ended(counts.getOrDefault("PAID", 0), counts.getOrDefault("CANCELLED", 0));
  }

  private static Map<String, Integer> counts(Connection connection, String run) {
    try (PreparedStatement query =
        connection.prepareStatement(
            "SELECT status, count(*) FROM orders WHERE order_no LIKE ? GROUP BY status")) {
      query.setString(1, run + "%");
      Map<String, Integer> counts = new HashMap<>();
      try (ResultSet rows = query.executeQuery()) {
        while (rows.next()) {
          counts.put(rows.getString(1), rows.getInt(2));
        }
      }
      return counts;
    } catch (SQLException e) {
      throw new IllegalStateException("the read store can't be asked", e);
    }
  }
}

package io.paidonce.launcher.downstream;

import io.paidonce.contract.OrderPaid;
import io.paidonce.contract.OrderRefunded;
import io.paidonce.contract.Topics;
import io.paidonce.contract.downstream.ExactlyOnce;
import io.paidonce.contract.downstream.Polled;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import javax.sql.DataSource;

/** Ships what was paid, and stops what was refunded: each once. */
public final class ShippingService {

  private ShippingService() {}

  /** Works until something fails; whoever supervises this process starts it again. */
  public static void run(Map<String, ?> kafka, DataSource database) throws SQLException {
    try (ExactlyOnce shipping =
        ExactlyOnce.open("shipping", kafka, database, Instant.EPOCH)
            .onUnlessOvertaken(Topics.ORDER_PAID, ShippingService::ship)
            .on(Topics.ORDER_REFUNDED, ShippingService::stop)) {
      while (true) {
        Polled polled = shipping.poll(Duration.ofMillis(200));
        if (!polled.equals(Polled.NOTHING)) {
          System.out.println(polled);
        }
      }
    }
  }

  private static void ship(Connection connection, OrderPaid paid) throws SQLException {
    try (PreparedStatement insert =
        connection.prepareStatement("INSERT INTO shipments (shop, order_no) VALUES (?, ?)")) {
      insert.setString(1, paid.shop());
      insert.setString(2, paid.orderNo());
      insert.executeUpdate();
    }
  }

  private static void stop(Connection connection, OrderRefunded refunded) throws SQLException {
    try (PreparedStatement insert =
        connection.prepareStatement("INSERT INTO stopped (shop, order_no) VALUES (?, ?)")) {
      insert.setString(1, refunded.shop());
      insert.setString(2, refunded.orderNo());
      insert.executeUpdate();
    }
  }
}

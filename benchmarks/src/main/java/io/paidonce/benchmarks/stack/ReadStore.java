package io.paidonce.benchmarks.stack;

import io.paidonce.benchmarks.load.Merchant;
import io.paidonce.benchmarks.load.Phase;
import io.paidonce.contract.OrderStatus;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.BitSet;

/** Asks PostgreSQL, not a service, what has become of a phase's orders. */
public final class ReadStore implements AutoCloseable {

  private static final String OF_A_PHASE =
      " FROM orders WHERE shop = ? AND order_no LIKE ? AND status = ?";

  private final Connection connection;

  public ReadStore(String jdbcUrl) throws SQLException {
    connection = DriverManager.getConnection(jdbcUrl);
  }

  /** How many orders of a phase stand so. */
  public long count(Phase phase, OrderStatus status) throws SQLException {
    try (PreparedStatement query = query("SELECT count(*)", phase, status);
        ResultSet row = query.executeQuery()) {
      row.next();
      return row.getLong(1);
    }
  }

  /** The numbers of a phase's paid orders. */
  public BitSet paid(Phase phase) throws SQLException {
    BitSet paid = new BitSet();
    try (PreparedStatement query = query("SELECT order_no", phase, OrderStatus.PAID);
        ResultSet row = query.executeQuery()) {
      while (row.next()) {
        paid.set(phase.numberOf(row.getString(1)));
      }
    }
    return paid;
  }

  private PreparedStatement query(String what, Phase phase, OrderStatus status)
      throws SQLException {
    PreparedStatement query = connection.prepareStatement(what + OF_A_PHASE);
    query.setString(1, Merchant.SHOP);
    query.setString(2, phase.prefix() + "%");
    query.setString(3, status.name());
    return query;
  }

  @Override
  public void close() throws SQLException {
    connection.close();
  }
}

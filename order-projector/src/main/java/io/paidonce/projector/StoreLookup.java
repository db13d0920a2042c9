package io.paidonce.projector;

import com.fasterxml.jackson.databind.node.ObjectNode;
import com.zaxxer.hikari.HikariDataSource;
import io.paidonce.contract.OrderKey;
import java.sql.SQLException;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Finds an order and its story in the read store, for the command line. */
public final class StoreLookup implements AutoCloseable {

  private final HikariDataSource pool;

  public StoreLookup(ProjectorConfig config) {
    this.pool = QueryPool.open(config);
  }

  /**
   * The orders that an id means, each with what the id is of it.
   *
   * @throws SQLException if PostgreSQL does not answer
   */
  public Map<OrderKey, Set<String>> find(String id) throws SQLException {
    return new SearchQuery(pool).find(id, Set.of());
  }

  /**
   * An order's story; nothing, where no row is of it.
   *
   * @throws SQLException if PostgreSQL does not answer
   */
  public Optional<ObjectNode> tell(OrderKey order) throws SQLException {
    return new OrderQuery(pool).find(order).map(OrderQuery.Found::order);
  }

  @Override
  public void close() {
    pool.close();
  }
}

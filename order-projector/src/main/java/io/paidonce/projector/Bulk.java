package io.paidonce.projector;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.function.IntFunction;
import org.jspecify.annotations.Nullable;
import org.postgresql.core.BaseConnection;
import org.postgresql.core.Oid;
import org.postgresql.jdbc.PgArray;

/**
 * One statement over many rows: each column goes as one array to {@code unnest}, so that a batch
 * costs one round trip whatever its size. Columns are given in the order of the statement's
 * parameters.
 */
final class Bulk<R> implements AutoCloseable {

  // How an array begins: dimensions, whether any is null, of what, how many, counted from where.
  private static final int ARRAY_HEAD = 20;
  private static final int ARRAY_INSTANT = 12;

  private final Connection connection;
  private final PreparedStatement statement;
  private final List<R> rows;
  private int parameter;

  Bulk(Connection connection, String sql, List<R> rows) throws SQLException {
    this.connection = connection;
    this.statement = connection.prepareStatement(sql);
    this.rows = rows;
  }

  Bulk<R> text(Function<R, @Nullable String> column) throws SQLException {
    return array("text", column, String[]::new);
  }

  Bulk<R> json(Function<R, @Nullable String> column) throws SQLException {
    return array("jsonb", column, String[]::new);
  }

  Bulk<R> bigint(Function<R, @Nullable Long> column) throws SQLException {
    return array("int8", column, Long[]::new);
  }

  Bulk<R> integer(Function<R, @Nullable Integer> column) throws SQLException {
    return array("int4", column, Integer[]::new);
  }

  Bulk<R> bool(Function<R, @Nullable Boolean> column) throws SQLException {
    return array("bool", column, Boolean[]::new);
  }

  Bulk<R> instant(Function<R, @Nullable Instant> column) throws SQLException {
    Binary array = new Binary(ARRAY_HEAD + rows.size() * ARRAY_INSTANT);
    boolean nulls = rows.stream().anyMatch(row -> column.apply(row) == null);
    array.int4(1).int4(nulls ? 1 : 0).int4(Oid.TIMESTAMPTZ).int4(rows.size()).int4(1);
    rows.forEach(row -> array.instant(column.apply(row)));
    statement.setArray(
        ++parameter,
        new PgArray(connection.unwrap(BaseConnection.class), Oid.TIMESTAMPTZ_ARRAY, array.copy()));
    return this;
  }

  /** The statement with its columns set, for a query that reads other than {@link #pick}. */
  PreparedStatement statement() {
    return statement;
  }

  /** Returns how many rows were written. */
  int update() throws SQLException {
    return statement.executeUpdate();
  }

  /** One row that a query picked, with what it said of it. */
  record Picked<R>(R row, String text) {}

  /** For a query of (ordinality from 1, text): the rows it names. */
  List<Picked<R>> pick() throws SQLException {
    List<Picked<R>> picked = new ArrayList<>();
    try (ResultSet result = statement.executeQuery()) {
      while (result.next()) {
        picked.add(new Picked<>(rows.get(result.getInt(1) - 1), result.getString(2)));
      }
    }
    return picked;
  }

  @Override
  public void close() throws SQLException {
    statement.close();
  }

  private <C> Bulk<R> array(String type, Function<R, @Nullable C> column, IntFunction<C[]> newArray)
      throws SQLException {
    C[] values = rows.stream().map(column).toArray(newArray);
    statement.setArray(++parameter, connection.createArrayOf(type, values));
    return this;
  }
}

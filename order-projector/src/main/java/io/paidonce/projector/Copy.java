package io.paidonce.projector;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Savepoint;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.postgresql.PGConnection;
import org.postgresql.copy.CopyIn;

/**
 * Rows that are written once, as one binary {@code COPY}: PostgreSQL fills whole pages with them
 * and does not ask of each whether it is there. Where one is, which is so only when records are
 * applied again, nothing of it happens and the caller goes the careful way.
 */
final class Copy<R> {

  private static final byte[] SIGNATURE = "PGCOPY\n\377\r\n\0".getBytes(ISO_8859_1);
  private static final int END = -1;
  private static final int BYTES_A_COLUMN = 24;
  private static final String UNIQUE_VIOLATION = "23505";

  private final String table;
  private final List<String> names = new ArrayList<>();
  private final List<Column<R>> columns = new ArrayList<>();

  private interface Column<R> {
    void write(R row, Binary to);
  }

  private Copy(String table) {
    this.table = table;
  }

  static <R> Copy<R> into(String table) {
    return new Copy<>(table);
  }

  Copy<R> text(String name, Function<R, @Nullable String> value) {
    return column(name, (row, to) -> to.text(value.apply(row)));
  }

  Copy<R> json(String name, Function<R, @Nullable String> value) {
    return column(name, (row, to) -> to.json(value.apply(row)));
  }

  Copy<R> bigint(String name, Function<R, @Nullable Long> value) {
    return column(name, (row, to) -> to.bigint(value.apply(row)));
  }

  Copy<R> integer(String name, Function<R, @Nullable Integer> value) {
    return column(name, (row, to) -> to.integer(value.apply(row)));
  }

  Copy<R> instant(String name, Function<R, @Nullable Instant> value) {
    return column(name, (row, to) -> to.instant(value.apply(row)));
  }

  private Copy<R> column(String name, Column<R> column) {
    names.add(name);
    columns.add(column);
    return this;
  }

  /**
   * Writes all rows, or none where the key of one is taken.
   *
   * @return whether they are written
   */
  boolean write(Connection connection, List<R> rows) throws SQLException {
    Savepoint before = connection.setSavepoint();
    try {
      copy(connection, encoded(rows));
      connection.releaseSavepoint(before);
      return true;
    } catch (SQLException e) {
      if (!UNIQUE_VIOLATION.equals(e.getSQLState())) {
        throw e;
      }
      connection.rollback(before);
      return false;
    }
  }

  private void copy(Connection connection, Binary rows) throws SQLException {
    CopyIn copy =
        connection
            .unwrap(PGConnection.class)
            .getCopyAPI()
            .copyIn(
                "COPY "
                    + table
                    + " ("
                    + String.join(", ", names)
                    + ") FROM STDIN WITH (FORMAT binary)");
    try {
      copy.writeToCopy(rows.bytes(), 0, rows.size());
      copy.endCopy();
    } finally {
      if (copy.isActive()) {
        copy.cancelCopy();
      }
    }
  }

  private Binary encoded(List<R> rows) {
    Binary binary = new Binary(rows.size() * columns.size() * BYTES_A_COLUMN);
    binary.raw(SIGNATURE).int4(0).int4(0);
    for (R row : rows) {
      binary.int2(columns.size());
      for (Column<R> column : columns) {
        column.write(row, binary);
      }
    }
    return binary.int2(END);
  }
}

package io.paidonce.projector;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.paidonce.contract.Topic;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A table that has one row for each record of a topic, at its place in the log, which is the key:
 * such a row never changes, and no record can be kept out by another.
 */
final class LogRows<V> implements TopicRows<V> {

  private static final JsonMapper JSON = new JsonMapper();
  private static final List<String> PLACE = List.of("log_partition", "log_offset");

  private final Topic<V> topic;
  private final String table;
  private final List<Column<V>> columns = new ArrayList<>();
  private final Copy<Read<V>> copy;

  private record Column<V>(String name, Setter<V> setter) {}

  private interface Setter<V> {
    void set(Bulk<Read<V>> bulk) throws SQLException;
  }

  private LogRows(Topic<V> topic, String table) {
    this.topic = topic;
    this.table = table;
    this.copy =
        Copy.<Read<V>>into(table)
            .integer("log_partition", read -> read.at().partition())
            .bigint("log_offset", read -> read.at().offset());
  }

  static <V> LogRows<V> of(Topic<V> topic, String table) {
    return new LogRows<>(topic, table);
  }

  LogRows<V> text(String name, Function<V, @Nullable String> value) {
    copy.text(name, read -> value.apply(read.value()));
    return with(name, bulk -> bulk.text(read -> value.apply(read.value())));
  }

  LogRows<V> bigint(String name, Function<V, @Nullable Long> value) {
    copy.bigint(name, read -> value.apply(read.value()));
    return with(name, bulk -> bulk.bigint(read -> value.apply(read.value())));
  }

  LogRows<V> integer(String name, Function<V, @Nullable Integer> value) {
    copy.integer(name, read -> value.apply(read.value()));
    return with(name, bulk -> bulk.integer(read -> value.apply(read.value())));
  }

  LogRows<V> instant(String name, Function<V, @Nullable Instant> value) {
    copy.instant(name, read -> value.apply(read.value()));
    return with(name, bulk -> bulk.instant(read -> value.apply(read.value())));
  }

  /** A value as the JSON that its own record writes. */
  LogRows<V> json(String name, Function<V, @Nullable Object> value) {
    copy.json(name, read -> json(value.apply(read.value())));
    return with(name, bulk -> bulk.json(read -> json(value.apply(read.value()))));
  }

  private static @Nullable String json(@Nullable Object value) {
    try {
      return value == null ? null : JSON.writeValueAsString(value);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("what was read from JSON is written as JSON", e);
    }
  }

  private LogRows<V> with(String name, Setter<V> setter) {
    columns.add(new Column<>(name, setter));
    return this;
  }

  @Override
  public Topic<V> topic() {
    return topic;
  }

  @Override
  public List<Refusal> write(Connection connection, List<Read<V>> records) throws SQLException {
    if (copy.write(connection, records)) {
      return List.of();
    }
    try (Bulk<Read<V>> bulk = new Bulk<>(connection, insert(), records)) {
      bulk.integer(read -> read.at().partition()).bigint(read -> read.at().offset());
      for (Column<V> column : columns) {
        column.setter().set(bulk);
      }
      bulk.update();
    }
    return List.of();
  }

  private String insert() {
    List<String> names = Stream.concat(PLACE.stream(), columns.stream().map(Column::name)).toList();
    return names.stream()
        .map(name -> "?")
        .collect(
            Collectors.joining(
                ", ",
                "INSERT INTO "
                    + table
                    + " ("
                    + String.join(", ", names)
                    + ") SELECT * FROM unnest(",
                ") ON CONFLICT DO NOTHING"));
  }
}

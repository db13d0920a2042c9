package io.paidonce.projector;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.function.ToLongFunction;

/**
 * Keeps the newest row of each key, so that a statement meets a key once: PostgreSQL refuses to
 * upsert a row twice in one statement, and writing it once is cheaper.
 */
final class Newest<R> {

  private final Function<R, Object> key;
  private final ToLongFunction<R> version;
  private final Map<Object, R> rows = new LinkedHashMap<>();

  Newest(Function<R, Object> key, ToLongFunction<R> version) {
    this.key = key;
    this.version = version;
  }

  /** Keeps the row unless one as new is here. */
  void add(R row) {
    rows.merge(
        key.apply(row),
        row,
        (kept, other) -> version.applyAsLong(other) > version.applyAsLong(kept) ? other : kept);
  }

  List<R> rows() {
    return List.copyOf(rows.values());
  }
}

package io.paidonce.verifier;

import io.paidonce.contract.Combination;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Makes of a record's values the texts that a table's columns are read as. */
final class Cells {

  private static final long MICROS_PER_SECOND = 1_000_000;

  private Cells() {}

  static @Nullable String text(@Nullable Object value) {
    return value == null ? null : value.toString();
  }

  static @Nullable String time(@Nullable Instant instant) {
    if (instant == null) {
      return null;
    }
    // The read store keeps microseconds and cuts off what is finer.
    long micros = instant.getNano() / 1000L;
    return Long.toString(
        Math.addExact(Math.multiplyExact(instant.getEpochSecond(), MICROS_PER_SECOND), micros));
  }

  static String list(List<?> values) {
    return values.stream().map(Object::toString).collect(Collectors.joining("\u001f"));
  }

  /** As string_agg has it: null where there is nothing. */
  static @Nullable String map(Map<String, String> values) {
    return values.isEmpty()
        ? null
        : new TreeMap<>(values)
            .entrySet().stream()
                .map(entry -> entry.getKey() + "\u001e" + entry.getValue())
                .collect(Collectors.joining("\u001f"));
  }

  /** Account, number and appid, then each order with who is paid for it. */
  static @Nullable String combination(@Nullable Combination combined) {
    if (combined == null) {
      return null;
    }
    String head =
        String.join(
            "\u001e",
            combined.account().provider(),
            combined.account().account(),
            combined.number(),
            combined.appid());
    return combined.orders().stream()
        .map(order -> "\u001f" + order.merchant() + "\u001e" + order.orderNo())
        .collect(Collectors.joining("", head, ""));
  }
}

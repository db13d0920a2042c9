package io.paidonce.reconciler.diff;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Where the history of an order parts.
 *
 * @param order {@code shop:order_no}; absent where neither build can tell
 * @param at the first record of which the builds make different things
 * @param details what differs, field by field
 */
public record OrderDifference(@Nullable String order, String at, List<String> details) {

  public OrderDifference {
    details = List.copyOf(details);
  }

  @Override
  public String toString() {
    return (order == null ? "" : order + " ") + "at " + at + ": " + String.join("; ", details);
  }
}

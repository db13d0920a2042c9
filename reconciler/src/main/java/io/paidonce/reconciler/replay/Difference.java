package io.paidonce.reconciler.replay;

import io.paidonce.contract.RecordCoordinates;
import org.jspecify.annotations.Nullable;

/**
 * One difference.
 *
 * @param topic where it shows: a topic, or a table of the read store
 * @param order {@code shop:order_no}; absent where none is known
 * @param at the record that shows it, or the input by which something should be there
 * @param detail what exactly
 */
public record Difference(
    DifferenceKind kind,
    String topic,
    @Nullable String order,
    @Nullable RecordCoordinates at,
    String detail) {

  @Override
  public String toString() {
    return kind
        + " "
        + topic
        + (order == null ? "" : " " + order)
        + (at == null ? "" : " at " + at)
        + ": "
        + detail;
  }
}

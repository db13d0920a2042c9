package io.paidonce.gateway;

import java.util.Locale;
import java.util.Optional;

/** What can be asked of an order by HTTP. */
enum OrderAction {
  /** An order to be known, with the amount due. */
  PLACE("Places an order, with the amount due."),
  /** Its goods left. */
  SHIP("Says that a paid order's goods left."),
  /** It is done. */
  COMPLETE("Says that a shipped order is done."),
  /** It is wanted no more. */
  CANCEL("Cancels an order, if it is unpaid when the command is read.");

  private final String sentence;

  OrderAction(String sentence) {
    this.sentence = sentence;
  }

  String sentence() {
    return sentence;
  }

  /** The last segment of its path; PLACE has none. */
  String segment() {
    return name().toLowerCase(Locale.ROOT);
  }

  static Optional<OrderAction> ofSegment(String segment) {
    for (OrderAction action : values()) {
      if (action != PLACE && action.segment().equals(segment)) {
        return Optional.of(action);
      }
    }
    return Optional.empty();
  }
}

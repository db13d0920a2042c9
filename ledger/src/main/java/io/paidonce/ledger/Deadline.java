package io.paidonce.ledger;

import static java.util.Objects.requireNonNull;

import io.paidonce.contract.InputKind;
import io.paidonce.contract.OnDeadline;
import io.paidonce.contract.OrderInput;
import io.paidonce.contract.OrderKey;
import io.paidonce.contract.RecordCoordinates;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Until when an order may be paid, and what becomes of it then. Decided when the order is placed
 * and written into the log, so that a replay does not depend on what the shop configures today.
 *
 * @param payBy our clock
 * @param then what becomes of the order
 */
public record Deadline(Instant payBy, OnDeadline then) {

  public Deadline {
    // Kept to the millisecond, since that is what an index of due times can hold.
    payBy = requireNonNull(payBy, "payBy").truncatedTo(ChronoUnit.MILLIS);
    requireNonNull(then, "then");
  }

  static @Nullable Deadline of(OrderInput placed) {
    return placed.payBy() == null
        ? null
        : new Deadline(placed.payBy(), requireNonNull(placed.onDeadline(), "onDeadline"));
  }

  /**
   * The input that says a deadline is over. Saying it again is the same input.
   *
   * @param receivedBefore everything that was received before this is ahead of it in the log
   * @param source the input that placed the order
   */
  public static OrderInput due(
      OrderKey order, Instant payBy, Instant receivedBefore, RecordCoordinates source) {
    return new OrderInput(
        OrderInput.SCHEMA,
        "deadline:" + order + ":" + payBy,
        InputKind.DEADLINE_DUE,
        order.shop(),
        order.orderNo(),
        receivedBefore,
        source,
        null,
        null,
        null,
        null,
        payBy,
        null,
        List.of());
  }
}

package io.paidonce.reconciler.diff;

import io.paidonce.contract.InputKind;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.BiConsumer;
import org.apache.kafka.common.TopicPartition;

/**
 * Which orders a shadow follows: those that begin while it watches, so many at most. Those that
 * changed longest ago are left first; what comes of them later is passed over by both builds.
 */
final class Followed {

  private final int most;
  private final BiConsumer<TopicPartition, String> onLeft;
  private final Map<String, TopicPartition> orders = new LinkedHashMap<>(16, 0.75f, true);

  /**
   * None yet.
   *
   * @param most how many at once, 1 or more
   * @param onLeft is told which order is followed no more
   */
  Followed(int most, BiConsumer<TopicPartition, String> onLeft) {
    if (most < 1) {
      throw new IllegalArgumentException("orders to be followed must be 1 or more: " + most);
    }
    this.most = most;
    this.onLeft = onLeft;
  }

  /** Whether an input is of an order that is followed, from now on perhaps. */
  boolean takes(TopicPartition partition, String order, InputKind kind) {
    if (orders.get(order) != null) {
      return true;
    }
    if (!begins(kind)) {
      return false;
    }
    orders.put(order, partition);
    if (orders.size() > most) {
      Iterator<Map.Entry<String, TopicPartition>> eldest = orders.entrySet().iterator();
      Map.Entry<String, TopicPartition> left = eldest.next();
      eldest.remove();
      onLeft.accept(left.getValue(), left.getKey());
    }
    return true;
  }

  // An order begins when it is placed or its money comes; all else is of one that has begun.
  private static boolean begins(InputKind kind) {
    return switch (kind) {
      case ORDER_PLACED, PAYMENT_SUCCEEDED, REFUND_SUCCEEDED, REFUND_ABNORMAL, REFUND_CLOSED ->
          true;
      case CANCEL_REQUESTED,
          SHIP_REQUESTED,
          COMPLETE_REQUESTED,
          RESOLVE_REQUESTED,
          OBSERVED_UNPAID,
          OBSERVED_CLOSED,
          OBSERVED_NOT_FOUND,
          OBSERVED_TOLD,
          OBSERVED_UNKNOWN,
          OBSERVED_GAVE_UP,
          DEADLINE_DUE,
          ASK_DUE ->
          false;
    };
  }

  /** Another instance follows a partition from now on. */
  void leave(TopicPartition partition) {
    orders.values().removeIf(partition::equals);
  }

  int size() {
    return orders.size();
  }
}

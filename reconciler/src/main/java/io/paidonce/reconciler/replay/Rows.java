package io.paidonce.reconciler.replay;

import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.function.Consumer;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;

/** The read store's rows of orders, read and never written. */
interface Rows extends AutoCloseable {

  /**
   * A table of which some columns are compared: the first two are shop and order_no.
   *
   * @param table its name
   * @param columns names; those of times end in {@code :time}, and are read as microseconds since
   *     1970
   */
  record Table(String table, List<String> columns) {

    static final Table ORDERS =
        of(
            "orders",
            "shop order_no version status amount_due_minor currency placed_at:time paying_provider"
                + " paying_account paying_transaction_id partial_payments late_payment"
                + " due_since:time");
    static final Table BALANCES =
        of(
            "order_balances",
            "shop order_no currency received_minor applied_minor owed_back_minor suspense_minor"
                + " refunded_minor order_version");

    private static Table of(String table, String columns) {
      return new Table(table, List.of(columns.split(" ")));
    }

    String name(int column) {
      return columns.get(column).replace(":time", "");
    }
  }

  /** The rows of some orders, by {@code shop:order_no}. */
  Map<String, List<List<@Nullable String>>> find(Table table, List<String> orders);

  /** How far the projector has come; empty where it has not begun. */
  OptionalLong projected(TopicPartition partition);

  /** Shows {@code shop:order_no} of every row of orders. */
  void everyOrder(Consumer<String> each);

  @Override
  void close();
}

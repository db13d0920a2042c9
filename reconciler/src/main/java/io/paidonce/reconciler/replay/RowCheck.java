package io.paidonce.reconciler.replay;

import io.paidonce.contract.Balance;
import io.paidonce.contract.OrderSnapshot;
import io.paidonce.contract.PaymentPolicy;
import io.paidonce.contract.Topics;
import io.paidonce.contract.TransactionKey;
import io.paidonce.ledger.OrderLedger;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;

/**
 * Compares the orders of one partition, as they are at its end, with the read store's rows. A row
 * that is older than the fold is one only if the projector has passed its transitions; one that is
 * newer shows what happened after the range.
 */
final class RowCheck {

  private static final int BATCH = 1_000;

  private final Rows rows;
  private final Log log;
  private final Findings findings;
  private final Patience patience;
  private final TopicPartition transitions;
  private final Map<String, OrderLedger> batch = new LinkedHashMap<>();

  RowCheck(Rows rows, LedgerFold.World world, int partition) {
    this.rows = rows;
    this.log = world.log();
    this.findings = world.findings();
    this.patience = world.patience();
    this.transitions = new TopicPartition(Topics.ORDER_TRANSITIONS.name(), partition);
  }

  /** Compares the orders that the range changed. */
  void run(OrderStates states, Set<String> touched) {
    states.forEach(
        (key, order) -> {
          if (touched.contains(key)) {
            batch.put(key, order);
            if (batch.size() >= BATCH) {
              compare();
            }
          }
        });
    compare();
  }

  private void compare() {
    if (batch.isEmpty()) {
      return;
    }
    List<String> behind = judge(batch);
    if (!behind.isEmpty()) {
      patience.retry(this::isCaughtUp, () -> false);
      Map<String, OrderLedger> again = new LinkedHashMap<>();
      behind.forEach(key -> again.put(key, batch.get(key)));
      boolean isCaughtUp = isCaughtUp();
      // Looked at after the projector's place: what it had written then is there.
      Map<String, List<List<@Nullable String>>> orders =
          rows.find(Rows.Table.ORDERS, List.copyOf(again.keySet()));
      behind.clear();
      again.forEach(
          (key, order) -> {
            if (!isThere(orders.get(key), order)) {
              behind.add(key);
            }
          });
      again.keySet().removeAll(behind);
      behind.addAll(judge(again));
      behind.forEach(key -> stale(key, orders.get(key), isCaughtUp));
    }
    batch.clear();
  }

  private void stale(String key, @Nullable List<List<@Nullable String>> row, boolean isCaughtUp) {
    if (!isCaughtUp) {
      findings.untold(Untold.NOT_YET_PROCESSED, 1, "the projector has not written " + key);
    } else if (row == null) {
      add(DifferenceKind.ROW_MISSING, Rows.Table.ORDERS, key, "there is no row");
    } else {
      add(
          DifferenceKind.ROW_DIFFERS,
          Rows.Table.ORDERS,
          key,
          "version is " + row.get(0).get(2) + ", and the projector has passed a later one");
    }
  }

  /** Judges orders whose rows are as new as the fold; returns the others. */
  private List<String> judge(Map<String, OrderLedger> some) {
    List<String> behind = new ArrayList<>();
    List<String> keys = List.copyOf(some.keySet());
    if (keys.isEmpty()) {
      return behind;
    }
    // Balances first: a row of orders that is still at its version then vouches for them.
    Map<String, List<List<@Nullable String>>> balances = rows.find(Rows.Table.BALANCES, keys);
    Map<String, List<List<@Nullable String>>> orders = rows.find(Rows.Table.ORDERS, keys);
    some.forEach(
        (key, order) -> {
          List<List<@Nullable String>> row = orders.get(key);
          if (row == null || version(row) < order.version()) {
            behind.add(key);
          } else if (version(row) > order.version()) {
            findings.untold(Untold.MOVED_ON, 1, key);
          } else {
            judge(key, order, row.get(0), balances.getOrDefault(key, List.of()));
          }
        });
    return behind;
  }

  private static boolean isThere(@Nullable List<List<@Nullable String>> row, OrderLedger order) {
    return row != null && version(row) >= order.version();
  }

  private static long version(List<List<@Nullable String>> row) {
    return Long.parseLong(String.valueOf(row.get(0).get(2)));
  }

  private void judge(
      String key,
      OrderLedger order,
      List<@Nullable String> row,
      List<List<@Nullable String>> balances) {
    OrderSnapshot now = order.snapshot();
    boolean same = same(Rows.Table.ORDERS, key, orderRow(order, now), row);
    for (Balance one : now.balances()) {
      List<@Nullable String> wanted = balanceRow(order, one);
      List<@Nullable String> found =
          balances.stream()
              .filter(each -> one.currency().equals(each.get(2)))
              .findFirst()
              .orElse(null);
      if (found == null) {
        same = false;
        add(
            DifferenceKind.ROW_MISSING,
            Rows.Table.BALANCES,
            key,
            "there is no row of " + one.currency());
      } else {
        same &= same(Rows.Table.BALANCES, key, wanted, found);
      }
    }
    if (same) {
      findings.agreed(Rows.Table.ORDERS.table(), 1);
    }
  }

  private boolean same(
      Rows.Table table, String key, List<@Nullable String> wanted, List<@Nullable String> found) {
    List<String> wrong = new ArrayList<>();
    for (int i = 0; i < wanted.size(); i++) {
      // A balance keeps the version at which it changed last.
      boolean isCompared = !table.name(i).equals("order_version");
      if (isCompared && !Objects.equals(wanted.get(i), found.get(i))) {
        wrong.add(table.name(i) + " is " + found.get(i) + ", the fold gives " + wanted.get(i));
      }
    }
    if (!wrong.isEmpty()) {
      add(DifferenceKind.ROW_DIFFERS, table, key, String.join("; ", wrong));
    }
    return wrong.isEmpty();
  }

  private void add(DifferenceKind kind, Rows.Table table, String key, String detail) {
    findings.add(new Difference(kind, table.table(), key, null, detail));
  }

  private boolean isCaughtUp() {
    long next = rows.projected(transitions).orElse(0);
    long end = log.extent(transitions).end();
    if (next >= end) {
      return true;
    }
    // Markers of transactions behind the last record take offsets too.
    try (Log.Feed feed = log.open(Map.of(transitions, new Log.Span(next, end)))) {
      @Nullable ConsumerRecord<byte[], byte[]> more = feed.next(transitions);
      return more == null;
    }
  }

  private static List<@Nullable String> orderRow(OrderLedger order, OrderSnapshot now) {
    TransactionKey paying = now.payingTransaction();
    PaymentPolicy policy = now.policy() == null ? PaymentPolicy.DEFAULT : now.policy();
    return Arrays.asList(
        order.order().shop(),
        order.order().orderNo(),
        Long.toString(order.version()),
        now.status().name(),
        now.amountDueMinor() == null ? null : Long.toString(now.amountDueMinor()),
        now.currency(),
        micros(now.placedAt()),
        paying == null ? null : paying.provider(),
        paying == null ? null : paying.account(),
        paying == null ? null : paying.transactionId(),
        Boolean.toString(policy.partialPayments()),
        policy.latePayment().name(),
        micros(now.dueSince()));
  }

  private static List<@Nullable String> balanceRow(OrderLedger order, Balance balance) {
    return Arrays.asList(
        order.order().shop(),
        order.order().orderNo(),
        balance.currency(),
        Long.toString(balance.receivedMinor()),
        Long.toString(balance.appliedMinor()),
        Long.toString(balance.owedBackMinor()),
        Long.toString(balance.suspenseMinor()),
        Long.toString(balance.refundedMinor()),
        Long.toString(order.version()));
  }

  // The read store keeps microseconds and cuts off what is finer.
  private static @Nullable String micros(@Nullable Instant time) {
    return time == null
        ? null
        : Long.toString(time.getEpochSecond() * 1_000_000 + time.getNano() / 1_000);
  }
}

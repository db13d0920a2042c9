package io.paidonce.reconciler.replay;

import io.paidonce.contract.Topics;
import io.paidonce.reconciler.replay.Log.Feed;
import io.paidonce.reconciler.replay.Log.Span;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;

/**
 * Rows of orders that no fold knows. Asked only where all that was ever written was folded: of a
 * part of the past a row may be of another part.
 */
final class ExtraRows {

  private static final int MOST_NAMED = 1_000_000;

  private final LedgerFold.World world;
  private final LongSet folded;

  ExtraRows(LedgerFold.World world, LongSet folded) {
    this.world = world;
    this.folded = folded;
  }

  void judge(Supplier<Rows> readStore) {
    ReplayRange range = world.range();
    if (range.selects() || range.to() != null || isCut()) {
      return;
    }
    List<String> unknown = new ArrayList<>();
    try (Rows rows = readStore.get()) {
      rows.everyOrder(
          order -> {
            if (!folded.contains(Digests.of(order)) && unknown.size() < MOST_NAMED) {
              unknown.add(order);
            }
          });
    }
    if (unknown.isEmpty()) {
      return;
    }
    LongSet newer = changedMeanwhile();
    for (String order : unknown) {
      if (!newer.contains(Digests.of(order))) {
        world
            .findings()
            .add(
                new Difference(
                    DifferenceKind.ROW_EXTRA,
                    Rows.Table.ORDERS.table(),
                    order,
                    null,
                    "no input names this order"));
      }
    }
  }

  private boolean isCut() {
    return Plan.partitions(world.log(), Topics.ORDER_INPUTS).stream()
        .anyMatch(each -> world.plan().part(each).kept().begin() > 0);
  }

  private LongSet changedMeanwhile() {
    LongSet orders = new LongSet();
    Map<TopicPartition, Span> spans = new LinkedHashMap<>();
    for (TopicPartition each : Plan.partitions(world.log(), Topics.ORDER_TRANSITIONS)) {
      long from = world.plan().part(each).kept().end();
      spans.put(each, new Span(from, world.log().extent(each).end()));
    }
    try (Feed feed = world.log().open(spans)) {
      for (TopicPartition each : spans.keySet()) {
        ConsumerRecord<byte[], byte[]> record;
        while ((record = feed.next(each)) != null) {
          String key = Matcher.key(record);
          if (key != null) {
            orders.add(Digests.of(key));
          }
        }
      }
    }
    return orders;
  }
}

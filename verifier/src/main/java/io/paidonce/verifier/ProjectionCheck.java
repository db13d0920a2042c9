package io.paidonce.verifier;

import io.paidonce.contract.NotificationReceipt;
import io.paidonce.contract.RecordCoordinates;
import io.paidonce.contract.Topic;
import io.paidonce.contract.Topics;
import io.paidonce.contract.UnreadableRecordException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiConsumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Compares every row of the read store, column by column, with a fold of the visible topics. One
 * topic after the other, so that only the rows of one are in memory.
 */
final class ProjectionCheck {

  private final ReadStore store;
  private final Log log;
  private final Findings findings;

  private ProjectionCheck(ReadStore store, Log log, Findings findings) {
    this.store = store;
    this.log = log;
    this.findings = findings;
  }

  static void run(VerifierConfig.ReadStoreLogin login, Log log, Findings findings) {
    try (ReadStore store = ReadStore.open(login)) {
      ProjectionCheck check = new ProjectionCheck(store, log, findings);
      check.compare(
          Topics.ORDER_TRANSITIONS,
          t -> t.order().toString(),
          RowFold::transition,
          StoredTable.ORDERS,
          StoredTable.ORDER_TRANSITIONS,
          StoredTable.PAYMENTS,
          StoredTable.ORDER_BALANCES);
      check.compare(
          Topics.NOTIFICATION_RECEIPTS,
          NotificationReceipt::identity,
          RowFold::receipt,
          StoredTable.NOTIFICATION_RECEIPTS);
      check.compare(
          Topics.ORDER_PAID, p -> p.order().toString(), RowFold::paid, StoredTable.ORDER_PAID);
      check.compare(
          Topics.ORDER_CANCELLED,
          c -> c.order().toString(),
          RowFold::cancelled,
          StoredTable.ORDER_CANCELLED);
      check.compare(
          Topics.PAYMENT_EXCEPTIONS,
          c -> c.order().toString(),
          RowFold::exception,
          StoredTable.PAYMENT_EXCEPTIONS);
    }
  }

  private <V> void compare(
      Topic<V> topic,
      Function<V, String> keyOf,
      BiConsumer<V, RowFold.Sink> fold,
      StoredTable... tables) {
    Map<StoredTable, RowDigests> expected = new HashMap<>();
    for (StoredTable table : tables) {
      expected.put(table, new RowDigests(table.keys()));
    }
    each(topic, keyOf, fold, (table, version, row) -> digests(expected, table).put(version, row));
    boolean isComplete = true;
    for (StoredTable table : tables) {
      RowDigests digests = digests(expected, table);
      store.forEachRow(table, row -> see(table, digests, row));
      isComplete &= digests.missing() == 0;
    }
    if (!isComplete) {
      // A hash has no name: the topic is read again to say which rows are missing.
      each(
          topic,
          keyOf,
          fold,
          (table, version, row) -> reportMissing(table, digests(expected, table), row));
    }
  }

  private void see(StoredTable table, RowDigests digests, List<@Nullable String> row) {
    switch (digests.see(row)) {
      case SAME -> {}
      case DIFFERENT ->
          findings.add(
              Fault.PROJECTION_DIFF,
              name(table, row) + " differs from the topics in " + columns(table, digests, row));
      case UNKNOWN ->
          findings.add(Fault.PROJECTION_DIFF, name(table, row) + " is made by no visible record");
    }
  }

  private void reportMissing(StoredTable table, RowDigests digests, List<@Nullable String> row) {
    if (digests.isMissing(row)) {
      findings.add(Fault.PROJECTION_DIFF, name(table, row) + " is missing");
      // Once for a key, however many records make it.
      digests.see(row);
    }
  }

  private static String columns(StoredTable table, RowDigests digests, List<@Nullable String> row) {
    List<String> differing = new ArrayList<>();
    for (int i = 0; i < row.size(); i++) {
      if (digests.differsIn(i, row)) {
        differing.add(table.columns().get(i).name() + " (the table says " + row.get(i) + ")");
      }
    }
    return differing.isEmpty() ? "a column" : String.join(", ", differing);
  }

  private static String name(StoredTable table, List<@Nullable String> row) {
    return "row " + row.subList(0, table.keys()) + " of " + table.name();
  }

  private static RowDigests digests(Map<StoredTable, RowDigests> expected, StoredTable table) {
    RowDigests digests = expected.get(table);
    if (digests == null) {
      throw new IllegalStateException("this topic makes no rows of " + table.name());
    }
    return digests;
  }

  private <V> void each(
      Topic<V> topic,
      Function<V, String> keyOf,
      BiConsumer<V, RowFold.Sink> fold,
      RowFold.Sink sink) {
    log.read(
        topic,
        keyOf,
        new Log.Visitor<V>() {
          @Override
          public void record(RecordCoordinates at, V value) {
            fold.accept(value, sink);
          }

          @Override
          public void unreadable(RecordCoordinates at, UnreadableRecordException why) {
            // Found and counted where the same topic is read for what it means.
          }
        });
  }
}

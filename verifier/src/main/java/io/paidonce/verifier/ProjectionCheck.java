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
import java.util.Objects;
import java.util.function.BiConsumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Compares every row of the read store, column by column, with a fold of the visible topics. One
 * topic after the other, so that only the rows of one are in memory.
 */
final class ProjectionCheck {

  private static final int EXPLAINED = 20;

  private final ReadStore store;
  private final Log log;
  private final Findings findings;
  private Map<Integer, Long> begins = Map.of();

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
          StoredTable.REFUNDS,
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
          Topics.ORDER_REFUNDED,
          r -> r.order().toString(),
          RowFold::refunded,
          StoredTable.ORDER_REFUNDED);
      check.compare(
          Topics.PAYMENT_EXCEPTIONS,
          c -> c.order().toString(),
          RowFold::exception,
          StoredTable.PAYMENT_EXCEPTIONS);
      check.compareLogs();
    }
  }

  // A command stands in the log whatever its key is, and so do dead letters and refusals.
  private void compareLogs() {
    compareLog(Topics.ORDER_COMMANDS, null, LogFold::command, StoredTable.ORDER_COMMANDS);
    compareLog(
        Topics.COMMAND_OUTCOMES,
        o -> o.order().toString(),
        LogFold::outcome,
        StoredTable.COMMAND_OUTCOMES);
    compareLog(Topics.PAYMENT_NOTIFICATIONS, null, LogFold::delivery, StoredTable.DELIVERIES);
    compareLog(
        Topics.PROVIDER_REQUESTS,
        r -> r.order().toString(),
        LogFold::request,
        StoredTable.PROVIDER_REQUESTS);
    compareLog(Topics.DEAD_LETTERS, null, LogFold::deadLetter, StoredTable.DEAD_LETTERS);
    compareLog(
        Topics.DEAD_LETTER_REDRIVES, null, LogFold::redrive, StoredTable.DEAD_LETTER_REDRIVES);
    compareLog(Topics.REJECTIONS, null, LogFold::rejection, StoredTable.REJECTIONS);
  }

  private <V> void compareLog(
      Topic<V> topic,
      @Nullable Function<V, String> keyOf,
      Function<V, List<@Nullable String>> columns,
      StoredTable table) {
    begins = log.begins(topic);
    compare(
        topic,
        keyOf,
        (at, value, sink) -> sink.row(table, 1, LogFold.row(at, columns.apply(value))),
        table);
  }

  /** Which rows a record makes, by what it says and where it stands. */
  @FunctionalInterface
  private interface Fold<V> {
    void rows(RecordCoordinates at, V value, RowFold.Sink sink);
  }

  private <V> void compare(
      Topic<V> topic,
      Function<V, String> keyOf,
      BiConsumer<V, RowFold.Sink> fold,
      StoredTable... tables) {
    compare(topic, keyOf, (at, value, sink) -> fold.accept(value, sink), tables);
  }

  private <V> void compare(
      Topic<V> topic, @Nullable Function<V, String> keyOf, Fold<V> fold, StoredTable... tables) {
    Map<StoredTable, RowDigests> expected = new HashMap<>();
    for (StoredTable table : tables) {
      expected.put(table, new RowDigests(table.keys()));
    }
    each(topic, keyOf, fold, (table, version, row) -> digests(expected, table).put(version, row));
    Map<StoredTable, Map<List<@Nullable String>, List<@Nullable String>>> differing =
        new HashMap<>();
    boolean isEqual = true;
    for (StoredTable table : tables) {
      RowDigests digests = digests(expected, table);
      Map<List<@Nullable String>, List<@Nullable String>> found = new HashMap<>();
      differing.put(table, found);
      store.forEachRow(table, row -> see(table, digests, row, found));
      isEqual &= found.isEmpty() && digests.missing() == 0;
    }
    if (!isEqual) {
      // A hash has neither name nor columns: the topic is read again to say what is wrong.
      each(
          topic,
          keyOf,
          fold,
          (table, version, row) ->
              explain(
                  table,
                  digests(expected, table),
                  row,
                  differing.getOrDefault(table, new HashMap<>())));
    }
  }

  private void see(
      StoredTable table,
      RowDigests digests,
      List<@Nullable String> row,
      Map<List<@Nullable String>, List<@Nullable String>> differing) {
    switch (digests.see(row)) {
      case SAME -> {}
      case DIFFERENT -> {
        if (differing.size() < EXPLAINED) {
          differing.put(List.copyOf(row.subList(0, table.keys())), row);
        } else {
          findings.add(Fault.PROJECTION_DIFF, name(table, row) + " differs from the topics");
        }
      }
      case UNKNOWN -> {
        if (!isPastItsTime(table, row)) {
          findings.add(Fault.PROJECTION_DIFF, name(table, row) + " is made by no visible record");
        }
      }
    }
  }

  // The topic forgets after its time, the table does not.
  private boolean isPastItsTime(StoredTable table, List<@Nullable String> row) {
    if (!table.isByPlace()) {
      return false;
    }
    int partition = Integer.parseInt(String.valueOf(row.get(0)));
    return Long.parseLong(String.valueOf(row.get(1))) < begins.getOrDefault(partition, 0L);
  }

  private void explain(
      StoredTable table,
      RowDigests digests,
      List<@Nullable String> row,
      Map<List<@Nullable String>, List<@Nullable String>> differing) {
    if (!digests.isExpected(row)) {
      return;
    }
    List<@Nullable String> found = differing.remove(row.subList(0, table.keys()));
    if (found != null) {
      findings.add(
          Fault.PROJECTION_DIFF, name(table, row) + " differs: " + columns(table, row, found));
    } else if (digests.isMissing(row)) {
      findings.add(Fault.PROJECTION_DIFF, name(table, row) + " is missing");
      // Once for a key, however many records make the row.
      digests.see(row);
    }
  }

  private static String columns(
      StoredTable table, List<@Nullable String> expected, List<@Nullable String> found) {
    List<String> differing = new ArrayList<>();
    for (int i = 0; i < expected.size(); i++) {
      if (!Objects.equals(expected.get(i), found.get(i))) {
        String column = table.columns().get(i).name();
        differing.add(column + " is " + found.get(i) + ", the topics say " + expected.get(i));
      }
    }
    return String.join("; ", differing);
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
      Topic<V> topic, @Nullable Function<V, String> keyOf, Fold<V> fold, RowFold.Sink sink) {
    log.read(
        topic,
        keyOf,
        new Log.Visitor<V>() {
          @Override
          public void record(RecordCoordinates at, V value) {
            fold.rows(at, value, sink);
          }

          @Override
          public void unreadable(RecordCoordinates at, UnreadableRecordException why) {
            // Found and counted where the same topic is read for what it means.
          }
        });
  }
}

package io.paidonce.verifier;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.paidonce.contract.ExceptionKind;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What was counted and what was found.
 *
 * @param callbacksSent attempts in the journal; absent without one
 * @param acknowledged of them, those answered with success; absent without a journal
 * @param rawRecords records of {@code payment-notifications}
 * @param ordersPlaced orders with an accepted place command
 * @param ordersPaid orders with an {@code order-paid}
 * @param ordersRefunded orders with an {@code order-refunded}
 * @param deadLetters records of {@code dead-letters}
 * @param readStoreChecked whether there was a read store to compare
 * @param faults how many of each; zero where the promise holds
 * @param exceptions open cases by kind
 * @param money where all money stands, by provider and currency: received = applied + owed back +
 *     in suspense + refunded
 * @param findings a sentence for the first twenty of each kind of fault
 */
public record Report(
    @Nullable Long callbacksSent,
    @Nullable Long acknowledged,
    long rawRecords,
    long ordersPlaced,
    long ordersPaid,
    long ordersRefunded,
    long deadLetters,
    boolean readStoreChecked,
    Map<Fault, Long> faults,
    SortedMap<ExceptionKind, Long> exceptions,
    SortedMap<String, SortedMap<String, Long>> money,
    List<String> findings) {

  private static final List<Fault> FIRST_IN_LINE =
      List.of(Fault.LOST, Fault.PAID_TWICE, Fault.FORGED, Fault.UNDISPOSED, Fault.PROJECTION_DIFF);

  public Report {
    faults = Map.copyOf(faults);
    findings = List.copyOf(findings);
  }

  static SortedMap<String, SortedMap<String, Long>> lines(SortedMap<String, Sums> money) {
    SortedMap<String, SortedMap<String, Long>> lines = new TreeMap<>();
    money.forEach(
        (of, sums) ->
            lines.put(
                of,
                new TreeMap<>(
                    Map.of(
                        "received", sums.receivedMinor(),
                        "applied", sums.appliedMinor(),
                        "owed_back", sums.owedBackMinor(),
                        "suspense", sums.suspenseMinor(),
                        "refunded", sums.refundedMinor()))));
    return lines;
  }

  /** Whether every promise that could be checked holds. */
  public boolean holds() {
    return faults.values().stream().allMatch(count -> count == 0);
  }

  public long count(Fault fault) {
    return faults.getOrDefault(fault, 0L);
  }

  /** One line. What was not checked is null, never zero. */
  public String toJson() {
    Map<String, @Nullable Object> line = new LinkedHashMap<>();
    line.put("callbacks_sent", callbacksSent);
    line.put("acknowledged", acknowledged);
    line.put("raw_records", rawRecords);
    line.put("orders_placed", ordersPlaced);
    line.put("orders_paid", ordersPaid);
    line.put("orders_refunded", ordersRefunded);
    FIRST_IN_LINE.forEach(fault -> line.put(fault.jsonName(), count(fault)));
    if (!readStoreChecked) {
      line.put(Fault.PROJECTION_DIFF.jsonName(), null);
    }
    Map<String, Long> byName = new TreeMap<>();
    exceptions.forEach((kind, count) -> byName.put(kind.name(), count));
    line.put("exceptions", byName);
    line.put("money", money);
    for (Fault fault : Fault.values()) {
      if (!FIRST_IN_LINE.contains(fault) && fault != Fault.NOT_QUIESCED) {
        line.put(fault.jsonName(), count(fault));
      }
    }
    line.put("dead_letters", deadLetters);
    line.put("quiesced", count(Fault.NOT_QUIESCED) == 0);
    line.put("holds", holds());
    try {
      return new JsonMapper().writeValueAsString(line);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("numbers and texts can't be written as JSON", e);
    }
  }
}

package io.paidonce.reconciler.replay;

import io.paidonce.contract.RecordCoordinates;
import java.util.Map;
import java.util.TreeMap;

/**
 * Records that can't be read, with no dead letter known when the replay began. Their letters may
 * have been written meanwhile, so that they are judged at the end. Threads share it.
 */
final class Undisposed {

  // Kept by place, so that a report says the same each time.
  private final Map<String, Map.Entry<RecordCoordinates, String>> records = new TreeMap<>();

  synchronized void add(RecordCoordinates at, String detail) {
    records.put(at.toString(), Map.entry(at, detail));
  }

  synchronized boolean isEmpty() {
    return records.isEmpty();
  }

  synchronized void judge(DeadRecords now, Written letters, Findings findings) {
    for (Map.Entry<RecordCoordinates, String> each : records.values()) {
      RecordCoordinates at = each.getKey();
      if (now.holds(at)) {
        continue;
      }
      if (!letters.covers(at)) {
        findings.untold(Untold.NOT_YET_PROCESSED, 1, at.toString());
      } else {
        findings.add(
            new Difference(DifferenceKind.INPUT_UNREADABLE, at.topic(), null, at, each.getValue()));
      }
    }
  }
}

package io.paidonce.verifier;

import io.paidonce.contract.DeadLetterReason;
import io.paidonce.contract.RecordCoordinates;
import io.paidonce.contract.UnreadableRecordException;

/** What it means that a record which we wrote ourselves can't be taken for what it should be. */
final class Unreadable {

  private Unreadable() {}

  static void ofOurs(Findings findings, RecordCoordinates at, UnreadableRecordException why) {
    DeadLetterReason reason = why.reason();
    boolean misplaced =
        reason == DeadLetterReason.WRONG_TOPIC
            || reason == DeadLetterReason.PAYLOAD_HASH_MISMATCH
            || reason == DeadLetterReason.WRONG_KEY;
    findings.add(
        misplaced ? Fault.HEADER_FAULTS : Fault.UNREADABLE_RECORDS, at + ": " + why.getMessage());
  }
}

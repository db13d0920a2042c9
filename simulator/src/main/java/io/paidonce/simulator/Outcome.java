package io.paidonce.simulator;

/** What an attempt came to, in the provider's eyes. */
enum Outcome {
  /** The provider's success answer, fully read: from now on the notice must never be lost. */
  OK("ok"),
  /** Any other answer. */
  NO("no"),
  /** No answer in time, or the connection broke: it may or may not have been stored. */
  UNKNOWN("unknown");

  private final String journalEvent;

  Outcome(String journalEvent) {
    this.journalEvent = journalEvent;
  }

  String journalEvent() {
    return journalEvent;
  }
}

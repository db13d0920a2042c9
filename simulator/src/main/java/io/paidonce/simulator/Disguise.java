package io.paidonce.simulator;

/** What is wrong with a delivery on purpose. All but {@link #NONE} must be refused. */
public enum Disguise {
  /** A good payment notice. */
  NONE("payment"),
  /** One byte of a good notice was changed on its way. */
  FLIPPED_BYTE("tampered"),
  /** The notice states another amount than was signed. */
  ALTERED_AMOUNT("tampered"),
  /** WeChat's own test of its merchants: a wrong signature; the right one follows. */
  PROBE("probe");

  private final String journalKind;

  Disguise(String journalKind) {
    this.journalKind = journalKind;
  }

  String journalKind() {
    return journalKind;
  }

  boolean mustBeRefused() {
    return this != NONE;
  }
}

package io.paidonce.reconciler.replay;

/** Where an input lies by the range that is compared. */
enum Phase {
  /** Folded, since what follows builds on it. */
  BEFORE,
  WITHIN,
  /** Folded a little, so that its records are known for what they are. */
  AFTER
}

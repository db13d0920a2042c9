package io.paidonce.simulator.provider;

/** Who signs an answer, and how well. */
enum Hand {
  RIGHT,
  /** The right key, over something else. */
  WRONG,
  /** A key by a name that nobody knows. */
  STRANGER,
  /** The provider's test of its merchants. */
  PROBE,
  NOBODY
}

package io.paidonce.projector;

import io.paidonce.projector.deadletters.LetterId;

/** Has dead letters processed again. */
interface Redriver {

  /**
   * Returns when the original is stored anew, in one transaction with who did it and why.
   *
   * @throws BadQuestionException if it can't be driven again, was before, or nobody knows
   */
  void redrive(LetterId letter, String actor, String why);
}

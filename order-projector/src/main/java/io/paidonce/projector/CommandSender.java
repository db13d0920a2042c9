package io.paidonce.projector;

import io.paidonce.contract.OrderCommand;

/** Hands commands over to be stored. */
interface CommandSender {

  /**
   * Returns when the command is stored, in bounded time.
   *
   * @throws BadQuestionException if nobody knows whether it is: sending it again is harmless
   */
  void store(OrderCommand command);
}

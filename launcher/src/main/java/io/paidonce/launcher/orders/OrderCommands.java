package io.paidonce.launcher.orders;

import io.paidonce.contract.OrderCommand;

/** Where commands go. */
public interface OrderCommands extends AutoCloseable {

  /**
   * Hands a command over; blocks while too many wait to be stored.
   *
   * @throws IllegalStateException if this or an earlier one could not be stored
   */
  void send(OrderCommand command);

  /**
   * Waits until every command handed over is stored.
   *
   * @throws IllegalStateException if one could not be
   */
  void awaitStored();

  @Override
  void close();
}

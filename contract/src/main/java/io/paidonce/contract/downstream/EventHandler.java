package io.paidonce.contract.downstream;

import io.paidonce.contract.OrderEvent;
import java.sql.Connection;
import java.sql.SQLException;

/** What to do about an event. */
@FunctionalInterface
public interface EventHandler<V extends OrderEvent> {

  /**
   * Writes the effect by this connection, whose transaction also holds the memory of the event.
   * Must not commit, roll back or close it, and must not swallow an exception of it. What is done
   * elsewhere (an HTTP call, a mail) is not part of the transaction and happens again after a
   * crash: write it down as work to do instead, and do it from there.
   *
   * @throws SQLException rolls everything back; the event comes again
   */
  void apply(Connection connection, V event) throws SQLException;
}

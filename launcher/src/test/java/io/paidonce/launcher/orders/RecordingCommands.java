package io.paidonce.launcher.orders;

import io.paidonce.contract.OrderCommand;
import java.util.ArrayList;
import java.util.List;

/** Keeps what it is sent. */
final class RecordingCommands implements OrderCommands {

  final List<OrderCommand> sent = new ArrayList<>();
  boolean awaited;

  @Override
  public void send(OrderCommand command) {
    sent.add(command);
  }

  @Override
  public void awaitStored() {
    awaited = true;
  }

  @Override
  public void close() {}
}

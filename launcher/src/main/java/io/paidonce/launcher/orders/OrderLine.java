package io.paidonce.launcher.orders;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.paidonce.contract.EventHeaders;
import io.paidonce.contract.Money;
import io.paidonce.contract.OrderCommand;
import io.paidonce.contract.OrderKey;
import java.time.Instant;

/** One line of an import that holds: an order and what is due for it. */
record OrderLine(OrderKey order, Money due) {

  /**
   * The command that places it. Its id follows from what it says, so that importing a file twice
   * sends the same commands, which changes nothing.
   */
  OrderCommand command(Instant now) {
    return OrderCommand.place(order, due, commandId(), OrdersImport.ACTOR, now);
  }

  private String commandId() {
    String said = String.join("\n", order.toString(), due.amountMinor() + " " + due.currency());
    return "import-" + EventHeaders.sha256Hex(said.getBytes(UTF_8)).substring(0, 32);
  }
}

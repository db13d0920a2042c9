package io.paidonce.reconciler.replay;

import static org.assertj.core.api.Assertions.assertThat;

import io.paidonce.contract.InputKind;
import io.paidonce.contract.Money;
import io.paidonce.contract.OrderCommand;
import io.paidonce.contract.OrderInput;
import io.paidonce.contract.OrderKey;
import io.paidonce.contract.RecordCoordinates;
import io.paidonce.ledger.Decision;
import io.paidonce.ledger.Ledgers;
import io.paidonce.ledger.OrderLedger;
import java.time.Instant;
import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** More orders than are at hand come back as they were. */
class OrderStatesTest {

  private static final int MANY = 20_000;

  private final OrderStates states = new OrderStates();

  @Test
  void anOrderThatIsNotAtHandIsTheSameStill() {
    for (int i = 0; i < MANY; i++) {
      states.put(key(i).toString(), placed(i));
    }
    assertThat(states.get(key(0), key(0).toString())).isEqualTo(placed(0));
    assertThat(states.get(key(3), key(3).toString())).isEqualTo(placed(3));
    assertThat(states.get(key(MANY), "s:o" + MANY)).isEqualTo(OrderLedger.unknown(key(MANY)));
  }

  @Test
  void eachIsShownOnceAsItIsNowAndNoneThatWasForgotten() {
    for (int i = 0; i < MANY; i++) {
      states.put(key(i).toString(), placed(i));
    }
    states.put(key(1).toString(), cancelled(1));
    states.forget(key(2).toString());
    Set<String> shown = new HashSet<>();
    states.forEach(
        (key, order) -> {
          assertThat(shown.add(key)).as(key).isTrue();
          assertThat(order.version()).isEqualTo(key.equals("s:o1") ? 2 : 1);
        });
    assertThat(shown).hasSize(MANY - 1).doesNotContain("s:o2");
  }

  private static OrderKey key(int number) {
    return new OrderKey("s", "o" + number);
  }

  private static OrderLedger placed(int number) {
    OrderCommand place =
        OrderCommand.place(key(number), Money.of(1200, "CNY"), "place", "shop", Instant.EPOCH);
    return after(OrderLedger.unknown(key(number)), InputKind.ORDER_PLACED, place);
  }

  private static OrderLedger cancelled(int number) {
    OrderCommand cancel = OrderCommand.cancel(key(number), "cancel", "shop", Instant.EPOCH);
    return after(placed(number), InputKind.CANCEL_REQUESTED, cancel);
  }

  private static OrderLedger after(OrderLedger before, InputKind kind, OrderCommand command) {
    OrderInput input =
        new OrderInput(
            OrderInput.SCHEMA,
            command.commandId(),
            kind,
            command.shop(),
            command.orderNo(),
            Instant.EPOCH,
            new RecordCoordinates("order-commands", 0, 0),
            null,
            null,
            command);
    return ((Decision.Advance) Ledgers.apply(before, input)).after();
  }
}
